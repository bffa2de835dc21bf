"""What a question asks for: its words in all their forms, what means the same, and beginnings of words."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.search import synonyms
from portal.search.vocabulary import Vocabulary
from portal.words import stem

LONGER = 0.75
"""What a longer word counts of which only the beginning was typed."""
_SOFT = """
about always another any answer bad best bit client company does doing done example examples find firm get gets give
go goes going good happen happens help here how information just keep let like look looking lot make makes many
material mean more much need needs new now one ones other others please put real really right say saying says see show
some somebody someone something start take takes talk tell text thing things think today too try use used using very
want wants way we well work works write
"""
SOFT = frozenset(stem(word) for word in _SOFT.split())
"""Words that help to tell which one is best, but that a document need not have."""


@dataclass(frozen=True)
class Concept:
    """One thing that is asked for: the ways to say it, each with what it counts."""

    ways: tuple[tuple[tuple[str, ...], float], ...]
    is_soft: bool = False


def concepts(words: Sequence[str], known: Vocabulary) -> list[Concept]:
    """What these words ask for. The last one may be the beginning of a longer one."""
    found: list[Concept] = []
    place = 0
    while place < len(words):
        length = _phrase_at(words, place)
        part = words[place : place + length]
        ways = _ways(part, known)
        if place + length == len(words) and length == 1:
            ways |= {way: weight for way, weight in _longer(part[0], known) if way not in ways}
        found.append(Concept(tuple(ways.items()), length == 1 and stem(part[0]) in SOFT))
        place += length
    if all(concept.is_soft for concept in found):
        return [Concept(concept.ways) for concept in found]
    return found


def _phrase_at(words: Sequence[str], place: int) -> int:
    """How many words from here on are one phrase that has other names; else one."""
    most = min(synonyms.groups()[1], len(words) - place)
    long = (n for n in range(most, 1, -1) if synonyms.same_as([stem(word) for word in words[place : place + n]]))
    return next(long, 1)


def _ways(part: Sequence[str], known: Vocabulary) -> dict[tuple[str, ...], float]:
    stems = tuple(stem(word) for word in part)
    ways = {stems: 1.0}
    joined = "".join(part)
    if len(part) > 1 and joined in known.words:
        ways[(stem(joined),)] = 1.0
    for same, counts in synonyms.same_as(stems).items():
        ways.setdefault(same, counts)
    return ways


def _longer(beginning: str, known: Vocabulary) -> list[tuple[tuple[str, ...], float]]:
    completions = known.completions(beginning)
    found: list[tuple[tuple[str, ...], float]] = [((stem(word),), LONGER) for word in completions]
    if completions and not known.knows(beginning, as_beginning=False):
        # Nothing is called so: what is being typed is most probably the most frequent of the longer ones.
        found += [(same, LONGER * counts) for same, counts in synonyms.same_as([stem(completions[0])]).items()]
    return found
