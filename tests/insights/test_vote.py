"""Votes: one a person, taken back, counted once however requests are merged."""

import pytest

from portal.db import db
from portal.errors import Refused
from portal.insights import desk, requests
from portal.insights.models import RequestState, RequestVote
from tests.insights.make_insights import answered, asked, wants


def test_a_second_vote_changes_the_note_only(browser, ana, ben):
    made = asked(ana)
    for note in ("A tender in May", "Two tenders in May"):
        browser.sign_in(ben).post(f"/requests/{made.id}/vote", note=note)
    db.session.refresh(made)
    assert made.votes == 2
    page = browser.get(f"/requests/{made.id}").text
    assert "I need it for: Two tenders in May" in page
    assert "A tender in May" not in page.replace("Two tenders", "")


def test_a_vote_is_taken_back_and_the_last_one_takes_the_request_along(browser, ana, ben):
    made = asked(ana)
    wants(ben, made)
    browser.sign_in(ben).post(f"/requests/{made.id}/take-back")
    db.session.refresh(made)
    assert (made.votes, made.state) == (1, RequestState.OPEN)
    browser.sign_in(ana).post(f"/requests/{made.id}/take-back")
    db.session.refresh(made)
    assert (made.votes, made.state) == (0, RequestState.WITHDRAWN)
    assert made.title not in browser.get("/requests").text


def test_whoever_needs_it_after_all_opens_it_again(ana, ben, viewer):
    made = asked(ana)
    requests.take_back(made, by=viewer(ana))
    wants(ben, made)
    assert (made.votes, made.state) == (1, RequestState.OPEN)


def test_what_is_answered_takes_no_votes(browser, ana, ben, marketer, viewer):
    made = asked(ana)
    answered(made, marketer)
    answer = browser.sign_in(ben).post(f"/requests/{made.id}/vote", note="")
    assert answer.status_code == 422
    assert "answered in the meantime" in answer.text


def test_merging_counts_everybody_once_and_undoing_gives_each_their_own(ana, ben, charlie):
    kept, gone = asked(ana, "One"), asked(ben, "The same")
    wants(charlie, kept)
    wants(charlie, gone)
    desk.merge(kept, gone)
    assert kept.votes == 3
    desk.undo_merge(gone)
    assert (kept.votes, gone.votes, gone.root_id) == (2, 2, gone.id)


def test_what_was_merged_into_a_merged_one_comes_along_and_goes_back_with_it(ana, ben, charlie, leader):
    top, middle, bottom = asked(ana, "Top"), asked(ben, "Middle"), asked(charlie, "Bottom")
    desk.merge(middle, bottom)
    desk.merge(top, middle)
    assert top.votes == 3
    wants(leader, top)
    desk.undo_merge(middle)
    db.session.refresh(bottom)
    assert (top.votes, middle.votes, bottom.root_id) == (2, 2, middle.id)


def test_a_vote_for_a_merged_request_counts_for_the_one_it_went_into(browser, ana, ben, charlie):
    kept, gone = asked(ana, "One"), asked(ben, "The same")
    desk.merge(kept, gone)
    answer = browser.sign_in(charlie).post(f"/requests/{gone.id}/vote", note="")
    assert answer.headers["Location"] == f"/requests/{kept.id}"
    db.session.refresh(kept)
    assert kept.votes == 3
    browser.sign_in(ben).post(f"/requests/{kept.id}/take-back")
    db.session.refresh(kept)
    assert kept.votes == 2
    assert not db.session.query(RequestVote).filter_by(person_id=ben.id).count()


def test_a_request_is_not_merged_into_itself(ana):
    made = asked(ana)
    with pytest.raises(Refused):
        desk.merge(made, made)


def test_there_is_no_request_beyond_the_last(browser, ana):
    asked(ana)
    signed_in = browser.sign_in(ana)
    for address in ("/requests/999999", "/requests/1e3"):
        assert signed_in.get(address).status_code == 404
    assert signed_in.post("/requests/999999/vote", note="").status_code == 404
