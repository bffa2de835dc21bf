"""The queue: whose turn it is, who has what open, and how long people wait."""

from datetime import timedelta

import pytest

from portal.accounts import queries as accounts
from portal.accounts import services as account_services
from portal.errors import Refused
from portal.recitals import holding, listening, waiting
from portal.recitals.models import State
from tests import make
from tests.recitals import make_recitals


@pytest.fixture(autouse=True)
def ready(pitch, rubric):
    """There is something to recite, and something to score by."""


def order(coach, viewer):
    from portal.db import db

    return [row.person.name for row in db.session.scalars(waiting.visible_to(viewer(coach)))]


def test_an_empty_queue_says_so(browser, coach):
    page = browser.sign_in(coach).get("/coaching").text
    assert "Nobody waits" in page
    assert browser.post("/coaching/next").location == "/coaching"


def test_leaders_first_then_the_longest_waiting(ana, ben, leader, coach, viewer, now):
    make_recitals.submitted(ben, now=now - timedelta(days=1))
    make_recitals.submitted(ana, now=now - timedelta(days=3))
    make_recitals.submitted(leader, now=now)
    assert order(coach, viewer) == ["Lena Berg", "Ana Ferreira", "Ben Okoro"]


def test_a_leader_hears_their_practice_and_not_themselves(ana, charlie, leader, viewer):
    for person in (ana, charlie, leader):
        make_recitals.submitted(person)
    assert order(leader, viewer) == ["Ana Ferreira"]


def test_today_counts_what_waits_for_whoever_hears_it(browser, ana, ben, charlie, leader, coach, other_leader):
    for person in (ana, ben, coach):
        make_recitals.submitted(person)
    assert "Two recitals wait to be heard" in browser.sign_in(coach).get("/").text
    assert "Three recitals wait to be heard" in browser.sign_in(leader).get("/").text
    for stranger in (other_leader, ana):
        assert "to be heard" not in browser.sign_in(stranger).get("/").text


def test_next_opens_the_first_that_nobody_has(browser, ana, ben, coach, second_coach, now):
    first = make_recitals.submitted(ana, now=now - timedelta(days=2))
    second = make_recitals.submitted(ben, now=now - timedelta(days=1))
    assert browser.sign_in(coach).post("/coaching/next").location == f"/coaching/{first.id}"
    assert browser.sign_in(second_coach).post("/coaching/next").location == f"/coaching/{second.id}"
    assert "with Cora Lind" in browser.get("/coaching").text


def test_what_one_has_open_comes_first(browser, ana, ben, coach, now):
    make_recitals.submitted(ana, now=now - timedelta(days=2))
    make_recitals.taken(second := make_recitals.submitted(ben), coach)
    assert browser.sign_in(coach).post("/coaching/next").location == f"/coaching/{second.id}"


def test_after_half_an_hour_it_is_free_again(ana, coach, second_coach, viewer, now):
    row = make_recitals.taken(make_recitals.submitted(ana), coach)
    with pytest.raises(Refused):
        holding.take(row, by=viewer(second_coach), now=now + timedelta(minutes=29))
    holding.take(row, by=viewer(second_coach), now=now + timedelta(minutes=31))
    assert row.coach_id == second_coach.id


def test_putting_it_back_frees_it_at_once(browser, ana, coach, second_coach):
    row = make_recitals.taken(make_recitals.submitted(ana), coach)
    browser.sign_in(coach).post(f"/coaching/{row.id}/put-back")
    assert browser.sign_in(second_coach).post("/coaching/next").location == f"/coaching/{row.id}"


@pytest.mark.parametrize("how", ["revoked", "deactivated"])
def test_what_a_coach_who_left_had_open_returns_to_the_queue(ana, coach, second_coach, viewer, now, how):
    row = make_recitals.taken(make_recitals.submitted(ana), coach)
    if how == "revoked":
        account_services.revoke(coach, accounts.grants_of(coach.id)[0])
    else:
        coach.is_active = False
    assert waiting.next_or_none(viewer(second_coach), now).id == row.id


def test_nobody_holds_more_than_three(corporate_tax, coach, viewer, now):
    rows = [make_recitals.submitted(make.person(practice=corporate_tax)) for _ in range(4)]
    for row in rows[:3]:
        make_recitals.taken(row, coach)
    with pytest.raises(Refused, match="You have 3 open already"):
        holding.take(rows[3], by=viewer(coach), now=now)


def test_somebody_who_left_does_not_wait(ana, coach, viewer):
    make_recitals.submitted(ana)
    ana.is_active = False
    assert order(coach, viewer) == []


def test_turnaround_is_shown(browser, ana, ben, coach, corporate_tax, now):
    for days in (1, 2, 6):
        row = make_recitals.submitted(make.person(practice=corporate_tax), now=now - timedelta(days=days))
        make_recitals.decided(row, coach)
    make_recitals.submitted(ana, now=now - timedelta(days=4))
    page = browser.sign_in(coach).get("/coaching").text
    assert "2.0 days" in page
    assert "4 days" in page
    assert "3 in 90 days" in page


def test_without_a_coach_the_person_knows(browser, charlie):
    row = make_recitals.submitted(charlie)
    assert "No coach is named for your practice yet" in browser.sign_in(charlie).get(f"/recitals/{row.id}").text


def test_the_queue_asks_little_of_the_database(browser, coach, corporate_tax, budget):
    for _ in range(30):
        make_recitals.submitted(make.person(practice=corporate_tax))
    browser.sign_in(coach).get("/coaching")
    with budget(11):
        assert browser.get("/coaching").status_code == 200


def test_whoever_is_late_may_still_answer_when_nobody_else_came(ana, coach, viewer, rubric, now):
    row = make_recitals.taken(make_recitals.submitted(ana), coach)
    decision = listening.decide(
        row,
        levels={"clear": 2, "natural": 2},
        note="Good.",
        outcome=State.PASSED,
        rubric=(rubric.rubric_id, rubric.number),
        by=viewer(coach),
        now=now + timedelta(minutes=50),
    )
    assert decision.score == 100


def test_but_not_when_somebody_else_did(ana, coach, second_coach, viewer, rubric, now):
    later = now + timedelta(minutes=50)
    row = make_recitals.taken(make_recitals.submitted(ana), coach)
    holding.take(row, by=viewer(second_coach), now=later)
    with pytest.raises(Refused, match="Dara Moss took this one up"):
        listening.decide(
            row,
            levels={"clear": 2, "natural": 2},
            note="Good.",
            outcome=State.PASSED,
            rubric=(rubric.rubric_id, rubric.number),
            by=viewer(coach),
            now=later,
        )
