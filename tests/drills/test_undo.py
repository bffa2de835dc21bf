"""Taking an answer back, and working states out anew: whatever happened, the reviews tell it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.counters.models import DailyCount
from portal.db import db
from portal.drills import services
from portal.drills.models import CardState, Review
from portal.errors import Refused
from tests.drills.make_drills import answer, begun, card, card_of, columns, load, state_of
from tests.make import NOON

SHARED = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(["one", "two"]), st.integers(1, 4)),
        st.tuples(st.just("undo")),
        st.tuples(st.just("wait"), st.timedeltas(timedelta(minutes=1), timedelta(days=60))),
        st.tuples(st.just("reword"), st.integers(0, 9)),
        st.tuples(st.just("retire"), st.booleans()),
    ),
    max_size=15,
)


@pytest.fixture
def me(ana, viewer):
    return viewer(ana)


@pytest.fixture
def first(me):
    return card_of(begun(me, card("one"), card("two")))


def test_the_card_is_as_it_was_before(browser, ana, me, first):
    before = columns(state_of(me, first))
    answer(me, first)
    response = browser.sign_in(ana).post("/drills/referrals/undo", done=1)
    assert (response.status_code, response.location) == (303, "/drills/referrals?done=0")
    assert columns(state_of(me, first)) == before
    assert "Question one?" in browser.get(response.location).text


def test_it_is_a_review_of_its_own(me, first):
    answer(me, first)
    services.undo_last(by=me, now=NOON)
    taken, undo = db.session.query(Review).order_by(Review.id)
    assert (taken.rating, undo.rating, undo.undoes_id) == (3, 0, taken.id)
    assert db.session.query(DailyCount).filter_by(measure="drills").one().n == 0


def test_it_goes_back_one_answer_at_a_time(me, first):
    fresh = columns(state_of(me, first))
    answer(me, first, 1)
    once = columns(state_of(me, first))
    answer(me, first, 3, now=NOON + timedelta(minutes=1))
    services.undo_last(by=me, now=NOON + timedelta(minutes=2))
    assert columns(state_of(me, first)) == once
    services.undo_last(by=me, now=NOON + timedelta(minutes=2))
    assert columns(state_of(me, first)) == fresh


def test_it_explains_that_there_is_nothing_to_take_back(browser, ana, first):
    response = browser.sign_in(ana).post("/drills/referrals/undo", done=0)
    assert response.status_code == 422
    assert "no answer to take back" in response.text


def test_it_leaves_old_answers_and_other_peoples(me, first, ben, viewer):
    answer(me, first)
    with pytest.raises(Refused):
        services.undo_last(by=me, now=NOON + timedelta(hours=2))
    with pytest.raises(Refused):
        services.undo_last(by=viewer(ben), now=NOON)


def test_it_explains_that_a_reworded_card_keeps_its_answer(me, first):
    answer(me, first)
    load(card("one", back="Otherwise."), card("two"))
    with pytest.raises(Refused, match="reworded"):
        services.undo_last(by=me, now=NOON)


def test_it_needs_signing_in(browser, first):
    assert browser.post("/drills/referrals/undo").location.startswith("/sign-in")


@SHARED
@given(EVENTS)
def test_states_worked_out_anew_from_the_reviews_are_the_same(app, me, first, events):
    with db.session.begin_nested() as point:
        happen(me, first, events)
        before = states(me)
        services.rebuild(me.id)
        assert states(me) == before
        point.rollback()
    db.session.expire_all()


def test_a_lost_state_comes_back(me, first):
    answer(me, first)
    before = states(me)
    db.session.query(CardState).filter(CardState.reps > 0).delete()
    services.rebuild(me.id)
    assert states(me) == before


def states(me):
    db.session.expire_all()
    return [columns(row) for row in db.session.query(CardState).order_by(CardState.card_id)]


def happen(me, first, events):
    """Let these things happen, one after the other; what is refused didn't happen."""
    now, words, is_retired = NOON, 0, False
    cards = {"one": first, "two": card_of_pair(first)}
    for place, (what, *rest) in enumerate(events):
        now += timedelta(seconds=1)
        try:
            with db.session.begin_nested():
                if what == "answer":
                    answer(me, cards[rest[0]], rest[1], key=f"event-{place}", now=now)
                elif what == "undo":
                    services.undo_last(by=me, now=now)
                elif what == "wait":
                    now += rest[0]
                else:
                    words, is_retired = (rest[0], is_retired) if what == "reword" else (words, rest[0])
                    kept = [card("one", back=f"Words {words}.")] + ([] if is_retired else [card("two")])
                    load(*kept, now=now)
        except Refused:
            continue


def card_of_pair(first):
    """The other card of the deck."""
    return db.session.query(type(first)).filter_by(deck_id=first.deck_id, key="two").one()
