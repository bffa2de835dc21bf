"""A pitch in its parts, in the order in which it is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, TypeVar

from portal.message.diff import Said

NAMES = {
    "opener": "When they ask who you work for",
    "whom-we-serve": "Whom we serve",
    "problem": "What brings them to us",
    "difference": "What makes us different",
    "proof": "What it led to",
    "reason": "Why call now",
    "objection": "When they hesitate",
    "question": "Then ask",
}
"""What a kind of claim is called on the page, in the order of telling."""
AUDIENCES = {
    "chief-executive": "A chief executive",
    "finance": "Somebody in finance",
    "technology": "Somebody in technology",
    "general-counsel": "A general counsel",
    "referral-source": "Somebody who may refer you",
}
"""Who is listening, as the page says it."""
ORDER = {kind: place for place, kind in enumerate(NAMES)}

Told = TypeVar("Told", bound=Said)


@dataclass(frozen=True)
class Part(Generic[Told]):
    """All claims of one kind."""

    kind: str
    name: str
    claims: list[Told]


@dataclass(frozen=True)
class Spoken:
    """A claim in the words for one listener."""

    key: str
    kind: str
    text: str
    answer: str


def worded(claim: Any, listener: str) -> Spoken:
    """A claim as one says it to this listener; in the words for everybody where there are no others."""
    return Spoken(claim.key, str(claim.kind), claim.wordings.get(listener, claim.text), claim.answer)


def listeners(claims: Iterable[Any]) -> list[tuple[str, str]]:
    """The audiences that some claim has words for, with their names."""
    spoken_to = {audience for claim in claims for audience in claim.wordings}
    return [(audience, name) for audience, name in AUDIENCES.items() if audience in spoken_to]


def of(claims: Iterable[Told]) -> list[Part[Told]]:
    """The claims by kind; within a kind they keep their order."""
    told = sorted(claims, key=lambda claim: ORDER[claim.kind])
    return [Part(kind, NAMES[kind], list(group)) for kind, group in groupby(told, key=lambda claim: claim.kind)]
