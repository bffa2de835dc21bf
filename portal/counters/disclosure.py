"""Which practices' figures may be shown without telling what a few people did.

A practice's figure counts everybody in it and below it. A figure says something about a small group when it is of a
small group itself, or when the figures of practices below it are taken away from it and a few people are left over. The
practices form a tree, so every group that any sum or difference of shown figures speaks of is made up of such
leftovers: the people of a shown practice who are in no shown practice below it. It is therefore enough that every
leftover is empty or large. Only numbers of people decide, never the figures: what is hidden says nothing about them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST = 5
"""Groups smaller than this are never spoken of."""


@dataclass(frozen=True)
class Group:
    """A practice, with how many people belong to it directly."""

    id: int
    parent_id: int | None
    people: int


def showable(groups: Iterable[Group], least: int = LEAST) -> frozenset[int]:
    """The practices whose figures may be shown. Where something must be hidden, it is the smaller practice below."""
    tree = {group.id: group for group in groups}
    below: Mapping[int | None, list[int]] = defaultdict(list)
    for group in tree.values():
        below[group.parent_id if group.parent_id in tree else None].append(group.id)
    sizes: dict[int, int] = {}
    nearest: dict[int, list[int]] = {}
    shown: set[int] = set()
    for here in _upwards(below):
        sizes[here] = tree[here].people + sum(sizes[child] for child in below[here])
        uppermost = [one for child in below[here] for one in ([child] if child in shown else nearest[child])]
        if sizes[here] >= least:
            uppermost = _with_enough_left(sizes[here], uppermost, nearest, sizes, shown, least)
            shown.add(here)
        nearest[here] = uppermost
    return frozenset(shown)


def _with_enough_left(
    people: int,
    uppermost: list[int],
    nearest: Mapping[int, list[int]],
    sizes: Mapping[int, int],
    shown: set[int],
    least: int,
) -> list[int]:
    """Hide shown practices below, the smallest first, until those who are left over are nobody or enough."""
    while 0 < people - sum(sizes[one] for one in uppermost) < least:
        hidden = min(uppermost, key=lambda one: (sizes[one], one))
        shown.discard(hidden)
        uppermost = [one for one in uppermost if one != hidden] + nearest[hidden]
    return uppermost


def _upwards(below: Mapping[int | None, list[int]]) -> list[int]:
    """Every practice, those below before those above."""
    order: list[int] = []
    waiting = list(below[None])
    while waiting:
        here = waiting.pop()
        order.append(here)
        waiting += below[here]
    return order[::-1]
