"""A practice's pitch follows the one it inherits from."""

import pytest

from portal.db import db
from portal.errors import Refused
from portal.message import queries
from portal.message.models import PitchVersion
from tests.releases.make_releases import CLAIMS, pitch, publish, reworded

TAX = [
    {"key": "opener", "kind": "opener", "text": "We do tax.", "answer": ""},
    {"key": "one-reader", "kind": "difference", "text": "One person reads it all.", "replaces": "one-answer"},
]


@pytest.fixture
def firms(firm):
    return pitch()


@pytest.fixture
def taxes(firms, tax):
    return pitch(key="tax", title="The tax pitch", practice_key=tax.key, claims=TAX)


def said(found, number=None):
    return {claim.key: claim.text for claim in queries.said_in(found.id, number or found.number)}


def test_a_practices_version_holds_all_that_is_said(taxes):
    assert said(taxes) == {
        "opener": "We do tax.",
        "one-reader": "One person reads it all.",
        "too-small": "You are too small.",
    }


def test_a_change_above_is_passed_on_as_a_version(firms, taxes):
    publish(firms, claims=reworded("too-small", "Are you not too small?"), change="A question.", is_major=True)
    version = queries.version_of(taxes, 2)
    assert (taxes.number, said(taxes)["too-small"]) == (2, "Are you not too small?")
    assert (version.change, version.is_major) == ("The firm's pitch: A question.", True)
    assert said(taxes, 1)["too-small"] == "You are too small."


def test_what_it_replaced_or_repeated_concerns_it_no_more(firms, taxes):
    publish(firms, claims=reworded("one-answer", "One.", reworded("opener", "We help.")), change="Shorter.")
    assert taxes.number == 1


def test_it_goes_down_the_whole_tree(firms, taxes, corporate_tax):
    below = pitch(
        key="corporate", practice_key=corporate_tax.key, claims=[{"key": "own", "kind": "proof", "text": "Own."}]
    )
    assert said(below)["one-reader"] == "One person reads it all."
    publish(firms, claims=reworded("too-small", "Small?"), change="A question.")
    assert (taxes.number, below.number) == (2, 2)
    assert said(below) == {
        "own": "Own.",
        "opener": "We do tax.",
        "one-reader": "One person reads it all.",
        "too-small": "Small?",
    }


def test_a_practice_without_an_opener_has_the_one_above(firms, law):
    lawyers = pitch(key="law", practice_key=law.key, claims=[{"key": "own", "kind": "proof", "text": "Own."}])
    assert said(lawyers)["opener"] == CLAIMS[0]["text"]


def test_only_what_is_there_can_be_replaced(firms, law):
    odd = [*CLAIMS[:1], {"key": "own", "kind": "proof", "text": "Own.", "replaces": "nothing-like-it"}]
    with pytest.raises(Refused, match="nothing-like-it"):
        publish(None, key="law", practice_key=law.key, claims=odd)


def test_people_speak_with_one_pitch(firms, taxes, tax):
    with pytest.raises(Refused) as refusal:
        publish(None, key="tax-two", practice_key=tax.key, claims=TAX)
    assert refusal.value.field == "practice_key"
    assert db.session.query(PitchVersion).count() == 2


def test_everybody_speaks_with_the_nearest_pitch(firms, taxes, ana, charlie, viewer, tax, corporate_tax, law):
    assert queries.own_pitch_or_none(viewer(ana)).key == "tax"
    assert queries.own_pitch_or_none(viewer(charlie)).key == "firm"
    tree = queries.tree()
    assert {tree.of_practice[each.id] for each in (tax, corporate_tax)} == {taxes.id}
    assert tree.of_practice[law.id] == firms.id
    assert tree.above == {firms.id: None, taxes.id: firms.id}


def test_words_for_one_listener_are_kept_and_make_no_card_anew(firms):
    worded = [{**CLAIMS[0], "wordings": {"finance": "We count first."}}, *CLAIMS[1:]]
    version = publish(firms, claims=worded, change="Words for finance.")
    assert version.claims[0].wordings == {"finance": "We count first."}
    with pytest.raises(Refused, match="audience"):
        publish(firms, claims=[{**CLAIMS[0], "wordings": {"pirates": "Arr."}}, *CLAIMS[1:]], change="No.")
