"""Logging touches, and taking them back."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import func, select

from portal.accounts.viewer import of
from portal.counters.models import DailyCount
from portal.db import db
from portal.errors import Refused
from portal.network import queries, services
from portal.network.models import Contact, Pace, Tier, Touch, TouchKind
from tests import make
from tests.make import NOON, TODAY
from tests.network.make_network import contact, touched

SENT = {"kind": "call", "happened_on": "2026-03-04", "note": "The new plant", "key": "0123456789ab"}


def counted(on=TODAY, measure="touches"):
    statement = select(func.sum(DailyCount.n)).where(DailyCount.measure == measure, DailyCount.on == on)
    return db.session.scalar(statement) or 0


def facts(row):
    db.session.expire(row)
    return row.last_touch_on, row.due_on, row.snoozed_until, row.pace, row.version


def test_a_touch_starts_the_rhythm_anew(browser, ana):
    row = contact(ana, tier=Tier.INNER)
    assert row.due_on == TODAY
    answer = browser.sign_in(ana).post(f"/network/{row.id}/touches", **SENT)
    assert answer.location == f"/network?undo=touch-{row.id}-{db.session.scalar(select(Touch.id))}"
    assert facts(row)[:2] == (TODAY, TODAY + timedelta(days=30))
    assert "The new plant" in browser.get(f"/network/{row.id}").text


def test_sent_twice_it_counts_once(browser, ana):
    row = contact(ana)
    for _ in range(3):
        browser.sign_in(ana).post(f"/network/{row.id}/touches", **SENT)
    assert db.session.scalar(select(func.count()).select_from(Touch)) == 1
    assert (counted(), counted(TODAY.replace(day=1), "touches-by-month")) == (1, 1)


def test_an_older_touch_leaves_the_day_alone(ana):
    row = contact(ana)
    touched(row, ana, TODAY)
    due_on = facts(row)[1]
    touched(row, ana, TODAY - timedelta(days=50))
    assert facts(row)[:2] == (TODAY, due_on)


@pytest.mark.parametrize("day", ["2026-03-05", "2015-01-01", "soon", ""])
def test_it_explains_a_day_that_cannot_be(browser, ana, day):
    row = contact(ana)
    page = browser.sign_in(ana).post(f"/network/{row.id}/touches", **SENT | {"happened_on": day})
    assert page.status_code == 422
    assert "The new plant" in page.text
    assert db.session.scalar(select(Touch.id)) is None


def test_taking_back_is_exact_and_undoes_the_count(browser, ana):
    row = contact(ana)
    touched(row, ana, TODAY - timedelta(days=20))
    before = facts(row)
    wrong = touched(row, ana)
    page = browser.sign_in(ana)
    for _ in range(2):
        page.post(f"/network/{row.id}/touches/{wrong.id}/take-back", back=f"/network/{row.id}")
    assert facts(row) == before
    assert (counted(), counted(TODAY - timedelta(days=20))) == (0, 1)
    assert "taken back" in browser.get(f"/network/{row.id}").text


def test_what_takes_back_is_not_taken_back(ana):
    row = contact(ana)
    undo = services.take_back_touch(touched(row, ana), by=of(ana), now=NOON)
    with pytest.raises(Refused):
        services.take_back_touch(undo, by=of(ana), now=NOON)


steps = some.lists(
    some.tuples(some.sampled_from(["touch", "wait", "pause", "resume"]), some.integers(0, 400)), max_size=8
)


@given(steps, some.integers(0, 400))
def test_taking_back_restores_exactly_whatever_came_before_and_after(app, steps, ago):
    with app.app_context():
        person = make.person()
        row = contact(person)
        twin = contact(person, "A twin")
        wrong = touched(row, person, TODAY - timedelta(days=ago))
        for what, days in steps:
            for each in (row, twin):
                _do(each, person, what, days)
        services.take_back_touch(wrong, by=of(person), now=NOON)
        assert facts(row) == facts(twin)
        db.session.rollback()


def _do(row: Contact, person, what: str, days: int):
    if what == "touch":
        touched(row, person, TODAY - timedelta(days=days))
        return
    pace = {"pause": Pace.PAUSED, "resume": Pace.RUNNING}.get(what, row.pace)
    until = TODAY + timedelta(days=days) if what == "wait" else row.snoozed_until
    services.set_pace(row, pace=pace, snoozed_until=until, by=of(person), now=NOON)


def test_logging_in_another_room_is_the_same(ana):
    row = contact(ana)
    services.touch(row, kind=TouchKind.ASK, happened_on=TODAY, note="", key="opportunity-1-asked", by=of(ana), now=NOON)
    assert row.last_touch_on == TODAY
    assert facts(row)[4] == 1


def test_five_touches_fulfil_the_field_task(ana):
    row = contact(ana)
    several = [touched(row, ana, TODAY - timedelta(days=day)) for day in range(5)]
    assert queries.logged_kinds(of(ana)) == {"touch"}
    services.take_back_touch(several[0], by=of(ana), now=NOON)
    assert queries.logged_kinds(of(ana)) == set()
