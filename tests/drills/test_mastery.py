"""How much of a pitch somebody knows."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.drills import queries, services
from portal.drills.mastery import is_known
from portal.drills.models import Deck
from portal.drills.schedule import Memory
from tests.drills.make_drills import answer, card_of
from tests.make import NOON
from tests.releases.make_releases import pitch, publish, reworded

LATER = NOON + timedelta(days=1)


@pytest.fixture
def me(ana, viewer):
    return viewer(ana)


@pytest.fixture
def found():
    return pitch()


@pytest.fixture
def deck(found, me):
    deck = db.session.query(Deck).filter_by(pitch_id=found.id).one()
    services.start_deck(deck, by=me, now=NOON)
    return deck


def test_nothing_is_known_before_it_was_answered(me, found, deck):
    assert queries.mastery(me.id, found.id, now=NOON) == (0, 3)
    assert queries.mastery(me.id + 1, found.id, now=NOON) == (0, 3)


def test_it_counts_what_was_learnt_and_is_still_there(me, found, deck):
    answer(me, card_of(deck, "opener"), 4)
    answer(me, card_of(deck, "one-answer"), 1)
    assert queries.mastery(me.id, found.id, now=NOON) == (1, 3)
    assert queries.mastery(me.id, found.id, keys=["opener"], now=NOON).is_whole
    assert queries.mastery(me.id, found.id, keys=["one-answer"], now=NOON) == (0, 1)
    assert queries.mastery(me.id, found.id, now=NOON + timedelta(days=900)) == (0, 3)


def test_a_change_is_answered_for_anew(me, found, deck):
    opener = card_of(deck, "opener")
    answer(me, opener, 4)
    publish(found, claims=reworded("opener", "We help owners."), change="Shorter.", now=LATER)
    assert queries.mastery(me.id, found.id, keys=["opener"], now=LATER) == (0, 1)
    assert queries.mastery(me.id, found.id, keys=["opener"], since=LATER, now=LATER) == (0, 1)
    answer(me, opener, 2, now=LATER)
    assert queries.mastery(me.id, found.id, keys=["opener"], since=LATER, now=LATER) == (0, 1)
    again = LATER + timedelta(minutes=1)
    services.take_in([services.Sent(opener.id, opener.version, 3, "had-it-now", again)], by=me, now=again)
    assert queries.mastery(me.id, found.id, keys=["opener"], since=LATER, now=again) == (1, 1)
    services.undo_last(by=me, now=again)
    assert queries.mastery(me.id, found.id, keys=["opener"], since=LATER, now=again) == (0, 1)


def test_known_is_learnt_unchanged_and_likely_there():
    memory = Memory(LATER, 2, stability=10.0, last_review_at=NOON)
    assert is_known(memory, NOON)
    assert not is_known(Memory(LATER, 3, stability=10.0, last_review_at=NOON), NOON)
    assert not is_known(Memory(LATER, 2, stability=10.0, last_review_at=NOON, is_changed=True), NOON)
    assert not is_known(memory, NOON + timedelta(days=400))


def test_it_takes_one_statement(me, found, deck, budget):
    with budget(1):
        queries.mastery(me.id, found.id, now=NOON)
