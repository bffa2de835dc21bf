"""Showing a worksheet to a coach: said beforehand, once, kept as it was; and taken back."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.errors import Refused
from portal.worksheets import services, submission_queries, submissions
from portal.worksheets.models import Submission
from tests.worksheets import make_submissions, make_worksheets
from tests.worksheets.make_worksheets import COMPLETE

SENT = {"words": "Look at the ask", "key": "one-key-only"}


@pytest.fixture
def filled(ana):
    return make_worksheets.filled(ana, answers=COMPLETE, name="Larch")


def submission():
    return db.session.query(Submission).one()


def test_it_says_first_what_the_coach_will_see(browser, ana, filled, coach, leader):
    page = browser.sign_in(ana).get(f"/worksheets/filled/{filled.id}/submit").text
    assert "What the coach will see" in page
    assert "Cora Lind, Lena Berg" in page
    assert "A controller who just started" in page
    assert "Contact 1" in page  # how it looks with the names hidden


def test_showing_it_keeps_what_it_said(browser, ana, filled, coach, viewer, now):
    answer = browser.sign_in(ana).submit(f"/worksheets/filled/{filled.id}/submit", **SENT)
    assert "It waits for a coach" in answer.text
    saved = services.current(filled)
    services.save(filled, before=saved, mine={"person": "Somebody else"}, by=viewer(ana), now=now)
    assert submission_queries.answers_of(submission())["person"] == "A banker"
    assert (submission().words, submission().name, submission().hides_contacts) == ("Look at the ask", "Larch", False)


def test_what_is_saved_hours_later_is_kept_beside_it(ana, filled, coach, viewer, now):
    make_submissions.submitted(ana, filled)
    for hours in (1, 2):
        services.save(
            filled,
            before=services.current(filled),
            mine={"person": f"Person {hours}"},
            by=viewer(ana),
            now=now + timedelta(hours=hours),
        )
        db.session.flush()
    assert submission_queries.answers_of(submission())["person"] == "A banker"


def test_showing_it_twice_shows_it_once(browser, ana, filled, coach):
    browser.sign_in(ana)
    for _ in range(2):
        assert browser.post(f"/worksheets/filled/{filled.id}/submit", **SENT).status_code == 302
    assert db.session.query(Submission).count() == 1


def test_one_at_a_time(browser, ana, filled, coach):
    make_submissions.submitted(ana, filled)
    answer = browser.sign_in(ana).post(f"/worksheets/filled/{filled.id}/submit", **SENT)
    assert answer.status_code == 422
    assert "A coach has this one already" in answer.text
    assert "Look at the ask" in answer.text


def test_an_empty_one_is_not_shown(browser, ana, coach):
    empty = make_worksheets.filled(ana)
    answer = browser.sign_in(ana).post(f"/worksheets/filled/{empty.id}/submit", **SENT)
    assert answer.status_code == 422
    assert "There is nothing in it yet" in answer.text


def test_without_a_coach_it_says_whom_to_ask(browser, ana, filled):
    browser.sign_in(ana)
    assert "Nobody coaches your practice yet" in browser.get(f"/worksheets/filled/{filled.id}/submit").text
    assert browser.post(f"/worksheets/filled/{filled.id}/submit", **SENT).status_code == 422
    assert db.session.query(Submission).count() == 0


def test_nobody_shows_anothers(browser, ben, filled, coach):
    browser.sign_in(ben)
    for address in ("submit", "coach"):
        assert browser.get(f"/worksheets/filled/{filled.id}/{address}").status_code == 404


def test_taking_it_back(browser, ana, filled, coach):
    made = make_submissions.submitted(ana, filled)
    browser.sign_in(ana)
    for _ in range(2):
        assert browser.post(f"/worksheets/submissions/{made.id}/withdraw").status_code == 302
    assert "Taken back" in browser.get(f"/worksheets/filled/{filled.id}/coach").text
    assert "Nobody waits" in browser.sign_in(coach).get("/coaching").text


def test_while_a_coach_reads_it_stays(browser, ana, filled, coach):
    made = make_submissions.taken(make_submissions.submitted(ana, filled), coach)
    answer = browser.sign_in(ana).post(f"/worksheets/submissions/{made.id}/withdraw")
    assert answer.status_code == 422
    assert "A coach is reading it just now" in answer.text


def test_nobody_takes_back_anothers(browser, ben, ana, filled, coach):
    made = make_submissions.submitted(ana, filled)
    assert browser.sign_in(ben).post(f"/worksheets/submissions/{made.id}/withdraw").status_code == 404


def test_the_database_keeps_one_waiting_at_a_time(ana, filled, coach, viewer, now, monkeypatch):
    make_submissions.submitted(ana, filled)
    monkeypatch.setattr(submission_queries, "waiting_or_none", lambda _filled: None)  # the other request was as quick
    with pytest.raises(Refused, match="arrived twice"):
        submissions.submit(filled, words="", hides_contacts=False, key="another-key", by=viewer(ana), now=now)


def test_the_page_of_a_coach_s_answer_is_cheap(browser, ana, filled, coach, budget):
    made = make_submissions.submitted(ana, filled)
    make_submissions.answered(made, coach, remarks={"person": "Who?", "asks/r1/ask": "Why?", "step": "When?"})
    browser.sign_in(ana)
    with budget(8):
        browser.get(f"/worksheets/filled/{filled.id}/coach")
