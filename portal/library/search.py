"""Finding published items: words with prefix and typo tolerance, narrowed by facets, with counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.db import rows
from portal.library.labels import FACETS
from portal.library.search_index import engine, statement
from portal.library.shelf import Shelf, shelf
from portal.library.words import asked_for, nearest_or_none

LONGEST_QUESTION = 200
SHORT = 3
"""A beginning of so few letters is left to the engine; too many words begin so."""


@dataclass(frozen=True)
class Found:
    """What a search found: item numbers, best first, and how it was understood."""

    ids: Sequence[int]
    words: tuple[str, ...]
    """The words that the items have."""
    counts: Mapping[str, list[tuple[str, int]]]
    """By facet: each value with how many items choosing it would show, most first."""
    instead_of: tuple[str, ...] = ()
    """The words as they were typed, when they had to be corrected."""
    is_missing: bool = False
    """Whether no item has all the words, however they were spelt."""


def find(question: str, chosen: Mapping[str, str]) -> Found:
    """Published items for these words (newest first without any), narrowed by facet."""
    library = shelf()
    asked = asked_for(question[:LONGEST_QUESTION])
    if not asked:
        return _narrowed(library, library.newest, (), chosen, is_missing=False)
    ids, words, is_missing = _matching(library, asked)
    instead_of = asked if words != asked else ()
    return _narrowed(library, ids, words, chosen, instead_of=instead_of, is_missing=is_missing)


def missing_words(question: str) -> tuple[str, ...]:
    """The words, spelt right where that is clear, if no published item has them all; else none."""
    asked = asked_for(question[:LONGEST_QUESTION])
    if not asked:
        return ()
    _ids, words, is_missing = _matching(shelf(), asked)
    return words if is_missing else ()


def _matching(library: Shelf, asked: tuple[str, ...]) -> tuple[Sequence[int], tuple[str, ...], bool]:
    """Items with all the words; else with all of them spelt right; else with some of them."""
    ids = _match(library, asked, together=True)
    if ids:
        return ids, asked, False
    meant = _spelt_right(library, asked)
    if meant != asked:
        ids = _match(library, meant, together=True)
    if ids:
        return ids, meant, False
    return _match(library, meant, together=False) if len(meant) > 1 else [], meant, True


def _spelt_right(library: Shelf, asked: tuple[str, ...]) -> tuple[str, ...]:
    last = len(asked) - 1
    return tuple(
        word if library.knows(word, as_beginning=place == last) else nearest_or_none(word, library.words) or word
        for place, word in enumerate(asked)
    )


def _match(library: Shelf, words: tuple[str, ...], *, together: bool) -> list[int]:
    """The engine's own question; every word is quoted, and the last one may be the beginning of a longer one."""
    sqlite = engine() == "sqlite"
    quote, prefix, either = ('"{}"', " *", " OR ") if sqlite else ("'{}'", ":*", " | ")
    between = (" AND " if sqlite else " & ") if together else either
    parts = [quote.format(word) for word in words]
    last = words[-1]
    if last in library.words or 1 < len(last) <= SHORT:
        parts[-1] += prefix
    elif len(last) > SHORT:
        # The engines begin with the stem of what was typed, which is too much for 'succesi' and nothing for 'referra';
        # so longer beginnings are completed from our own list of words.
        parts[-1] = f"({either.join([parts[-1], *map(quote.format, library.completions(last))])})"
    found = rows(statement("match"), question=between.join(parts)).scalars()
    # What has expired is gone from the shelf at its minute, and from the engine's tables when the worker comes.
    return [item_id for item_id in found if item_id in library.tags]


def _narrowed(
    library: Shelf,
    ids: Sequence[int],
    words: tuple[str, ...],
    chosen: Mapping[str, str],
    *,
    instead_of: tuple[str, ...] = (),
    is_missing: bool,
) -> Found:
    """Only the items with every chosen value; a facet's counts ignore the choice made in that facet."""
    within = {facet: library.tagged.get((facet, value), frozenset()) for facet, value in chosen.items()}
    matched = frozenset(ids)
    counts = {
        facet: _counted(library, facet, _all_of(matched, (kept for other, kept in within.items() if other != facet)))
        for facet in FACETS
    }
    if within:
        left = _all_of(matched, within.values())
        ids = [item_id for item_id in ids if item_id in left]
    return Found(ids, words, counts, instead_of, is_missing)


def _all_of(matched: frozenset[int], kept: Iterable[frozenset[int]]) -> frozenset[int]:
    return matched.intersection(*kept)


def _counted(library: Shelf, facet: str, left: frozenset[int]) -> list[tuple[str, int]]:
    every = len(left) == len(library.newest)
    counted = [
        (value, len(ids) if every else len(ids & left)) for (of, value), ids in library.tagged.items() if of == facet
    ]
    return sorted(((value, n) for value, n in counted if n), key=lambda pair: (-pair[1], pair[0]))
