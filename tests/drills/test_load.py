"""Loading decks from files and from pitches."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.drills import queries, services
from portal.drills.models import Card, CardState, CardVersion, Deck
from portal.errors import Refused
from tests.drills.make_drills import CLOZE, answer, begun, card, card_of, deck, load, state_of
from tests.make import NOON
from tests.releases.make_releases import pitch, publish, reworded

LATER = NOON + timedelta(days=1)


@pytest.fixture
def me(ana, viewer):
    return viewer(ana)


def test_it_says_what_is_new_and_then_nothing():
    assert load(card("one"), card("two")) == ["deck referrals: new, 2 cards"]
    assert load(card("one"), card("two")) == []


def test_it_says_what_changed():
    load(card("one"), card("two"))
    assert load(card("one", back="Otherwise."), card("three"), title="Ask") == [
        "deck referrals: title or discipline, 1 new, 1 changed, 1 retired"
    ]


def test_it_renders_markdown_and_hides_the_words_of_a_cloze():
    found = card_of(deck(card(**CLOZE, back="Because *early*.")))
    assert found.front == "Ask <mark>early</mark>, ask <mark>clearly</mark>."
    assert found.back == "Because <em>early</em>."


def test_nothing_in_a_card_runs():
    found = card_of(deck(card(front="<script>x</script>Hello", back="<img src=x onerror=y>")))
    assert "script" not in found.front
    assert "onerror" not in found.back


def test_a_reworded_card_keeps_its_old_wording_and_comes_up_again(me):
    first = card_of(begun(me))
    answer(me, first, 4)
    load(card("one", back="Otherwise."), now=LATER)
    state = state_of(me, first)
    assert (first.version, state.is_changed, state.due_at, state.reps) == (2, True, LATER, 1)
    assert [row.content["back"] for row in db.session.query(CardVersion).order_by(CardVersion.version)] == [
        "Answer one.",
        "Otherwise.",
    ]


def test_a_reworded_card_shows_what_changed(browser, ana, me):
    first = card_of(begun(me))
    answer(me, first, 4)
    load(card("one", back="Another answer."))
    page = browser.sign_in(ana).get("/drills/referrals").text
    assert "Reworded" in page
    assert "<ins>Another answer</ins>" in page


def test_a_new_card_joins_for_those_who_practise_the_deck(me, ben, viewer):
    begun(me)
    load(card("one"), card("two"))
    assert db.session.query(CardState).filter_by(person_id=me.id).count() == 2
    assert db.session.query(CardState).filter_by(person_id=ben.id).count() == 0


def test_a_dropped_card_sleeps_and_wakes_with_what_was_known(me):
    second = card_of(begun(me, card("one"), card("two")), "two")
    answer(me, second, 4)
    load(card("one"))
    assert state_of(me, second).is_asleep
    assert db.session.query(Deck).one().size == 1
    load(card("one"), card("two"))
    state = state_of(me, second)
    assert (state.is_asleep, state.reps) == (False, 1)


def test_a_deck_of_a_pitch_keeps_its_name():
    pitch()
    with pytest.raises(Refused):
        load(card(), key="pitch-firm")


def test_a_pitch_becomes_a_deck_with_a_card_for_each_claim():
    found = pitch()
    made = db.session.query(Deck).filter_by(pitch_id=found.id).one()
    fronts = [row.front for row in db.session.query(Card).order_by(Card.position)]
    assert (made.key, made.size) == ("pitch-firm", 3)
    assert "who do you work for" in fronts[0]
    assert "“You are too small.” What do you answer?" in fronts[2]


def test_words_of_a_pitch_are_words_and_not_markup():
    pitch(claims=reworded("opener", "We <b>help</b> & *serve*."))
    assert db.session.query(Card).filter_by(key="opener").one().back == (
        "<p>We &lt;b&gt;help&lt;/b&gt; &amp; *serve*.</p>"
    )


def test_a_new_version_changes_only_the_cards_whose_claims_changed(ana, me):
    found = pitch()
    practised = begun_pitch(me, found)
    for each in practised:
        answer(me, each, 4)
    publish(found, claims=reworded("one-answer", "One partner answers."), change="Shorter.", now=LATER)
    changed = {each.key for each in practised if state_of(me, each).is_changed}
    assert changed == {"one-answer"}
    assert [(row.key, row.n) for row in queries.due_counts(me, LATER)] == [("pitch-firm", 1)]


def begun_pitch(me, found):
    """Begin a pitch's deck; its cards."""
    made = db.session.query(Deck).filter_by(pitch_id=found.id).one()
    services.start_deck(made, by=me, now=NOON)
    return list(db.session.query(Card).filter_by(deck_id=made.id))
