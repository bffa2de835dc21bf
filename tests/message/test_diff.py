"""What changed, word by word and claim by claim."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.message import diff, parts


@dataclass
class Claim:
    key: str
    kind: str = "proof"
    text: str = "As it was."
    answer: str = ""


PROSE = st.text(alphabet="ab c.,’-\n", max_size=60)


@given(PROSE, PROSE)
def test_what_stayed_and_went_is_the_first_text_and_what_stayed_and_came_the_second(before, after):
    told = diff.words(before, after)
    assert "".join(text for kind, text in told if kind != "in") == before
    assert "".join(text for kind, text in told if kind != "out") == after


@given(PROSE)
def test_the_same_text_has_no_change(text):
    assert {kind for kind, _ in diff.words(text, text)} <= {"same"}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("One answer.", "One clear answer.", [("same", "One"), ("in", " clear"), ("same", " answer.")]),
        ("plan it", "pass it", [("out", "plan"), ("in", "pass"), ("same", " it")]),
        ("we plan well", "we pass on", [("same", "we "), ("out", "plan well"), ("in", "pass on")]),
        ("all of us plan", "all to us pass", [("same", "all "), ("out", "of us plan"), ("in", "to us pass")]),
        ("one firm", "one firm.", [("same", "one firm"), ("in", ".")]),
        ("", "New.", [("in", "New.")]),
    ],
)
def test_it_tells_words_not_letters(before, after, told):
    assert diff.words(before, after) == told


def test_it_tells_claims_that_are_new_gone_and_changed():
    before = [Claim("a"), Claim("b", text="Old."), Claim("c")]
    after = [Claim("d", text="Fresh."), Claim("b", text="New."), Claim("a")]
    assert [(change.state, change.text[0][1]) for change in diff.claims(before, after)] == [
        ("new", "Fresh."),
        ("changed", "Old"),
        ("gone", "As it was."),
    ]


def test_it_tells_a_changed_answer():
    before = [Claim("a", "objection", "Too small.", "We are two.")]
    after = [Claim("a", "objection", "Too small.", "We are three.")]
    (change,) = diff.claims(before, after)
    assert ("out", "two") in change.answer
    assert ("in", "three") in change.answer


def test_a_new_order_is_no_change_of_words():
    assert diff.claims([Claim("a"), Claim("b")], [Claim("b"), Claim("a")]) == []


def test_a_pitch_is_told_in_order_and_by_kind():
    claims = [Claim("q", "question"), Claim("p1"), Claim("o", "opener"), Claim("p2")]
    assert [[claim.key for claim in part.claims] for part in parts.of(claims)] == [["o"], ["p1", "p2"], ["q"]]
