"""Choosing and beginning a worksheet."""

import pytest

from portal.db import db
from portal.worksheets import queries, versions
from portal.worksheets.models import FilledWorksheet, WorksheetVersion
from tests.worksheets import make_worksheets as make


def test_the_list_says_what_there_is(browser, ana):
    make.worksheet()
    text = browser.sign_in(ana).get("/worksheets").text
    assert "Referral request" in text
    assert "About 20 minutes" in text
    assert "Nothing here yet" in text


def test_the_list_shows_mine_and_nobody_elses(browser, ana, ben):
    make.filled(ben, name="Not for Ana")
    make.filled(ana, name="Larch Logistics", finished_at=make.NOON)
    text = browser.sign_in(ana).get("/worksheets").text
    assert "Larch Logistics" in text
    assert "Finished" in text
    assert "Not for Ana" not in text


def test_it_introduces_and_begins(browser, ana):
    make.worksheet()
    page = browser.sign_in(ana).get("/worksheets/referral-request/new")
    assert "Choose one real person" in page.text
    answer = browser.post("/worksheets/referral-request/new")
    assert answer.status_code == 302
    assert answer.location == f"/worksheets/filled/{db.session.query(FilledWorksheet).one().id}"


def test_a_second_press_leads_to_the_same(browser, ana):
    make.worksheet()
    browser.sign_in(ana)
    assert len({browser.post("/worksheets/referral-request/new").location for _ in range(2)}) == 1


def test_one_under_way_is_offered_again(browser, ana):
    make.filled(ana, name="Larch Logistics", answers=make.COMPLETE)
    assert "Carry on with Larch Logistics" in browser.sign_in(ana).get("/worksheets/referral-request/new").text


@pytest.mark.parametrize("key", ["nothing", "%00", "%F0%9F%98%80", "x" * 500])
def test_an_unknown_one_is_not_found(browser, ana, key):
    assert browser.sign_in(ana).get(f"/worksheets/{key}/new").status_code == 404


def test_it_needs_signing_in(browser):
    assert browser.get("/worksheets").status_code == 302
    assert browser.post("/worksheets/referral-request/new").status_code == 302


def test_loading_the_same_again_changes_nothing(session):
    make.worksheet()
    facts = {"title": "Referral request", "discipline": "referrals", "summary": "Prepare one.", "minutes": 20}
    same = {**facts, "key": "referral-request", "sections": make.SECTIONS, "text": "Choose one real person."}
    assert versions.load(**same, now=make.NOON) == []
    assert versions.load(**{**same, "title": "Ask"}, now=make.NOON) == ["worksheet referral-request: changed"]
    assert versions.load(**{**same, "text": "Other"}, now=make.NOON) == ["worksheet referral-request: changed"]
    assert db.session.query(WorksheetVersion).count() == 2


def test_today_offers_what_is_unfinished(browser, ana):
    make.filled(ana, name="Open", answers=make.COMPLETE)
    make.filled(ana, name="Done", answers=make.COMPLETE, finished_at=make.NOON)
    page = browser.sign_in(ana).get("/").text
    assert "Finish: Open" in page
    assert "Finish: Done" not in page


def test_what_was_finished_once_is_known_by_its_key(ana, ben, viewer):
    make.filled(ana, finished_at=make.NOON)
    assert queries.finished_keys(viewer(ana)) == {"referral-request"}
    assert queries.finished_keys(viewer(ben)) == set()
