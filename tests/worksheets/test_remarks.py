"""What came back from a coach: it stands where it speaks of, is dealt with and answered, and nothing of it is lost."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.worksheets import services
from portal.worksheets.models import FilledWorksheet, SubmissionRemark
from tests.worksheets import make_submissions, make_worksheets
from tests.worksheets.make_worksheets import COMPLETE

KEY = "one-key-only"


@pytest.fixture
def filled(ana):
    return make_worksheets.filled(ana, answers=COMPLETE)


@pytest.fixture
def returned(ana, filled, coach):
    submission = make_submissions.submitted(ana, filled)
    make_submissions.answered(submission, coach, remarks={"person": "Which banker?", "asks/r1/ask": "Too long"})
    return submission


@pytest.fixture
def remark(returned):
    return db.session.query(SubmissionRemark).filter_by(place="person").one()


def test_it_stands_at_the_field_and_the_cell(browser, ana, filled, returned):
    browser.sign_in(ana)
    for address in ("", "/read"):
        page = browser.get(f"/worksheets/filled/{filled.id}{address}").text
        assert page.index("The person") < page.index("Which banker?") < page.index("Why they would")
        assert page.index("What I ask for") < page.index("Too long")
        assert "2 remarks are open" in page


def test_ticking_it_on_the_page_saves_what_was_typed(browser, ana, filled, remark):
    answer = browser.sign_in(ana).submit(
        f"/worksheets/filled/{filled.id}", **{"a.person": "A retired banker", "do": f"dealt:{remark.id}/yes"}
    )
    assert "1 remark is open" in answer.text
    assert db.session.get(FilledWorksheet, filled.id).answers["person"] == "A retired banker"
    assert db.session.get(SubmissionRemark, remark.id).dealt_at is not None


def test_ticking_it_and_opening_it_again(browser, ana, remark):
    browser.sign_in(ana)
    for dealt in ("yes", "yes", "no"):
        assert browser.post(f"/worksheets/remarks/{remark.id}/dealt", dealt=dealt).status_code == 302
        assert (db.session.get(SubmissionRemark, remark.id).dealt_at is not None) == (dealt == "yes")


@pytest.mark.parametrize("do", ["dealt:", "dealt:x/yes", "dealt:999999/yes", "dealt:99999999999/yes"])
def test_an_odd_tick_finds_nothing(browser, ana, filled, do):
    assert browser.sign_in(ana).post(f"/worksheets/filled/{filled.id}", before="{}", do=do).status_code == 404


def test_answering_in_words_once(browser, ana, filled, remark):
    browser.sign_in(ana)
    for _ in range(2):
        assert (
            browser.post(f"/worksheets/remarks/{remark.id}/answer", text="The one in Ghent", key=KEY).status_code == 302
        )
    assert browser.get(f"/worksheets/filled/{filled.id}/coach").text.count("The one in Ghent") == 1


def test_an_empty_answer_is_explained(browser, ana, remark):
    answer = browser.sign_in(ana).post(f"/worksheets/remarks/{remark.id}/answer", text=" ", key=KEY)
    assert answer.status_code == 422
    assert "This is needed." in answer.text


def test_the_coach_reads_the_answer_with_the_next_one(browser, ana, filled, coach, remark, now):
    browser.sign_in(ana).post(f"/worksheets/remarks/{remark.id}/answer", text="The one in Ghent", key=KEY)
    browser.post(f"/worksheets/remarks/{remark.id}/dealt", dealt="yes")
    again = make_submissions.taken(make_submissions.submitted(ana, filled, now=now + timedelta(hours=1)), coach)
    page = browser.sign_in(coach).get(f"/coaching/worksheets/{again.id}").text
    assert "Which banker?" in page
    assert "The one in Ghent" in page
    assert "Dealt with" in page


def test_an_answer_can_be_taken_back_until_it_is_shown(browser, ana, filled, coach, remark, now):
    browser.sign_in(ana)
    browser.post(f"/worksheets/remarks/{remark.id}/answer", text="The one in Ghent", key=KEY)
    said = db.session.query(SubmissionRemark).filter_by(answers_id=remark.id).one()
    said.at = now + timedelta(minutes=1)
    assert "Take my answer back" in browser.get(f"/worksheets/filled/{filled.id}/coach").text
    make_submissions.submitted(ana, filled, now=now + timedelta(minutes=2))
    address = f"/worksheets/remarks/{remark.id}/answers/{said.id}/remove"
    assert browser.post(address).status_code == 422
    db.session.get(SubmissionRemark, said.id).at = now + timedelta(minutes=3)
    assert browser.post(address).status_code == 302
    assert db.session.get(SubmissionRemark, said.id) is None


def test_a_stranger_does_not_know_it_is_there(browser, ben, charlie, coach, remark, returned):
    for person in (ben, charlie, coach):
        browser.sign_in(person)
        assert browser.get(f"/worksheets/remarks/{remark.id}/answer").status_code == 404
        assert browser.post(f"/worksheets/remarks/{remark.id}/dealt").status_code == 404
        assert browser.post(f"/worksheets/submissions/{returned.id}/read").status_code == 404


def test_what_is_new_is_marked_until_it_is_read(browser, ana, filled, returned):
    browser.sign_in(ana)
    assert ">New</span>" in browser.get(f"/worksheets/filled/{filled.id}").text
    browser.post(f"/worksheets/submissions/{returned.id}/read")
    assert ">New</span>" not in browser.get(f"/worksheets/filled/{filled.id}").text


def test_a_remark_at_a_row_that_is_gone_is_still_read(browser, ana, filled, returned, viewer, now):
    mine = dict.fromkeys((place for place in services.current(filled) if place.startswith("asks/")), "")
    services.save(filled, before=services.current(filled), mine=mine, by=viewer(ana), now=now)
    page = browser.sign_in(ana).get(f"/worksheets/filled/{filled.id}/coach").text
    assert "Too long" in page
    assert "a row that is gone" in page


def test_it_says_what_changed_since(browser, ana, filled, returned, viewer, now):
    services.save(filled, before=services.current(filled), mine={"person": "Ed"}, by=viewer(ana), now=now)
    assert "What you changed since" in browser.sign_in(ana).get(f"/worksheets/filled/{filled.id}/coach").text


def test_opening_it_costs_few_statements(browser, ana, filled, returned, budget):
    address = f"/worksheets/filled/{filled.id}"
    browser.sign_in(ana)
    with budget(8):
        browser.get(address)
    with budget(8):
        browser.get(f"{address}/read")
