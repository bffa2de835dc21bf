"""Which items are best for a question: by where they say it, how often, how rare the words are, how near they stand."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from sqlalchemy import bindparam, select

from portal.db import rows
from portal.library import search_index
from portal.library.models import Item
from portal.library.postings import MOST, Field, unpacked
from portal.library.question import Concept
from portal.library.search_tables import ENTRIES
from portal.library.shelf import Shelf

_ENTRIES = select(ENTRIES.c.term, ENTRIES.c.entries).where(ENTRIES.c.term.in_(bindparam("terms", expanding=True)))
_HEADS = select(Item.id, Item.title, Item.summary).where(Item.id.in_(bindparam("ids", expanding=True)))
ENOUGH = 10
"""When fewer items than this have all that is asked for, those that have most of it are shown as well."""
MOST_OF = 0.5
"""How much of it they must have, by what it is worth."""
SOFTLY = 0.35
"""What a word counts that an item need not have."""
LOOKED_AT = 30
"""So many of the best are looked at for words that stand side by side."""
NEAR_IN_HEAD, NEAR_IN_TEXT = 0.35, 0.12
"""What it adds when the words stand side by side in the title or summary, or in the text."""
NEWER = 0.04
"""What the newest item gains over the oldest."""
_LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Ranked:
    """Items, best first."""

    ids: list[int]
    whole: frozenset[int]
    """Those of them that have all that is asked for."""
    terms: frozenset[str]
    in_files: frozenset[int]
    """Those that have some of it in a file only."""


@dataclass
class _Scores:
    """What one concept comes to, by item."""

    score: dict[int, float]
    fields: dict[int, int]
    worth: float
    """What it says about an item that it has this at all: much if few items do."""


def ranked(library: Shelf, asked: Sequence[Concept]) -> Ranked:
    """The items that have what is asked for; those that have most of it after them, where few have all."""
    terms = frozenset(term for concept in asked for way, _weight in concept.ways for term in way)
    entries = _entries(library, terms)
    scores = [_scores(concept, entries, len(library.published)) for concept in asked]
    whole = _with_all(asked, scores)
    score = _sums(scores, whole if len(whole) >= ENOUGH else None, whole)
    ids = _by_score(library, score)
    if len(asked) > 1:
        # Standing near only adds, so that none of the others can come in between.
        near = _nearness(ids[:LOOKED_AT], asked)
        ids = _by_score(library, {item_id: score[item_id] * gain for item_id, gain in near.items()}) + ids[LOOKED_AT:]
    in_files = frozenset(item_id for item_id in ids if _is_in_files(item_id, scores))
    return Ranked(ids, whole.intersection(ids), _marked(asked), in_files)


def _marked(asked: Sequence[Concept]) -> frozenset[str]:
    """What is marked: what was asked for, and single other words; of 'hand over' alone, 'over' tells nothing."""
    ways = [way for concept in asked for place, (way, _n) in enumerate(concept.ways) if not place or len(way) == 1]
    return frozenset(term for way in ways for term in way)


def _entries(library: Shelf, terms: frozenset[str]) -> dict[str, dict[int, tuple[int, int]]]:
    found: dict[str, list[bytes]] = defaultdict(list)
    for term, row in rows(_ENTRIES, terms=sorted(terms)):
        found[term].append(row)
    return {
        term: {
            item_id: (weight, fields) for item_id, weight, fields in unpacked(blocks) if item_id in library.published
        }
        for term, blocks in found.items()
    }


def _scores(concept: Concept, entries: Mapping[str, Mapping[int, tuple[int, int]]], items: int) -> _Scores:
    score: dict[int, float] = {}
    fields: dict[int, int] = {}
    for way, counts in concept.ways:
        entry = entries.get(way[0], {}) if len(way) == 1 else _together([entries.get(term, {}) for term in way])
        each = counts / MOST
        for item_id, (weight, where) in entry.items():
            if each * weight > score.get(item_id, 0.0):
                score[item_id] = each * weight
            fields[item_id] = fields.get(item_id, 0) | where
    worth = log(1 + (items - len(score) + 0.5) / (len(score) + 0.5)) + 0.1
    worth *= SOFTLY if concept.is_soft else 1
    return _Scores({item_id: worth * reached for item_id, reached in score.items()}, fields, worth)


def _together(have: Sequence[Mapping[int, tuple[int, int]]]) -> dict[int, tuple[int, int]]:
    """The items that have all these words, each by the word it says least."""
    few = min(have, key=len)
    return {
        item_id: min(entry[item_id] for entry in have) for item_id in few if all(item_id in entry for entry in have)
    }


def _with_all(asked: Sequence[Concept], scores: Sequence[_Scores]) -> frozenset[int]:
    needed = [of.score.keys() for concept, of in zip(asked, scores, strict=True) if not concept.is_soft]
    return frozenset(needed[0]).intersection(*needed[1:])


def _sums(scores: Sequence[_Scores], only: frozenset[int] | None, whole: frozenset[int]) -> dict[int, float]:
    """What each item reaches in all, less for what it lacks; without those that lack too much."""
    had: dict[int, float] = defaultdict(float)
    reached: dict[int, float] = defaultdict(float)
    for of in scores:
        for item_id, score in of.score.items():
            if only is None or item_id in only:
                had[item_id] += of.worth
                reached[item_id] += score
    every = sum(of.worth for of in scores)
    enough = MOST_OF * (every if whole else max(had.values(), default=0.0))
    return {
        item_id: reached[item_id] * (had[item_id] / every) ** 2
        for item_id in had
        if item_id in whole or had[item_id] >= enough
    }


def _by_score(library: Shelf, score: Mapping[int, float]) -> list[int]:
    oldest = max(len(library.published), 1)
    place = library.place

    def order(item_id: int) -> tuple[float, int]:
        newer = place.get(item_id, oldest)
        return (-score[item_id] * (1 + NEWER * (1 - newer / oldest)), newer)

    # An item that was taken out a moment ago may still be on its way out of the index.
    return sorted((item_id for item_id in score if item_id in place), key=order)


def _nearness(ids: Sequence[int], asked: Sequence[Concept]) -> dict[int, float]:
    """By item: what its score is multiplied with, because the words stand side by side."""
    words = [term for concept in asked for term in concept.ways[0][0]]
    pairs = [re.compile(rf"\b{one}\w*\W+(?:\w+\W+)?{other}") for one, other in pairwise(words)]
    heads = {row.id: f"{row.title} . {row.summary}".lower() for row in rows(_HEADS, ids=list(ids))}
    texts = search_index.bodies(ids)
    found = {}
    for item_id in ids:
        head, text = heads.get(item_id, ""), texts.get(item_id, "")[:_LONGEST_TEXT].lower()
        gained = sum(
            NEAR_IN_HEAD if pair.search(head) else NEAR_IN_TEXT if pair.search(text) else 0.0 for pair in pairs
        )
        found[item_id] = 1 + gained / len(pairs)
    return found


def _is_in_files(item_id: int, scores: Sequence[_Scores]) -> bool:
    """Whether something that was asked for is said in a file of this item, and nowhere else in it."""
    return any(of.fields.get(item_id) == Field.FILES for of in scores)
