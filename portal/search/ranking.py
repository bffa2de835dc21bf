"""Which documents answer a question best: by where they say it, how often, how rare and how near the words are."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from sqlalchemy import bindparam, select

from portal.db import rows
from portal.search import index
from portal.search.postings import MOST, Field, unpacked
from portal.search.question import Concept
from portal.search.tables import ENTRIES

_ENTRIES = select(ENTRIES.c.term, ENTRIES.c.entries).where(ENTRIES.c.term.in_(bindparam("terms", expanding=True)))
ENOUGH = 10
"""When fewer documents than this have all that is asked for, those that have most of it are shown as well."""
MOST_OF = 0.4
"""How much of it they must have, by what it is worth."""
SOFTLY = 0.25
"""What a word counts that a document need not have."""
LOOKED_AT = 30
"""So many of the best are looked at for words that stand side by side."""
NEAR_IN_HEAD, NEAR_IN_TEXT = 0.35, 0.12
"""What it adds when the words stand side by side in the title or summary, or in the text."""
NEWER = 0.04
"""What the newest document gains over the oldest."""
_LONGEST_TEXT = 20_000

Places = Mapping[int, int]
"""The documents that may be found, each with how many are newer."""
Heads = Callable[[Sequence[int]], Mapping[int, str]]
"""The title and summary of each of these documents."""


@dataclass(frozen=True)
class Ranked:
    """Documents, best first."""

    ids: list[int]
    whole: frozenset[int]
    """Those of them that have all that is asked for."""
    terms: frozenset[str]
    in_files: frozenset[int]
    """Those that have some of it in a file only."""


@dataclass
class _Scores:
    """What one concept comes to, by document."""

    score: dict[int, float]
    fields: dict[int, int]
    worth: float
    """What it says about a document that it has this at all: much if few do."""


def ranked(place: Places, asked: Sequence[Concept], heads: Heads) -> Ranked:
    """The documents that have what is asked for; those that have most of it after them, where few have all."""
    terms = frozenset(term for concept in asked for way, _weight in concept.ways for term in way)
    entries = _entries(place, terms)
    scores = [_scores(concept, entries, len(place)) for concept in asked]
    whole = _with_all(asked, scores)
    score = _sums(scores, whole if len(whole) >= ENOUGH else None, whole)
    ids = _by_score(place, score)
    if len(asked) > 1:
        # Standing near only adds, so that none of the others can come in between.
        near = _nearness(ids[:LOOKED_AT], asked, heads)
        ids = _by_score(place, {each: score[each] * gain for each, gain in near.items()}) + ids[LOOKED_AT:]
    in_files = frozenset(document_id for document_id in ids if _is_in_files(document_id, scores))
    return Ranked(ids, whole.intersection(ids), _marked(asked), in_files)


def _marked(asked: Sequence[Concept]) -> frozenset[str]:
    """What is marked: what was asked for, and single other words; of 'hand over' alone, 'over' tells nothing."""
    ways = [way for concept in asked for place, (way, _n) in enumerate(concept.ways) if not place or len(way) == 1]
    return frozenset(term for way in ways for term in way)


def _entries(place: Places, terms: frozenset[str]) -> dict[str, dict[int, tuple[int, int]]]:
    found: dict[str, list[bytes]] = defaultdict(list)
    for term, row in rows(_ENTRIES, terms=sorted(terms)):
        found[term].append(row)
    return {
        term: {
            document_id: (weight, fields) for document_id, weight, fields in unpacked(blocks) if document_id in place
        }
        for term, blocks in found.items()
    }


def _scores(concept: Concept, entries: Mapping[str, Mapping[int, tuple[int, int]]], there_are: int) -> _Scores:
    score: dict[int, float] = {}
    fields: dict[int, int] = {}
    for way, counts in concept.ways:
        entry = entries.get(way[0], {}) if len(way) == 1 else _together([entries.get(term, {}) for term in way])
        each = counts / MOST
        for document_id, (weight, where) in entry.items():
            if each * weight > score.get(document_id, 0.0):
                score[document_id] = each * weight
            fields[document_id] = fields.get(document_id, 0) | where
    worth = log(1 + (there_are - len(score) + 0.5) / (len(score) + 0.5)) + 0.1
    worth *= SOFTLY if concept.is_soft else 1
    return _Scores({document_id: worth * reached for document_id, reached in score.items()}, fields, worth)


def _together(have: Sequence[Mapping[int, tuple[int, int]]]) -> dict[int, tuple[int, int]]:
    """The documents that have all these words, each by the word it says least."""
    few = min(have, key=len)
    return {
        document_id: min(entry[document_id] for entry in have)
        for document_id in few
        if all(document_id in entry for entry in have)
    }


def _with_all(asked: Sequence[Concept], scores: Sequence[_Scores]) -> frozenset[int]:
    needed = [of.score.keys() for concept, of in zip(asked, scores, strict=True) if not concept.is_soft]
    return frozenset(needed[0]).intersection(*needed[1:])


def _sums(scores: Sequence[_Scores], only: frozenset[int] | None, whole: frozenset[int]) -> dict[int, float]:
    """What each document reaches in all, less for what it lacks; without those that lack too much."""
    had: dict[int, float] = defaultdict(float)
    reached: dict[int, float] = defaultdict(float)
    for of in scores:
        for document_id, score in of.score.items():
            if only is None or document_id in only:
                had[document_id] += of.worth
                reached[document_id] += score
    every = sum(of.worth for of in scores)
    enough = MOST_OF * (every if whole else max(had.values(), default=0.0))
    return {
        document_id: reached[document_id] * (had[document_id] / every) ** 2
        for document_id in had
        if document_id in whole or had[document_id] >= enough
    }


def _by_score(place: Places, score: Mapping[int, float]) -> list[int]:
    oldest = max(len(place), 1)

    def order(document_id: int) -> tuple[float, int]:
        newer = place.get(document_id, oldest)
        return (-score[document_id] * (1 + NEWER * (1 - newer / oldest)), newer)

    # A document that was taken out a moment ago may still be on its way out of the index.
    return sorted((document_id for document_id in score if document_id in place), key=order)


def _nearness(ids: Sequence[int], asked: Sequence[Concept], heads: Heads) -> dict[int, float]:
    """By document: what its score is multiplied with, because the words stand side by side."""
    words = [term for concept in asked for term in concept.ways[0][0]]
    pairs = [re.compile(rf"\b{one}\w*\W+(?:\w+\W+)?{other}") for one, other in pairwise(words)]
    of, texts = heads(ids), index.bodies(ids)
    found = {}
    for document_id in ids:
        head, text = of.get(document_id, "").lower(), texts.get(document_id, "")[:_LONGEST_TEXT].lower()
        gained = sum(
            NEAR_IN_HEAD if pair.search(head) else NEAR_IN_TEXT if pair.search(text) else 0.0 for pair in pairs
        )
        found[document_id] = 1 + gained / len(pairs)
    return found


def _is_in_files(document_id: int, scores: Sequence[_Scores]) -> bool:
    """Whether something that was asked for is said in a file of this document, and nowhere else in it."""
    return any(of.fields.get(document_id) == Field.FILES for of in scores)
