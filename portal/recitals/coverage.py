"""Which claims of a pitch were said, in which words: by the weight of the words they share, sentence by sentence."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from portal.recitals.words import Sentence, Token, sentences, stems, tokens

WINDOW = 3
"""A claim is looked for in this many sentences that follow each other."""
ENOUGH = 0.32
"""The share of a claim's weight that has to be found in them."""
FEWEST = 2
"""One shared word may be chance."""
GENERAL = 0.35
"""What a word of nearly every pitch counts against others."""
LENGTH = 0.25
"""How much a passage loses for words that have nothing to do with the claim."""
OBJECTION = "objection"


class Said(Protocol):
    """What coverage needs to know of a claim."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def answer(self) -> str: ...
    @property
    def wordings(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Found:
    """A claim, and where it was said; without a passage it was missed."""

    key: str
    kind: str
    text: str
    share: float
    """How much of the claim's weight the passage has, from 0 to 1."""
    passage: tuple[tuple[bool, str], ...] = ()
    """What was said, in pieces; true for the words that were recognised."""
    missing: tuple[str, ...] = ()
    """For a claim that was missed: the words of it that tell most."""

    @property
    def is_covered(self) -> bool:
        """Whether it was said."""
        return bool(self.passage)

    @property
    def is_asked_for(self) -> bool:
        """Whether a recital needs it; an objection comes up only when somebody raises it."""
        return self.kind != OBJECTION


@dataclass(frozen=True)
class Avoided:
    """A phrase better left unsaid, as it was said."""

    said: str
    why: str
    better: str


class Wording:
    """One way to say a claim: the weight of each thing it means."""

    def __init__(self, text: str, weights: Mapping[str, float]):
        found = {token.concept: token for token in tokens(text)}
        self.words = {concept: token.word for concept, token in found.items()}
        self.weights = {concept: weights[concept] for concept in found}
        self.whole = sum(self.weights.values()) or 1.0

    def score(self, said: Sequence[Token]) -> float:
        """How much of it a passage has."""
        concepts = {token.concept: token for token in said}
        shared = concepts.keys() & self.weights.keys()
        telling = [concept for concept in shared if not concepts[concept].is_general]
        if len(shared) < min(FEWEST, len(self.weights)) or not telling:
            return 0.0
        share = sum(self.weights[concept] for concept in shared) / self.whole
        beside = 1 - len(shared) / len(concepts)
        return share * (1 - LENGTH * beside)


def covered(claims: Sequence[Said], text: str, *, enough: float = ENOUGH) -> list[Found]:
    """Each claim with the passage that says it, or with what was missing."""
    wordings = _wordings(claims)
    said = sentences(text)
    windows = [said[start : start + length] for start in range(len(said)) for length in range(1, WINDOW + 1)]
    return [_found(claim, wordings[claim.key], windows, text, enough) for claim in claims]


def avoided(phrases: Iterable[tuple[Sequence[str], str, str]], text: str) -> list[Avoided]:
    """The phrases, given as their forms with why and what is better, that a text has."""
    said = stems(text)
    found = []
    for forms, why, better in phrases:
        place = min((place for form in forms if (place := _place(form, said)) is not None), default=None)
        if place:
            found.append(Avoided(text[place[0] : place[1]], why, better))
    return found


def _place(form: str, said: Sequence[tuple[str, int, int]]) -> tuple[int, int] | None:
    looked_for = [stem for stem, _start, _end in stems(form)]
    for begin in range(len(said) - len(looked_for) + 1):
        part = said[begin : begin + len(looked_for)]
        if [stem for stem, _start, _end in part] == looked_for:
            return part[0][1], part[-1][2]
    return None


def _wordings(claims: Sequence[Said]) -> dict[str, list[Wording]]:
    """Every way to say each claim; what few claims say weighs more."""
    texts = {
        claim.key: [claim.answer or claim.text, *(str(words) for words in claim.wordings.values())] for claim in claims
    }
    mentioned = Counter(
        concept for ways in texts.values() for concept in {token.concept for way in ways for token in tokens(way)}
    )
    general = {token.concept for ways in texts.values() for way in ways for token in tokens(way) if token.is_general}
    weights = {
        concept: math.log(1 + len(texts) / times) * (GENERAL if concept in general else 1)
        for concept, times in mentioned.items()
    }
    return {key: [Wording(way, weights) for way in ways] for key, ways in texts.items()}


def _found(
    claim: Said, ways: Sequence[Wording], windows: Sequence[Sequence[Sentence]], text: str, enough: float
) -> Found:
    best, passage, way = 0.0, None, ways[0]
    for each in ways:
        for window in windows:
            share = each.score([token for sentence in window for token in sentence.tokens])
            if share > best + 1e-9:
                best, passage, way = share, window, each
    if passage is None or best < enough:
        heavy = sorted(ways[0].weights, key=lambda concept: (-ways[0].weights[concept], concept))[:5]
        missing = [word for concept, word in ways[0].words.items() if concept in heavy]
        return Found(claim.key, claim.kind, claim.text, best, missing=tuple(missing))
    return Found(claim.key, claim.kind, claim.text, best, _pieces(passage, way, text))


def _pieces(window: Sequence[Sentence], way: Wording, text: str) -> tuple[tuple[bool, str], ...]:
    pieces: list[tuple[bool, str]] = []
    place = window[0].start
    for token in (token for sentence in window for token in sentence.tokens):
        if token.concept in way.weights:
            pieces += [(False, text[place : token.start]), (True, text[token.start : token.end])]
            place = token.end
    pieces.append((False, text[place : window[-1].end]))
    trimmed = [(marked, piece) for marked, piece in pieces if piece]
    return tuple(trimmed)
