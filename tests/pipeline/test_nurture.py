"""Not now: kept warm until a day or with a rhythm, back on Today in time, and promoted when it is ripe."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.home import queries as home
from portal.network.models import Touch
from portal.pipeline.models import StageChange
from portal.pipeline.stages import Stage
from tests.make import NOON, TODAY
from tests.pipeline import make_pipeline as make


def page(row):
    return f"/pipeline/{row.id}"


@pytest.mark.parametrize(
    ("fields", "on", "days"),
    [
        ({"nurture_on": "2026-09-01"}, "2026-09-01", None),
        ({"nurture_days": "60"}, "2026-05-03", 60),
        ({"nurture_days": "60", "nurture_on": "2026-04-01"}, "2026-04-01", 60),
        ({}, "2026-06-02", None),
        ({"nurture_days": "61"}, "2026-06-02", None),
    ],
)
def test_it_rests_until_a_day_or_with_a_rhythm(browser, ana, fields, on, days):
    row = make.opportunity(ana, next_step="Ring", next_on=TODAY)
    text = browser.sign_in(ana).submit(page(row), stage="nurture", **fields).text
    assert (row.stage, str(row.nurture_on), row.nurture_days) == (Stage.NURTURE, on, days)
    assert (row.next_step, row.next_on, row.stale_on) == ("", None, None)
    assert "Planned to not now" in text


@pytest.mark.parametrize("day", ["2026-03-04", "2020-01-01", "2046-01-01"])
def test_the_day_lies_ahead(browser, ana, day):
    row = make.opportunity(ana)
    answer = browser.sign_in(ana).submit(page(row), stage="nurture", nurture_on=day)
    assert answer.status_code == 422
    assert "Choose a day after today" in answer.text


def test_it_leaves_the_open_board_and_is_no_ask(browser, ana):
    row = make.opportunity(ana)
    make.move(row, ana, Stage.NURTURE)
    assert row.asked_on is None
    assert "Larch Logistics" not in browser.sign_in(ana).get("/pipeline").text
    assert "Larch Logistics" in browser.get("/pipeline", state="resting").text


@pytest.fixture
def resting(ana):
    row = make.opportunity(ana, contact_id=make.contact(ana).id)
    make.move(row, ana, Stage.NURTURE, nurture_days=30)
    return row


def back(viewer, person, now):
    return "Back again: Larch Logistics" in {entry.what for entry in home.today(viewer(person), now).entries}


def test_it_comes_back_on_its_day(browser, ana, resting, viewer):
    assert not back(viewer, ana, NOON + timedelta(days=29))
    assert back(viewer, ana, NOON + timedelta(days=30))


def test_not_yet_is_a_touch_and_begins_the_rhythm_anew(browser, ana, resting, viewer):
    resting.nurture_on = TODAY
    db.session.flush()
    browser.sign_in(ana)
    assert "again in 30 days" in browser.get(page(resting)).text
    version = str(resting.version)
    for status in (302, 422):  # pressed twice, it counts once
        answer = browser.post(f"{page(resting)}/again", version=version, note="After the move")
        assert answer.status_code == status
    assert resting.nurture_on == TODAY + timedelta(days=30)
    assert db.session.query(Touch).count() == 1
    assert db.session.query(StageChange).filter_by(note="After the move").count() == 1


def test_once_ripe_it_is_promoted(browser, ana, resting):
    browser.sign_in(ana).submit(page(resting), stage="in-conversation", next_step="Meet", next_on="2026-03-10")
    assert (resting.stage, resting.nurture_on) == (Stage.IN_CONVERSATION, None)
    assert resting.asked_on == TODAY
    assert browser.post(f"{page(resting)}/again", version=str(resting.version)).status_code == 422


def test_a_note_while_it_rests_keeps_its_day(browser, ana, resting):
    resting.nurture_on = TODAY
    db.session.flush()
    assert browser.sign_in(ana).submit(page(resting), note="Heard from them.").status_code == 200
    assert (resting.nurture_on, resting.nurture_days) == (TODAY, 30)


def test_undoing_a_promotion_puts_it_to_rest_as_it_was(browser, ana, resting):
    on = resting.nurture_on
    change_id = make.move(resting, ana, Stage.ASKED)
    browser.sign_in(ana).post(f"{page(resting)}/undo", version=str(resting.version), change_id=str(change_id))
    assert (resting.stage, resting.nurture_on, resting.nurture_days, resting.next_on) == (Stage.NURTURE, on, 30, None)
