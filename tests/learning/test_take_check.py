"""Taking a knowledge check."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.db import db
from portal.learning import grading
from portal.learning.models import CheckAttempt, Completion
from tests.learning import make_learning as make

HERE = "/modules/referrals/check"


@pytest.fixture(autouse=True)
def programme(session):
    make.load(make.module(make.check(), make.step("say")))


def test_it_asks_every_question_on_one_page(browser, ana):
    page = browser.sign_in(ana).get(HERE).text
    assert page.count("<fieldset") == 2
    assert "What about second?" in page
    assert "Because of" not in page


def test_passing_finishes_the_step_and_says_why_of_each_answer(browser, ana):
    page = browser.sign_in(ana).submit(HERE, **{"q-first": "0", "q-second": "0"})
    assert "2 of 2 right" in page.text
    assert "Because of this." in page.text
    assert "Because of that." in page.text
    assert "Next: To say" in page.text
    assert db.session.query(Completion).one().step_id == make.found("check").id


def test_failing_keeps_the_attempt_and_offers_another_try(browser, ana):
    page = browser.sign_in(ana).submit(HERE, **{"q-first": "0", "q-second": "1"})
    assert "1 of 2 right" in page.text
    assert "Try again" in page.text
    assert "not right yet" in page.text
    assert db.session.query(CheckAttempt).one().answers == {"first": 0, "second": 1}
    assert db.session.query(Completion).count() == 0


def test_a_question_left_out_is_asked_for_and_nothing_is_lost(browser, ana):
    answer = browser.sign_in(ana).submit(HERE, **{"q-first": "1"})
    assert answer.status_code == 422
    assert "Choose an answer." in answer.text
    assert 'name="q-first" value="1" checked' in answer.text
    assert db.session.query(CheckAttempt).count() == 0


@pytest.mark.parametrize("odd", ["2", "-1", "x", "１", "0_0", "\x00", "9" * 5000])
def test_an_answer_that_was_not_offered_is_refused(browser, ana, odd):
    assert browser.sign_in(ana).submit(HERE, **{"q-first": odd, "q-second": "0"}).status_code == 422


def test_the_same_answers_sent_twice_are_one_attempt(browser, ana):
    sent = {"key": "a" * 32, "number": "1", "q-first": "0", "q-second": "0"}
    first, second = (browser.sign_in(ana).post(HERE, **sent).location for _ in range(2))
    assert first == second
    assert db.session.query(CheckAttempt).count() == 1


def test_it_is_marked_by_the_questions_that_were_seen(browser, ana):
    make.load(make.module(make.check(questions=("first", "third"))))
    sent = {"number": "1", "q-first": "0", "q-second": "0"}
    page = browser.get(browser.sign_in(ana).post(HERE, **sent).location)
    assert "What about second?" in page.text
    assert db.session.query(CheckAttempt).one().number == 1


def test_the_newest_attempt_can_be_looked_at_again(browser, ana):
    browser.sign_in(ana).submit(HERE, **{"q-first": "1", "q-second": "1"})
    attempt = db.session.query(CheckAttempt).one()
    assert f'href="{HERE}/attempts/{attempt.id}"' in browser.get(HERE).text


def test_nobody_sees_anothers_attempt(browser, ana, ben):
    browser.sign_in(ana).submit(HERE, **{"q-first": "0", "q-second": "0"})
    attempt = db.session.query(CheckAttempt).one()
    assert browser.sign_in(ben).get(f"{HERE}/attempts/{attempt.id}").status_code == 404
    assert "Look at your answers" not in browser.get(HERE).text


def test_an_attempt_belongs_to_its_step(browser, ana):
    browser.sign_in(ana).submit(HERE, **{"q-first": "0", "q-second": "0"})
    attempt = db.session.query(CheckAttempt).one()
    assert browser.get(f"/modules/referrals/say/attempts/{attempt.id}").status_code == 404


def test_it_needs_signing_in(browser):
    assert browser.post(HERE).location.startswith("/sign-in")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12), st.data())
def test_right_and_wrong_add_up(pairs, data):
    questions = [make.question(f"k{n}", right, "abcd") for n, (right, _) in enumerate(pairs)]
    facts = {"questions": questions, "pass_mark": data.draw(st.integers(1, len(pairs)))}
    answers = {f"k{n}": chosen for n, (_, chosen) in enumerate(pairs)}
    marks = grading.mark(facts, answers)
    assert marks.right + len(grading.wrong(facts, answers)) == marks.questions == len(pairs)
    assert marks.passed == (marks.right >= facts["pass_mark"])
    assert grading.unanswered(facts, answers) == []
