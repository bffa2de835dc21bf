"""Keep, fix or retire: deciding, taking back, and looking next quarter whether it was right."""

from datetime import timedelta

import pytest

from portal.access import Role
from portal.accounts.viewer import of
from portal.db import db
from portal.errors import Refused
from portal.library.models import Item, ItemState
from portal.publishing import services
from portal.publishing.models import Plan, StateChange
from portal.publishing.services import Going
from portal.publishing.states import Act
from portal.usage import deciding, decisions
from portal.usage.models import Decision, DecisionCheck, What
from tests import make
from tests.make import NOON, TODAY
from tests.publishing.make_items import revised
from tests.usage import make_usage

BEFORE = NOON - timedelta(days=100)


@pytest.fixture
def item(marketer):
    return make_usage.item(marketer, "The orchard case")


def kept():
    return db.session.query(Decision).order_by(Decision.id).all()


def sent(**given):
    return {"what": "keep", "why": "It still holds.", "until": "2026-07-01", "sure": ""} | given


def test_deciding_keeps_who_what_why_until_and_the_figures(browser, marketer, item):
    make_usage.counted(item, views=8, readers=3)
    make_usage.counted(item, days_ago=95, views=50)
    answer = browser.sign_in(marketer).post(f"/usage/items/{item.id}/decide", **sent())
    assert answer.location == "/usage/scoreboard"
    row = kept()[0]
    assert (row.what, row.why, row.by_id, str(row.until)) == (What.KEEP, "It still holds.", marketer.id, "2026-07-01")
    assert (row.figures["views"], row.figures["days"], row.box) == (8, 91, "unused")
    assert "Keep" in browser.get("/usage/scoreboard").text


def test_the_form_begins_with_the_next_quarter_that_is_not_too_near(browser, marketer, item):
    assert 'value="2026-07-01"' in browser.sign_in(marketer).get(f"/usage/items/{item.id}/decide").text


def test_fixing_leads_to_the_editor(browser, marketer, item):
    answer = browser.sign_in(marketer).post(f"/usage/items/{item.id}/decide", **sent(what="fix"))
    assert answer.location == f"/studio/items/{item.id}"


def test_retiring_asks_once_archives_and_can_be_undone(browser, marketer, item):
    browser.sign_in(marketer)
    asked = browser.post(f"/usage/items/{item.id}/decide", **sent(what="retire"))
    assert asked.status_code == 422
    assert "Press again to retire it" in asked.text
    assert (kept(), db.session.get(Item, item.id).state) == ([], ItemState.PUBLISHED)
    assert 'name="sure" type="hidden" value="yes"' in asked.text
    browser.post(f"/usage/items/{item.id}/decide", **sent(what="retire", sure="yes"))
    assert db.session.get(Item, item.id).state is ItemState.ARCHIVED
    assert f"/usage/decisions/{kept()[0].id}/undo" in browser.get("/usage/scoreboard").text
    browser.post(f"/usage/decisions/{kept()[0].id}/undo")
    assert db.session.get(Item, item.id).state is ItemState.PUBLISHED
    assert [row.undoes_id for row in kept()] == [None, kept()[0].id]
    assert browser.get(f"/usage/decisions/{kept()[0].id}").status_code == 404


def test_retiring_and_taking_it_back_stand_in_the_items_history(browser, marketer, item):
    made = make_usage.decided(item, marketer, What.RETIRE, why="Nobody asks for it.")
    deciding.undo(made, by=of(marketer), now=NOON)
    rows = db.session.query(StateChange).filter_by(item_id=item.id).order_by(StateChange.id)
    assert [(row.act, row.note, row.by_id) for row in rows] == [
        (Act.ARCHIVE, "Retired: Nobody asks for it.", marketer.id),
        (Act.RESTORE, "Not retired after all", marketer.id),
    ]
    page = browser.sign_in(marketer).get(f"/studio/items/{item.id}/state").text
    assert "Retired: Nobody asks for it." in page


def test_what_is_retired_is_off_the_schedule(marketer, item):
    revised(item, marketer, "Newer words.")
    services.schedule(item, Going(), at=NOON + timedelta(days=1), by=of(marketer), now=NOON)
    make_usage.decided(item, marketer, What.RETIRE)
    assert (item.publish_at, db.session.query(Plan).count()) == (None, 0)


@pytest.mark.parametrize("until", ["2026-03-04", "2020-01-01", "2030-01-01", "no day", ""])
def test_the_day_lies_ahead(browser, marketer, item, until):
    answer = browser.sign_in(marketer).post(f"/usage/items/{item.id}/decide", **sent(until=until))
    assert answer.status_code == 422
    assert kept() == []


def test_nothing_is_decided_about_what_readers_do_not_have(marketer, item):
    make_usage.decided(item, marketer, What.RETIRE)
    with pytest.raises(Refused):
        make_usage.decided(item, marketer)


def test_a_later_decision_replaces_the_one_before(marketer, item):
    first = make_usage.decided(item, marketer, until=TODAY + timedelta(days=10))
    second = make_usage.decided(item, marketer, What.FIX, until=TODAY + timedelta(days=20))
    assert not decisions.is_waiting(first.id)
    with pytest.raises(Refused):
        deciding.undo(first, by=of(marketer), now=NOON)
    assert decisions.to_check(TODAY + timedelta(days=30)) == 1
    deciding.undo(second, by=of(marketer), now=NOON)
    assert decisions.is_waiting(first.id)
    with pytest.raises(Refused):
        deciding.undo(second, by=of(marketer), now=NOON)


def test_before_its_day_a_decision_waits_and_then_it_is_on_the_list_and_on_today_of_who_decided(
    browser, marketer, item, firm
):
    make_usage.decided(make_usage.item(marketer, "Not yet"), marketer)
    make_usage.decided(item, marketer, until=TODAY, now=BEFORE)
    browser.sign_in(marketer)
    now, later = (browser.get("/usage/decisions", show=show).text for show in ("check", "later"))
    assert ("The orchard case" in now, "Not yet" in now) == (True, False)
    assert ("The orchard case" in later, "Not yet" in later) == (False, True)
    assert "1 decision waits to be checked" in browser.get("/usage/scoreboard").text
    assert "Look again at “The orchard case”" in browser.get("/").text
    other = make.person("Nora Finch", firm, Role.MARKETING)
    assert "The orchard case" in browser.sign_in(other).get("/usage/decisions").text
    assert "Look again at" not in browser.get("/").text


def test_checking_shows_the_figures_then_and_since_and_keeps_them(browser, marketer, item):
    make_usage.counted(item, days_ago=105, views=9)
    row = make_usage.decided(item, marketer, until=TODAY, now=BEFORE)
    make_usage.counted(item, days_ago=50, views=40)
    page = browser.sign_in(marketer).get(f"/usage/decisions/{row.id}").text
    assert "91 days before" in page
    assert "100 days since" in page
    assert '<td class="number">40</td><td class="number">12.0</td>' in page
    browser.post(f"/usage/decisions/{row.id}", words="It is read again.")
    assert "It is read again." in browser.get(f"/usage/decisions/{row.id}").text
    assert browser.post(f"/usage/decisions/{row.id}", words="Twice").status_code == 422
    assert "The orchard case" in browser.get("/usage/decisions", show="checked").text
    check = db.session.query(DecisionCheck).one()
    assert (check.words, check.figures["views"], check.figures["days"]) == ("It is read again.", 40, 100)


def test_others_cannot_decide(browser, ana, leader, item):
    for person in (ana, leader):
        assert browser.sign_in(person).post(f"/usage/items/{item.id}/decide", **sent()).status_code == 403


def test_the_pages_stay_within_their_statements(browser, budget, marketer, item):
    row = make_usage.decided(item, marketer)
    browser.sign_in(marketer)
    with budget(6):
        browser.get("/usage/decisions", show="later")
    with budget(7):
        browser.get(f"/usage/decisions/{row.id}")
    with budget(5):
        browser.get(f"/usage/items/{item.id}/decide")
