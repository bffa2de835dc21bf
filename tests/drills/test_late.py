"""Answers that arrive late, twice or out of order; each counts once, where it happened."""

from datetime import timedelta

import pytest
from fsrs import Card as FsrsCard
from fsrs import Rating
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.db import db
from portal.drills import field_events, schedule, services
from portal.drills.models import Asked, CardState, Deck, DrillSettings, FieldEvent, Review, Went
from portal.drills.services import Sent
from portal.errors import Refused
from tests.drills.make_drills import answer, begun, card, card_of, load, state_of
from tests.make import NOON
from tests.releases.make_releases import pitch

SHARED = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
LONG_AGO = NOON - timedelta(days=59)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "landed", "so-so", "fumbled"]),
        st.integers(1, 4),
        st.integers(0, 58 * 24 * 60),
        st.sampled_from([80, 90, 95]),
        st.booleans(),
    ),
    max_size=10,
)
"""What happened, its rating, how many minutes after LONG_AGO, the retention wanted, and whether it is taken back."""


@pytest.fixture
def me(ana, viewer):
    return viewer(ana)


@pytest.fixture
def line(me):
    """The card of a line of the firm's pitch."""
    deck = db.session.query(Deck).filter_by(pitch_id=pitch(now=LONG_AGO).id).one()
    services.start_deck(deck, by=me, now=LONG_AGO)
    return card_of(deck, "opener")


@SHARED
@given(EVENTS, st.randoms(use_true_random=False))
def test_the_state_is_what_fsrs_gives_for_the_events_in_their_order(app, me, line, events, chance):
    with db.session.begin_nested() as point:
        arriving = list(enumerate(events))
        chance.shuffle(arriving)
        again = chance.sample(arriving, len(arriving) // 2)
        for place, event in arriving + again:
            arrive(me, line, place, event)
        happened = sorted(
            (LONG_AGO + timedelta(minutes=minutes), key_of(place, what), rating_of(what, rating), retention)
            for place, (what, rating, minutes, retention, is_taken_back) in enumerate(events)
            if not is_taken_back
        )
        expected = FsrsCard(card_id=1, due=LONG_AGO)
        for at, _key, rating, retention in happened:
            expected, _ = schedule.scheduler(retention).review_card(expected, Rating(rating), at)
        found = state_of(me, line)
        assert found.due_at == expected.due
        assert (found.stability, found.difficulty) == (expected.stability, expected.difficulty)
        assert found.reps == len(happened)
        assert abs(found.asked_at - found.due_at) <= timedelta(days=schedule.MOST_MOVED)
        assert db.session.query(Review).filter(Review.rating > 0).count() == len(events)
        before = found.due_at, found.asked_at, found.reps, found.lapses, found.first_at
        services.rebuild(me.id)
        anew = state_of(me, line)
        assert (anew.due_at, anew.asked_at, anew.reps, anew.lapses, anew.first_at) == before
        point.rollback()
    db.session.expire_all()


def arrive(me, line, place, event):
    """Let one event arrive, perhaps for the second time."""
    what, rating, minutes, retention, is_taken_back = event
    services.keep_in_mind(retention=retention, by=me)
    at, key = LONG_AGO + timedelta(minutes=minutes), key_of(place, what)
    if what == "answer":
        services.take_in([Sent(line.id, 1, rating, key, at)], by=me, now=NOON)
    else:
        field_events.report(
            claim_key="opener", asked=Asked.CLIENT, went=Went(what), at=at, key=key[6:], by=me, now=NOON
        )
    if is_taken_back:
        services.take_back(db.session.query(Review).filter_by(person_id=me.id, key=key).one(), by=me, now=NOON)


def key_of(place, what):
    return f"{'device' if what == 'answer' else 'field-'}{place:08}"


def rating_of(what, rating):
    return rating if what == "answer" else field_events.COUNTS_AS[Went(what)]


@SHARED
@given(st.lists(st.tuples(st.sampled_from(["one", "two"]), st.integers(1, 4), st.integers(0, 9)), max_size=12))
def test_sending_again_whatever_was_sent_changes_nothing(app, me, sent):
    with db.session.begin_nested() as point:
        deck = begun(me, card("one"), card("two"), now=LONG_AGO)
        answers = [
            Sent(card_of(deck, which).id, 1, rating, f"device-{number}", NOON - timedelta(minutes=30 - place))
            for place, (which, rating, number) in enumerate(sent)
        ]
        half = answers[: len(answers) // 2]
        services.take_in(half, by=me, now=NOON)  # the answer to this was lost on its way
        outcomes = services.take_in(answers, by=me, now=NOON)
        once = everything()
        assert set(outcomes) == {answer.key for answer in answers}
        assert db.session.query(Review).count() == len({answer.key for answer in answers})
        services.take_in(answers, by=me, now=NOON)
        assert everything() == once
        point.rollback()
    db.session.expire_all()


def everything():
    db.session.expire_all()
    states = db.session.query(CardState).order_by(CardState.card_id)
    return [(state.card_id, state.due_at, state.reps, state.stability) for state in states]


def test_two_devices_add_up(me):
    only = card_of(begun(me, now=LONG_AGO))
    phone = Sent(only.id, 1, 3, "from-the-phone", NOON - timedelta(hours=5))
    tablet = Sent(only.id, 1, 1, "from-the-tablet", NOON - timedelta(hours=9))
    services.take_in([phone], by=me, now=NOON)
    services.take_in([tablet], by=me, now=NOON)
    state = state_of(me, only)
    assert (state.reps, state.first_at, state.last_review_at) == (2, tablet.at, phone.at)


def test_a_device_whose_clock_is_wrong_is_not_believed(me):
    only = card_of(begun(me, now=LONG_AGO))
    ahead = Sent(only.id, 1, 3, "from-the-future", NOON + timedelta(days=1))
    ancient = Sent(only.id, 1, 3, "from-long-ago", NOON - timedelta(days=61))
    outcomes = services.take_in([ahead, ancient, Sent(only.id, 1, 3, "without-a-time", None)], by=me, now=NOON)
    assert set(outcomes.values()) == {"dated"}
    assert {review.at for review in db.session.query(Review)} == {NOON}


def test_an_answer_to_words_that_changed_since_leaves_the_card_reworded(me):
    only = card_of(begun(me, now=LONG_AGO))
    answer(me, only, 3, now=LONG_AGO)
    load(card("one", back="Otherwise."), now=NOON - timedelta(days=1))
    services.take_in([Sent(only.id, 1, 3, "it-saw-the-old-one", NOON - timedelta(hours=1))], by=me, now=NOON)
    assert state_of(me, only).is_changed


def test_a_batch_says_what_became_of_each(browser, ana, me, charlie, viewer):
    deck = begun(me, card("one"), now=LONG_AGO)
    body = {"card": card_of(deck).id, "version": 1, "rating": 3, "key": "from-the-phone", "at": NOON.isoformat()}
    other = {**body, "card": 999_999, "key": "of-no-card"}
    browser.sign_in(ana)
    assert browser.post("/drills/answers", {"answers": [body, other]}).json == {
        "outcomes": {"from-the-phone": "kept", "of-no-card": "gone"}
    }
    assert browser.post("/drills/answers", {"answers": [body]}).json == {"outcomes": {"from-the-phone": "known"}}
    browser.sign_in(charlie)
    assert browser.post("/drills/answers", {"answers": [body]}).json == {"outcomes": {"from-the-phone": "gone"}}
    assert db.session.query(Review).count() == 1


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"answers": "x"},
        {"answers": [1]},
        {"answers": [{}] * 201},
        {"answers": [{"card": True, "version": 1, "rating": 3, "key": "k" * 9}]},
        {"answers": [{"card": 1, "version": 1, "rating": 5, "key": "k" * 9}]},
        {"answers": [{"card": 1, "version": 1, "rating": 3, "key": "k\x00" * 9}]},
        {"answers": [{"card": 10**12, "version": 1, "rating": 3, "key": "k" * 9}]},
    ],
)
def test_a_batch_that_makes_no_sense_is_refused_with_a_reason(browser, ana, body):
    response = browser.sign_in(ana).post("/drills/answers", body)
    assert response.status_code == 422
    assert response.json["error"]


def test_the_pack_holds_the_cards_with_their_answers(browser, ana, me):
    begun(me, card("one"), card("two"))
    cards = browser.sign_in(ana).get("/drills/referrals/pack").json["cards"]
    assert len(cards) == 2
    assert "Answer one." in cards[0]["html"]
    assert 'name="rating"' in cards[0]["html"]


def test_the_pack_takes_few_statements(browser, ana, me, budget):
    begun(me, *[card(f"card-{number}") for number in range(20)])
    browser.sign_in(ana)
    with budget(4):
        browser.get("/drills/referrals/pack")


def test_the_target_is_kept_within_its_bounds(browser, ana, me):
    browser.sign_in(ana)
    assert browser.post("/drills/settings", retention=85).status_code == 303
    assert "keep 85 of a hundred" in browser.get("/drills").text
    for wrong in ("79", "96", "x", ""):
        assert browser.post("/drills/settings", retention=wrong).status_code == 422
    with pytest.raises(Refused):
        services.keep_in_mind(retention=50, by=me)
    assert db.session.query(DrillSettings).one().retention == 85


def test_less_to_keep_in_mind_waits_longer(me):
    only = card_of(begun(me))
    services.keep_in_mind(retention=80, by=me)
    answer(me, only, 3)
    assert state_of(me, only).due_at > schedule.after(schedule.Memory(NOON), 3, NOON).due_at


def test_a_report_counts_as_an_answer_even_before_the_deck_is_begun(me):
    deck = db.session.query(Deck).filter_by(pitch_id=pitch().id).one()
    field_events.report(claim_key="opener", asked=Asked.CLIENT, went=Went.LANDED, key="said-it-once", by=me, now=NOON)
    assert db.session.query(CardState).count() == 0
    services.rebuild(me.id)
    assert db.session.query(CardState).count() == 0
    services.start_deck(deck, by=me, now=NOON)
    assert state_of(me, card_of(deck, "opener")).reps == 1
    assert db.session.query(FieldEvent).count() == 1
