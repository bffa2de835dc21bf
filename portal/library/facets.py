"""Narrowing what was found by facets, and counting what each choice would show."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from portal.library.labels import FACETS
from portal.library.shelf import Shelf

Counts = Mapping[str, list[tuple[str, int]]]


def narrowed(library: Shelf, ids: Sequence[int], chosen: Mapping[str, str]) -> tuple[Sequence[int], Counts]:
    """Only the items with every chosen value, in their order; a facet's counts ignore the choice made in that facet."""
    within = {facet: library.tagged.get((facet, value), frozenset()) for facet, value in chosen.items()}
    matched = frozenset(ids)
    left = matched.intersection(*within.values())
    here = _counted(library, left)
    counts = {}
    for facet in FACETS:
        if facet in within:
            others = matched.intersection(*(kept for other, kept in within.items() if other != facet))
            counts[facet] = _in_order(_counted(library, others), facet)
        else:
            counts[facet] = _in_order(here, facet)
    return ([item_id for item_id in ids if item_id in left] if within else ids), counts


def _counted(library: Shelf, left: frozenset[int]) -> Mapping[tuple[str, str], int]:
    """How many of these items have each value."""
    if len(left) == len(library.published):
        return {pair: len(ids) for pair, ids in library.tagged.items()}
    if len(left) * 4 < len(library.published):
        found: Counter[tuple[str, str]] = Counter()
        for item_id in left:
            found.update(library.tags[item_id])
        return found
    return {pair: len(ids & left) for pair, ids in library.tagged.items()}


def _in_order(counted: Mapping[tuple[str, str], int], facet: str) -> list[tuple[str, int]]:
    options: Iterable[tuple[str, int]] = ((value, n) for (of, value), n in counted.items() if of == facet and n)
    return sorted(options, key=lambda option: (-option[1], option[0]))
