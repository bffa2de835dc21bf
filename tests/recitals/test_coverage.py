"""Which claims a typed recital covers: measured on labelled sentences, and explained."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import coverage as benchmark
from portal.recitals import coverage, words

FLOOR = 0.88
"""What precision and recall on the sentences that were held out must not fall below."""


@dataclass(frozen=True)
class Claim:
    key: str
    text: str
    kind: str = "difference"
    answer: str = ""
    wordings: dict = field(default_factory=dict)


CLAIMS = [
    Claim("opener", "We look after companies that belong to the people who run them.", "opener"),
    Claim("one-answer", "One partner knows the family, and you get one answer."),
    Claim("small", "You are too small.", "objection", "We are two hundred people and four of them know you."),
]


def found(text, claims=CLAIMS):
    return {each.key: each for each in coverage.covered(claims, text)}


def test_there_are_enough_sentences_and_a_third_is_held_out():
    sentences = list(benchmark.labelled())
    held_out = sum(benchmark.is_held_out(text) for _pitch, _keys, text in sentences)
    assert len(sentences) >= 150
    assert 0.25 < held_out / len(sentences) < 0.42
    assert len({text for _pitch, _keys, text in sentences}) == len(sentences)


def test_the_labels_name_claims_that_exist():
    for pitch, keys, _text in benchmark.labelled():
        assert keys <= {claim.key for claim in benchmark.claims(pitch)}


@pytest.mark.parametrize("held_out", [True, False])
def test_precision_and_recall_stay_above_the_floor(held_out):
    figures = benchmark.measure(held_out=held_out)
    assert figures.precision >= FLOOR, figures.mistakes
    assert figures.recall >= FLOOR, figures.mistakes


@pytest.mark.parametrize("pitch", ["firm", "tax-advisory", "deals"])
def test_a_pitch_read_out_covers_all_of_itself(pitch):
    claims = benchmark.claims(pitch)
    read_out = " ".join(claim.answer or claim.text for claim in claims)
    assert all(each.is_covered for each in coverage.covered(claims, read_out))


def test_it_shows_in_which_words():
    opener = found("I'm with a firm. We look after businesses run by their owners, people who own them.")["opener"]
    marked = [piece for is_marked, piece in opener.passage if is_marked]
    assert "look after" in marked
    assert "businesses" in marked


def test_the_passage_is_what_was_said_letter_by_letter():
    said = "Oh — well: we look after companies that belong to the people who run them!"
    opener = found(said)["opener"]
    assert "".join(piece for _marked, piece in opener.passage).strip() in said


def test_what_was_missed_says_what_was_looked_for():
    missed = found("We do tax.")["one-answer"]
    assert not missed.is_covered
    assert "partner" in missed.missing


def test_other_words_for_an_audience_count_too():
    claim = Claim("cash", "Money comes in sooner.", wordings={"finance": "Days sales outstanding fall by a third."})
    assert found("Your days sales outstanding would fall by about a third.", [claim, *CLAIMS])["cash"].is_covered


def test_an_objection_is_met_by_its_answer_and_not_asked_for():
    small = found("We are two hundred people, and four of them would know you.")["small"]
    assert small.is_covered
    assert not small.is_asked_for


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "!!!", "😀 😀", "a" * 8000, "one partner " * 700])
def test_odd_texts_are_read_without_harm(text):
    assert len(coverage.covered(CLAIMS, text)) == len(CLAIMS)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    for each in coverage.covered(CLAIMS, text):
        assert 0 <= each.share <= 1
        assert "".join(piece for _marked, piece in each.passage) in text


@given(st.lists(st.sampled_from([claim.text for claim in CLAIMS]), max_size=3))
def test_saying_more_never_uncovers(sentences):
    before = {each.key for each in coverage.covered(CLAIMS, " ".join(sentences)) if each.is_covered}
    more = " ".join([*sentences, "The weather was fine."])
    assert before <= {each.key for each in coverage.covered(CLAIMS, more) if each.is_covered}


PHRASES = [(["full service", "one stop shop"], "Everybody says it.", "Name one situation.")]


@pytest.mark.parametrize("text", ["We are a full-service firm.", "A One Stop Shop!", "we offer full services"])
def test_phrases_to_avoid_are_found_in_any_form(text):
    (found,) = coverage.avoided(PHRASES, text)
    assert found.said in text
    assert (found.why, found.better) == ("Everybody says it.", "Name one situation.")


def test_other_words_are_left_in_peace():
    assert coverage.avoided(PHRASES, "The service was full of surprises.") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("companies", "company"),
        ("advising", "adviser"),
        ("signed", "signature"),
        ("owner's", "owners"),
        ("20", "twenty"),
    ],
)
def test_forms_of_a_word_are_one(one, other):
    assert words.stem(one) == words.stem(other)
