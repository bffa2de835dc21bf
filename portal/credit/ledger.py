"""The ledger of one opportunity: entries are only added, what was wrong is reversed, replaying them gives the shares.

A posting is one act: entries that together change nothing of the sum. The first one opens the ledger with a hundred
percent. What doesn't belong to a closed posting doesn't count.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from portal.pipeline.shares import WHOLE, Holder, Shares


@dataclass(frozen=True)
class Entry:
    """One line of the ledger."""

    id: int
    posting: int
    holder: Holder
    points: int
    reverses_id: int | None = None


@dataclass(frozen=True)
class Line:
    """One line that is to be added."""

    holder: Holder
    points: int
    reverses_id: int | None = None


def replay(entries: Iterable[Entry], closed: int) -> Shares:
    """The shares after the last closed posting; empty where none is."""
    found: Counter[Holder] = Counter()
    for entry in entries:
        if entry.posting <= closed:
            found[entry.holder] += entry.points
    return {holder: points for holder, points in found.items() if points}


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that no other reverses, and that reverse none."""
    known = list(entries)
    reversed_ids = {entry.reverses_id for entry in known}
    return [entry for entry in known if entry.reverses_id is None and entry.id not in reversed_ids]


def opening(shares: Shares) -> list[Line]:
    """The first posting: what held until now."""
    return [Line(holder, points) for holder, points in sorted(shares.items())]


def correction(entries: Iterable[Entry], wanted: Shares) -> list[Line]:
    """What to add so that these shares hold: reversals of what no longer does, and what is new."""
    stands = standing(entries)
    kept = {entry.holder for entry in stands if wanted.get(entry.holder) == entry.points}
    reversals = [Line(entry.holder, -entry.points, entry.id) for entry in stands if entry.holder not in kept]
    return reversals + [Line(holder, points) for holder, points in sorted(wanted.items()) if holder not in kept]


def adds_up(shares: Shares) -> bool:
    """Whether these are a hundred percent together, and each of them more than nothing."""
    return sum(shares.values()) == WHOLE and all(points > 0 for points in shares.values())
