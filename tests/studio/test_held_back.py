"""A scheduled item is looked at once more at its moment; what may not go out by then is held back, and told."""

from datetime import timedelta

import pytest

from portal import mail
from portal.accounts.viewer import of
from portal.db import db
from portal.jobs import services as jobs
from portal.library.models import ItemState, Revision, Step
from portal.publishing import services
from portal.publishing.models import Plan, StateChange
from portal.publishing.services import Going
from portal.publishing.states import Act
from portal.studio import by_the_clock
from tests.library import make_library as lib
from tests.make import NOON
from tests.publishing.make_items import at, revised, scheduled
from tests.releases import make_releases

HOUR = timedelta(hours=1)
TO_NOTHING = "Read [the other one](/library/not-there)."


@pytest.fixture
def letters(app):
    """What was sent so far, in no order."""

    def sent():
        jobs.sweep_all()
        return mail.letters(app.extensions["portal_config"])

    return sent


@pytest.fixture
def held(marketer, ana):
    """Marketing planned it, Ana answers for it, and at its moment a link in it leads to nothing."""
    item = scheduled(marketer, "Quarries", source=TO_NOTHING)
    item.owner_id = ana.id
    db.session.commit()
    by_the_clock.catch_up(NOON + HOUR)
    jobs.hand_over()
    return item


def test_it_does_not_go_out_and_is_a_draft_again_with_the_reason_in_its_history(held):
    assert (held.state, held.step, held.publish_at) == (ItemState.DRAFT, Step.DRAFT, None)
    assert not db.session.query(Plan).count()
    row = db.session.query(StateChange).filter_by(act=Act.HOLD).one()
    assert (row.by_id, row.step_before, row.step_after) == (None, Step.SCHEDULED, Step.DRAFT)
    assert row.note == "Due 4 March 2026, 13:00. The link “the other one” leads to nothing."


def test_its_owner_and_whoever_planned_it_are_told_once_each(letters, held, marketer, ana):
    by_the_clock.catch_up(NOON + 2 * HOUR)
    told = letters()
    assert sorted(each.to for each in told) == sorted([marketer.email, ana.email])
    for each in told:
        assert each.subject == "“Quarries” didn’t go out"
        assert "due to go out on 4 March 2026, 13:00" in each.text
        assert "The link “the other one” leads to nothing. Readers would land on" in each.text
        assert "Readers see nothing of it yet." in each.text
        assert f"/studio/items/{held.id}/state" in each.text


def test_who_planned_it_and_answers_for_it_gets_one_letter(letters, marketer):
    scheduled(marketer, source=TO_NOTHING)
    by_the_clock.catch_up(NOON + HOUR)
    assert [each.to for each in letters()] == [marketer.email]


def test_where_both_left_marketing_is_told(letters, marketer, colleague, ana):
    item = scheduled(marketer, source=TO_NOTHING)
    item.owner_id, ana.is_active, marketer.is_active = ana.id, False, False
    db.session.commit()
    by_the_clock.catch_up(NOON + HOUR)
    assert [each.to for each in letters()] == [colleague.email]


def test_a_claim_that_was_withdrawn_meanwhile_holds_it_back_and_readers_keep_what_they_have(
    letters, browser, ana, marketer, firm
):
    pitch = make_releases.pitch()
    item = lib.published(marketer, "Words", source="Old text.")
    revised(item, marketer, "New text.")
    newest = db.session.query(Revision).filter_by(item_id=item.id, number=2).one()
    newest.tags = {"claim": ["firm/too-small"]}
    services.schedule(item, Going(), at=NOON + HOUR, by=of(marketer), now=NOON)
    make_releases.publish(pitch, claims=make_releases.CLAIMS[:2], change="Without it.")
    db.session.commit()
    by_the_clock.catch_up(NOON + HOUR)
    told = next(each.text for each in letters() if each.subject == "“Words” didn’t go out")
    assert "“firm/too-small” was withdrawn" in told
    assert "Readers keep the revision they have." in told
    assert "Old text." in browser.sign_in(ana).get("/library/words").text


def test_a_quote_without_permission_is_held_back(marketer):
    item = scheduled(marketer)
    facts = {"quote": "They saw it coming.", "permission": "withdrawn"}
    db.session.query(Revision).filter_by(item_id=item.id).update({"facts": facts})
    db.session.commit()
    by_the_clock.catch_up(NOON + HOUR)
    assert item.state is ItemState.DRAFT


def test_it_stands_on_top_of_the_studio_until_something_is_decided(browser, marketer, held):
    page = browser.sign_in(marketer).get("/studio").text
    assert "One item didn’t go out as planned" in page
    assert "leads to nothing." in page
    where = browser.get(f"/studio/items/{held.id}/state").text
    assert "It should have gone out, and was held back." in where
    assert "Revision 1: held back" in where
    browser.post(f"/studio/items/{held.id}/state", act="ask")
    assert "didn’t go out as planned" not in browser.get("/studio").text
    browser.post(f"/studio/items/{held.id}/state", act="return", note="Not yet.")
    assert "didn’t go out as planned" not in browser.get("/studio").text
    assert "was held back." not in browser.get(f"/studio/items/{held.id}/state").text


def test_mended_and_planned_anew_it_goes_out(browser, marketer, held):
    revised(held, marketer, "No link.")
    assert "didn’t go out as planned" not in browser.sign_in(marketer).get("/studio").text
    services.schedule(held, Going(), at=NOON + 3 * HOUR, by=of(marketer), now=NOON + 2 * HOUR)
    db.session.commit()
    with at(NOON + 3 * HOUR):
        jobs.sweep()
    assert held.state is ItemState.PUBLISHED


def test_advice_holds_nothing_back(marketer):
    item = scheduled(marketer, source="See [here](https://example.org), says the ABRT.")
    by_the_clock.catch_up(NOON + HOUR)
    assert item.state is ItemState.PUBLISHED


def test_nobody_presses_it_back(browser, marketer):
    item = scheduled(marketer)
    assert browser.sign_in(marketer).post(f"/studio/items/{item.id}/state", act="hold").status_code == 422
    assert item.step is Step.SCHEDULED
