"""Answering a card."""

from datetime import timedelta

import pytest

from portal.counters.models import DailyCount, PersonActivity
from portal.db import db
from portal.drills import schedule
from portal.drills.models import Review
from portal.errors import Refused
from tests.drills.make_drills import CHOICE, answer, begun, card, card_of, state_of
from tests.make import NOON, TODAY

KEY = "a-key-from-the-page"


@pytest.fixture
def me(ana, viewer):
    return viewer(ana)


@pytest.fixture
def first(me):
    return card_of(begun(me, card("one"), card("two")))


def send(browser, who, answered, address="/drills/referrals/answers", **fields):
    return browser.sign_in(who).post(address, **{"card": answered.id, "rating": 3, "key": KEY, "done": 0, **fields})


def test_it_keeps_the_answer_and_asks_again_when_fsrs_says(browser, ana, me, first):
    response = send(browser, ana, first)
    assert (response.status_code, response.location) == (303, "/drills/referrals?done=1")
    review, state = db.session.query(Review).one(), state_of(me, first)
    assert (review.rating, review.card_version, review.at) == (3, 1, NOON)
    assert state.due_at == schedule.after(schedule.Memory(due_at=NOON), 3, NOON).due_at
    assert (state.reps, state.first_at) == (1, NOON)


def test_it_shows_the_next_card_after_the_redirect(browser, ana, first):
    assert "Question one?" in browser.sign_in(ana).get("/drills/referrals").text
    page = browser.get(send(browser, ana, first).location)
    assert "Question two?" in page.text
    assert "1 to go" in page.text


def test_it_answers_a_script_with_the_next_card(browser, ana, first):
    browser.sign_in(ana)
    token = browser.token()
    response = browser.client.post(
        "/drills/referrals/answers",
        data={"card": first.id, "rating": "3", "key": KEY, "done": "0"},
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )
    assert response.status_code == 200
    assert "Question two?" in response.json["html"]
    assert "<html" not in response.json["html"]


def test_the_same_answer_sent_twice_is_kept_once(browser, ana, first):
    for _ in range(2):
        assert send(browser, ana, first).status_code == 303
    assert db.session.query(Review).count() == 1
    assert db.session.query(DailyCount).filter_by(measure="drills").one().n == 1


def test_it_explains_a_card_that_is_not_due(browser, ana, first):
    send(browser, ana, first, rating=4)
    response = send(browser, ana, first, key="another-key-for-it")
    assert response.status_code == 422
    assert "due any more" in response.text
    assert db.session.query(Review).count() == 1


def test_it_refuses_a_card_that_sleeps(me, first):
    state_of(me, first).is_asleep = True
    db.session.flush()
    with pytest.raises(Refused):
        answer(me, first)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rating": "0"},
        {"rating": "5"},
        {"rating": ""},
        {"rating": "٣"},
        {"card": "x"},
        {"card": "9" * 30},
        {"key": ""},
        {"key": "k" * 65},
        {"key": "with\x00nothing"},
        {"done": "-1"},
        {"done": "many"},
    ],
)
def test_it_explains_what_makes_no_sense(browser, ana, first, wrong):
    response = send(browser, ana, first, **wrong)
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert db.session.query(Review).count() == 0


@pytest.mark.parametrize("body", [[1], "x", None, {"card": {"a": 1}}, {"card": [1, 2], "rating": 3, "key": 5}])
def test_odd_json_is_refused_without_breaking(browser, ana, first, body):
    assert (
        400
        <= browser.sign_in(ana)
        .client.post("/drills/referrals/answers", json=body, headers={"X-CSRFToken": browser.token()})
        .status_code
        < 500
    )


def test_somebody_elses_card_is_not_there(browser, charlie, first):
    assert send(browser, charlie, first).status_code == 404


def test_a_card_of_another_deck_is_not_there(browser, ana, me, first):
    begun(me, card("other"), key="network")
    assert send(browser, ana, first, "/drills/network/answers").status_code == 404


def test_it_needs_signing_in(browser, first):
    assert browser.post("/drills/referrals/answers", card=first.id).location.startswith("/sign-in")


def test_it_counts_the_card_and_the_person(ana, me, first):
    answer(me, first)
    assert db.session.get_one(PersonActivity, ana.id).last_on == TODAY
    counts = {row.measure: row.n for row in db.session.query(DailyCount)}
    assert (counts["drills"], counts["active-people"]) == (1, 1)


def test_a_forgotten_card_comes_back_in_the_same_session(browser, ana, me):
    only = card_of(begun(me))
    page = browser.get(send(browser, ana, only, rating=1).location)
    assert "Question one?" in page.text
    page = browser.get(send(browser, ana, only, rating=3, key="the-second-time", done=1).location)
    assert "Done. 2 answers" in page.text


def test_a_choice_is_shown_with_the_right_one_and_why(browser, ana, me):
    chosen = card_of(begun(me, card(**CHOICE)))
    page = browser.sign_in(ana).get("/drills/referrals", card=chosen.id, chosen=1).text
    assert "The right one" in page
    assert "Your choice" in page
    assert "Answer one." in page
    assert 'value="1"><span>Go on' in page
    assert 'name="rating" value="3"' not in page


def test_a_right_choice_asks_how_sure(browser, ana, me):
    chosen = card_of(begun(me, card(**CHOICE)))
    page = browser.sign_in(ana).get("/drills/referrals", card=chosen.id, chosen=2).text
    assert "Right, your choice" in page
    assert 'name="rating" value="3"' in page
    assert 'name="rating" value="1"' not in page


@pytest.mark.parametrize("chosen", ["0", "3", "x", "-1", "1" * 40])
def test_an_odd_choice_shows_the_question(browser, ana, me, chosen):
    card_id = card_of(begun(me, card(**CHOICE))).id
    page = browser.sign_in(ana).get("/drills/referrals", card=card_id, chosen=chosen)
    assert page.status_code == 200
    assert "data-options" in page.text


def test_answering_takes_few_statements(browser, ana, first, budget):
    browser.sign_in(ana)
    token = browser.token()
    with budget(8):
        browser.client.post(
            "/drills/referrals/answers",
            data={"card": first.id, "rating": "3", "key": KEY, "done": "0"},
            headers={"X-CSRFToken": token},
        )


def test_it_is_due_on_its_day_from_the_morning_on(me, first):
    answer(me, first, now=NOON)
    due_at = state_of(me, first).due_at
    morning = due_at.replace(hour=6)
    answer(me, first, now=morning)
    assert state_of(me, first).reps == 2
    with pytest.raises(Refused):
        answer(me, first, key="a-day-too-early", now=morning + timedelta(minutes=1))
