"""Which library item fits what a contact cares about: by tags and title words, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal.words import STOP, words_of

WEIGHTS = {"industry": 4, "service": 3, "practice": 2, "discipline": 1}
"""What a shared tag says; an industry says most about what interests somebody."""
TITLE, SUMMARY = 3, 1
SHORTEST = 4
_LITTLE = """
after again another away before better cleaner company companies during each even first good home into just last
later less like long look made make many more most much need never next once other over people same since some
somebody still such take through under until well where without work works year years
"""
LITTLE = STOP | frozenset(_LITTLE.split())
"""Words that tell nothing of what interests somebody."""
"""Letters; shorter words fit everywhere."""


@dataclass(frozen=True)
class Candidate:
    """An item that might be sent."""

    id: int
    title: str
    summary: str = ""
    tags: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Match:
    """An item with how well it fits, and the words that it and the contact share."""

    id: int
    score: int
    shared: tuple[str, ...] = field(default=())


def interests(*texts: str) -> dict[str, str]:
    """The telling words of some texts: the stem by which they are compared, and the word as it reads."""
    return {stem(word): word for text in texts for word in words_of(text) if _is_telling(word)}


def stem(word: str) -> str:
    """A word without its ending, roughly: 'exports' and 'export', 'energies' and 'energy' are the same."""
    for ending, instead in (("ies", "y"), ("ings", ""), ("ing", ""), ("ers", "er"), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST - 1:
            return (word[: -len(ending)] + instead).rstrip("e")
    return word.rstrip("e")


def ranked(cares_about: Iterable[str], industry: str, candidates: Iterable[Candidate], most: int = 3) -> list[Match]:
    """The items that fit best, best first; the newer of two that fit alike. Those that share nothing are left out."""
    wanted, at_work = interests(*cares_about), interests(industry)
    found = [match for one in candidates if (match := _match(wanted, at_work, one)).score]
    return sorted(found, key=lambda match: (-match.score, -match.id))[:most]


def _match(wanted: dict[str, str], at_work: dict[str, str], item: Candidate) -> Match:
    score = 0
    shared: dict[str, str] = {}
    for facet, value in item.tags:
        words = interests(value.replace("-", " "))
        hit = {key: word for key, word in words.items() if key in wanted}
        if facet == "industry":
            hit |= {key: word for key, word in words.items() if key in at_work}
        if hit:
            score += WEIGHTS.get(facet, 0)
            shared |= hit if facet in WEIGHTS else {}
    for text, weight in ((item.title, TITLE), (item.summary, SUMMARY)):
        hit = {key: word for key, word in interests(text).items() if key in wanted}
        score += weight * len(hit)
        shared |= hit
    return Match(item.id, score, tuple(sorted(set(shared.values()))))


def _is_telling(word: str) -> bool:
    return len(word) >= SHORTEST and word not in LITTLE and not word.isdigit()
