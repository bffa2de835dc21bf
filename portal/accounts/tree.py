"""The tree of practices as it is read: in order, with depth and full names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

ARROW = " > "


class InTree(Protocol):
    """What a practice says about its place."""

    id: int
    key: str
    name: str
    path: str


@dataclass(frozen=True)
class Branch:
    """One practice with its place in the tree."""

    id: int
    key: str
    names: tuple[str, ...]
    """From the root down to its own."""
    path: str

    @property
    def name(self) -> str:
        """Its own name."""
        return self.names[-1]

    @property
    def depth(self) -> int:
        """How far below the root it stands."""
        return len(self.names) - 1

    @property
    def said(self) -> str:
        """The way to it from the root: 'Firm > Tax > Corporate tax'."""
        return ARROW.join(self.names)

    @property
    def brief(self) -> str:
        """The way to it without the root, which everybody knows."""
        return ARROW.join(self.names[1:] or self.names)

    @property
    def indented(self) -> str:
        """Its name, moved in by its depth, for lists to choose from."""
        return "\u2003" * self.depth + self.name


def ordered(practices: Iterable[InTree]) -> list[Branch]:
    """Every practice below its parent, siblings by name."""
    practices = list(practices)
    names = {practice.id: practice.name for practice in practices}

    def branch(practice: InTree) -> Branch:
        return Branch(practice.id, practice.key, tuple(names[id] for id in ids(practice.path)), practice.path)

    def place(branch: Branch) -> list[tuple[str, int]]:
        return [(names[id].casefold(), id) for id in ids(branch.path)]

    return sorted(map(branch, practices), key=place)


def ids(path: str) -> list[int]:
    """The practices on a path, from the root down."""
    return [int(part) for part in path.strip("/").split("/")]


def is_within(path: str, other: str) -> bool:
    """Whether a path is another, or lies below it."""
    return path.startswith(other)


def totals(branches: Sequence[Branch], counts: dict[int, int]) -> dict[int, int]:
    """For each practice the sum of the counts of itself and of everything below it."""
    sums = dict.fromkeys((branch.id for branch in branches), 0)
    for branch in branches:
        for id in ids(branch.path):
            sums[id] += counts.get(branch.id, 0)
    return sums
