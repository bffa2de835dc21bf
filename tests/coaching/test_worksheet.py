"""Reading a worksheet that waits: remarks at its places, one answer, and the person is told."""

from datetime import timedelta

import pytest

from portal import mail
from portal.accounts import queries as people
from portal.accounts import services as accounts
from portal.audit.models import AuditEvent
from portal.db import db
from portal.errors import Refused
from portal.recitals import holding
from portal.worksheets import remarking, services, submissions
from portal.worksheets.models import Submission, SubmissionDecision, SubmissionRemark
from portal.worksheets.submission_models import Standing
from tests.recitals import make_recitals
from tests.worksheets import make_submissions, make_worksheets
from tests.worksheets.make_worksheets import COMPLETE

KEY = "one-key-only"


@pytest.fixture
def filled(ana):
    return make_worksheets.filled(ana, answers=COMPLETE, name="For Dana")


@pytest.fixture
def waiting(ana, filled, coach):
    return make_submissions.submitted(ana, filled, words="Is the ask small enough?")


@pytest.fixture
def taken(waiting, coach):
    return make_submissions.taken(waiting, coach)


@pytest.fixture
def send(browser, coach, taken):
    """The coach presses a button on the page of the worksheet."""
    browser.sign_in(coach)
    return lambda do, **given: browser.post(f"/coaching/worksheets/{taken.id}", **{"key": KEY, "do": do} | given)


def remarks():
    return db.session.query(SubmissionRemark).order_by(SubmissionRemark.id).all()


def decision():
    return db.session.query(SubmissionDecision).one()


def test_the_coach_reads_all_of_it(browser, coach, taken):
    page = browser.sign_in(coach).get(f"/coaching/worksheets/{taken.id}").text
    for said in ("Ana Ferreira", "For Dana", "Is the ask small enough?", "A banker", "A controller who just started"):
        assert said in page


def test_remarks_at_a_field_a_row_and_a_cell(send, taken):
    rows = {"remark.person": "Whom?", "remark.asks/r1": "Too many words", "about.asks/r1": "asks/r1/ask"}
    assert send("remarks", **rows).status_code == 302
    assert {(row.place, row.text) for row in remarks()} == {("person", "Whom?"), ("asks/r1/ask", "Too many words")}
    assert db.session.get(Submission, taken.id).standing == Standing.WAITING


def test_sending_twice_says_it_once(send):
    for _ in range(2):
        send("remarks", **{"remark.person": "Whom?"})
    assert len(remarks()) == 1


def test_what_was_typed_goes_along_with_the_answer(send):
    assert send("returned", **{"remark.person": "Whom?", "note": "Nearly."}).status_code == 302
    assert [row.text for row in remarks()] == ["Whom?"]
    assert (decision().outcome, decision().note) == (Standing.RETURNED, "Nearly.")


def test_removing_ones_own_before_the_answer(send, second_coach, taken):
    send("remarks", **{"remark.person": "Whom?"})
    assert send(f"remove:{remarks()[0].id}", **{"remark.step": "When?"}).status_code == 302
    assert [row.text for row in remarks()] == ["When?"]
    remarks()[0].by_id = second_coach.id
    assert send(f"remove:{remarks()[0].id}").status_code == 404


@pytest.mark.parametrize(
    ("do", "given", "said"),
    [
        ("returned", {}, "Say what you would change"),
        ("remarks", {}, "Write a remark at a field first"),
        ("dance", {"note": "A note"}, "Press one of the buttons."),
        ("remarks", {"remark.person": "x" * 2001}, "Keep this under 2,000 characters"),
        ("remarks", {"remark.person": "a\x00b"}, "a character in it"),
        ("remarks", {"remark.no-such-field": "Hello"}, "fit the worksheet any more"),
        ("remarks", {"remark.asks/r9": "Hello"}, "fit the worksheet any more"),
        ("accepted", {"key": "", "note": "A note"}, "Reload the page"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_lost(send, do, given, said):
    answer = send(do, **given)
    assert answer.status_code == 422
    assert said in answer.text
    assert given.get("note", "") in answer.text
    assert not remarks()
    assert db.session.query(SubmissionDecision).count() == 0


def test_the_person_is_told_by_mail_and_on_today(send, app, browser, ana, filled):
    send("returned", **{"remark.person": "Whom?", "note": "Nearly."})
    letter = mail.letters(app.extensions["portal_config"])[0]
    assert (letter.to, letter.subject) == (ana.email, "Your worksheet came back")
    assert "wrote at 1 place" in letter.text
    assert "Nearly" not in letter.text
    assert "Dana" not in letter.text
    assert "Your worksheet came back" in browser.sign_in(ana).get("/").text
    page = browser.get(f"/worksheets/filled/{filled.id}/coach").text
    assert "Cora Lind returned it" in page
    assert "Whom?" in page


def test_once_read_it_leaves_today(browser, ana, waiting, coach):
    make_submissions.answered(waiting, coach, accept=True)
    browser.sign_in(ana)
    assert "Your worksheet is accepted" in browser.get("/").text
    browser.post(f"/worksheets/submissions/{waiting.id}/read")
    assert "Your worksheet is accepted" not in browser.get("/").text


def test_until_the_answer_nobody_sees_the_remarks(send, browser, ana, filled):
    send("remarks", **{"remark.person": "Half a thought"})
    browser.sign_in(ana)
    for address in ("", "/read", "/coach"):
        assert "Half a thought" not in browser.get(f"/worksheets/filled/{filled.id}{address}").text


def test_it_is_noted(send):
    send("accepted")
    assert db.session.query(AuditEvent).filter_by(action="worksheet accepted").count() == 1


def test_pressing_twice_answers_once(send):
    send("accepted")
    assert send("returned", note="No, wait").status_code == 302
    assert decision().outcome == Standing.ACCEPTED


def test_a_second_coach_is_told_and_loses_nothing(browser, taken, coach, second_coach):
    browser.sign_in(second_coach)
    assert "Cora Lind is reading it just now" in browser.get(f"/coaching/worksheets/{taken.id}").text
    assert "Cora Lind has this one open just now" in browser.post(f"/coaching/worksheets/{taken.id}/take").text
    make_submissions.answered(taken, coach)
    sent = {"key": KEY, "do": "returned", "remark.person": "My words", "note": "My note"}
    answer = browser.post(f"/coaching/worksheets/{taken.id}", **sent)
    assert answer.status_code == 422
    for said in ("Cora Lind has answered this one already", "My words", "My note"):
        assert said in answer.text
    assert "Cora Lind answered this one" in browser.get(f"/coaching/worksheets/{taken.id}").text


def test_nobody_answers_their_own(browser, coach, leader, viewer, now):
    own = make_submissions.submitted(coach)
    browser.sign_in(coach)
    assert "Nobody waits" in browser.get("/coaching").text
    assert browser.get(f"/coaching/worksheets/{own.id}").status_code == 404
    with pytest.raises(Refused, match="Nobody answers their own"):
        holding.take(own, by=viewer(coach), now=now)


def test_a_coach_of_another_practice_does_not_know_it_is_there(browser, other_leader, waiting):
    browser.sign_in(other_leader)
    assert browser.get(f"/coaching/worksheets/{waiting.id}").status_code == 404
    for verb in ("take", "put-back"):
        assert browser.post(f"/coaching/worksheets/{waiting.id}/{verb}").status_code == 404
    assert browser.post(f"/coaching/worksheets/{waiting.id}", key=KEY, do="accepted").status_code == 404


def test_a_practitioner_may_not(browser, ben, waiting):
    assert browser.sign_in(ben).get(f"/coaching/worksheets/{waiting.id}").status_code == 403


def test_after_half_an_hour_another_coach_may(waiting, coach, second_coach, viewer, now):
    make_submissions.taken(waiting, coach)
    later = now + timedelta(minutes=31)
    holding.take(waiting, by=viewer(second_coach), now=later)
    with pytest.raises(Refused, match="took this one up"):
        remarking.decide(waiting, outcome=Standing.ACCEPTED, note="", by=viewer(coach), now=later)


def test_who_loses_the_role_gives_it_back(browser, waiting, coach, second_coach):
    make_submissions.taken(waiting, coach)
    accounts.revoke(coach, people.grants_of(coach.id)[0])
    db.session.flush()
    assert browser.sign_in(second_coach).post(f"/coaching/worksheets/{waiting.id}/take").status_code == 302


def test_put_back_keeps_the_remarks_for_the_next(send, browser, second_coach, taken):
    send("remarks", **{"remark.person": "Whom?"})
    browser.post(f"/coaching/worksheets/{taken.id}/put-back")
    browser.sign_in(second_coach).post(f"/coaching/worksheets/{taken.id}/take")
    page = browser.get(f"/coaching/worksheets/{taken.id}").text
    assert "Whom?" in page
    assert "Remove this remark" not in page


def test_taken_back_and_shown_again_the_remarks_are_not_lost(send, ana, filled, taken, coach, viewer, now):
    send("remarks", **{"remark.person": "Whom?"})
    holding.put_back(taken, by=viewer(coach))
    submissions.withdraw(taken, now=now)
    again = make_submissions.submitted(ana, filled)
    assert [row.submission_id for row in remarks()] == [again.id]


def test_shown_again_it_marks_what_changed(browser, ana, filled, waiting, coach, viewer, now):
    make_submissions.answered(waiting, coach, remarks={"person": "Which one?"})
    later = now + timedelta(hours=2)
    mine = {"person": "A retired banker", "asks/r2/contact": "Ed", "asks/r1/ask": ""}
    services.save(filled, before=services.current(filled), mine=mine, by=viewer(ana), now=later)
    again = make_submissions.taken(make_submissions.submitted(ana, filled, now=later), coach, later)
    page = browser.sign_in(coach).get(f"/coaching/worksheets/{again.id}").text
    assert "Since you answered on" in page
    assert "2 answers have changed" in page
    assert "A <ins>retired </ins>banker" in page
    assert "<del>A controller who just started</del>" in page
    assert "Which one?" in page


def test_names_of_contacts_are_hidden_in_all_that_a_coach_reads(browser, ana, coach, filled, viewer, now):
    filled.answers = COMPLETE | {"why": "Dana knows everybody; DANA!", "person": "Danann"}
    first = make_submissions.submitted(ana, filled, hides=True)
    make_submissions.answered(first, coach)
    saved = services.current(filled)
    services.save(filled, before=saved, mine={"asks/r1/contact": "Edmund"}, by=viewer(ana), now=now)
    again = make_submissions.taken(make_submissions.submitted(ana, filled, hides=True), coach)
    browser.sign_in(coach)
    assert "Dana" not in browser.get("/coaching").text
    page = browser.get(f"/coaching/worksheets/{again.id}").text
    assert "Edmund" not in page
    assert "Dana" not in page.replace("Danann", "")
    assert "For Contact 1" in page
    assert "<ins>2</ins>" in page


def test_the_page_is_cheap(browser, taken, coach, budget, ana, filled):
    make_submissions.answered(taken, coach, remarks={"person": "Who?", "asks/r1/ask": "Why?"})
    again = make_submissions.taken(make_submissions.submitted(ana, filled), coach)
    browser.sign_in(coach)
    with budget(12):
        browser.get(f"/coaching/worksheets/{again.id}")


def test_recitals_and_worksheets_stand_in_one_queue(browser, ana, ben, leader, coach, pitch, rubric, now):
    make_recitals.submitted(ben, now=now - timedelta(days=2))
    make_submissions.submitted(ana, now=now - timedelta(days=3))
    make_submissions.submitted(leader, now=now - timedelta(days=1))
    page = browser.sign_in(coach).get("/coaching").text
    order = [page.index(f"<strong>{name}") for name in ("Lena Berg", "Ana Ferreira", "Ben Okoro")]
    assert order == sorted(order)
    assert "3 days" in page
    assert "1 to be heard, 2 to be read" in page
    only = browser.get("/coaching?kind=recital").text
    assert "Ben Okoro" in only
    assert "Ana Ferreira" not in only
    assert "/coaching/worksheets/" in browser.post("/coaching/next").location


def test_today_says_that_worksheets_wait(browser, ana, coach, now):
    assert "to be read" not in browser.sign_in(coach).get("/").text
    make_submissions.submitted(ana)
    assert "One worksheet waits to be read" in browser.get("/").text
