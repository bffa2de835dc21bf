"""Finding what readers may open, whatever the form or spelling of the words: ranked, narrowed by facets, counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from portal.db import rows
from portal.library.facets import Counts, narrowed
from portal.library.models import Item
from portal.library.shelf import Shelf, shelf
from portal.search import ranking, synonyms
from portal.search.question import concepts
from portal.search.words import asked_for
from portal.words import stem

_HEADS = select(Item.id, Item.title, Item.summary).where(Item.id.in_(bindparam("ids", expanding=True)))

MOST_REMEMBERED = 500
"""Questions to which nothing fits, or something does, that each process remembers."""
LONGEST_QUESTION = 200


@dataclass(frozen=True)
class Found:
    """What a search found: item numbers, best first, and how it was understood."""

    ids: Sequence[int]
    words: tuple[str, ...]
    """The words that were looked for, spelt right."""
    counts: Counts
    """By facet: each value with how many items choosing it would show, most first."""
    instead_of: tuple[str, ...] = ()
    """The words as they were typed, when they had to be corrected."""
    is_missing: bool = False
    """Whether no item has all the words, however they were spelt."""
    whole: frozenset[int] = frozenset()
    """The items that have all the words."""
    terms: frozenset[str] = frozenset()
    """The stems that were looked for, to be marked."""
    in_files: frozenset[int] = frozenset()
    """The items that have some of the words in a file only."""
    everywhere: int = 0
    """How many items it found before they were narrowed."""


def find(question: str, chosen: Mapping[str, str]) -> Found:
    """Items for these words (newest first without any), narrowed by facet."""
    library = shelf()
    asked = asked_for(question[:LONGEST_QUESTION])
    if not asked:
        ids, counts = narrowed(library, library.newest, chosen)
        return Found(ids, (), counts, everywhere=len(library.newest))
    words, ranked = _ranked(library, asked)
    ids, counts = narrowed(library, ranked.ids, chosen)
    instead_of = asked if words != asked else ()
    how = (instead_of, not ranked.whole, ranked.whole, ranked.terms, ranked.in_files)
    return Found(ids, words, counts, *how, everywhere=len(ranked.ids))


def missing_words(question: str) -> tuple[str, ...]:
    """The words, spelt right where that is clear, if nothing that readers may open has them all; else none."""
    asked, library = asked_for(question[:LONGEST_QUESTION]), shelf()
    if asked and asked not in library.missing:
        if len(library.missing) >= MOST_REMEMBERED:
            library.missing.clear()
        words, ranked = _ranked(library, asked)
        library.missing[asked] = words if not ranked.whole else ()
    return library.missing.get(asked, ())


def _ranked(library: Shelf, asked: tuple[str, ...]) -> tuple[tuple[str, ...], ranking.Ranked]:
    last = len(asked) - 1
    words = tuple(
        word if stem(word) in synonyms.vocabulary() else library.vocabulary.meant(word, as_beginning=place == last)
        for place, word in enumerate(asked)
    )
    return words, ranking.ranked(library.place, concepts(words, library.vocabulary), _heads)


def _heads(ids: Sequence[int]) -> dict[int, str]:
    return {row.id: f"{row.title} . {row.summary}" for row in rows(_HEADS, ids=list(ids))}
