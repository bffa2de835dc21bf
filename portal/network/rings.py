"""The picture of a network: rings by how recently one was in touch, sectors by relation, a dot for each contact."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from portal.network.models import Relation

SIZE = 640
CENTRE = SIZE / 2
DOT = 7
EDGES = (34, 96, 158, 214, 262, 300)
"""Where each ring begins and the last one ends, from the centre."""
MOST_DOTS = 320
"""More than these are shown as a number for each sector and ring."""
GAP = 0.035
"""Between two sectors, in radians."""


class Ring(StrEnum):
    """How recently one was in touch; the nearer the centre, the more recently."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    LONGER = "longer"
    NEVER = "never"


RINGS = {
    Ring.MONTH: "This month",
    Ring.QUARTER: "This quarter",
    Ring.HALF_YEAR: "This half-year",
    Ring.LONGER: "Longer ago",
    Ring.NEVER: "Not yet",
}
WITHIN = {Ring.MONTH: 30, Ring.QUARTER: 91, Ring.HALF_YEAR: 182}
"""Days since the last touch, at most."""


class Known(Protocol):
    """What the picture needs of a contact."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def relation(self) -> Relation: ...
    @property
    def last_touch_on(self) -> date | None: ...
    @property
    def due_on(self) -> date | None: ...


@dataclass(frozen=True)
class Dot:
    """One contact in the picture."""

    id: int
    name: str
    x: float
    y: float
    ring: Ring
    is_due: bool


@dataclass(frozen=True)
class Cell:
    """How many contacts one sector has in one ring, and where the number stands."""

    relation: Relation
    ring: Ring
    n: int
    x: float
    y: float


@dataclass(frozen=True)
class Sector:
    """A relation's part of the circle."""

    relation: Relation
    n: int
    line: str
    """The path of the line at which it begins."""
    x: float
    y: float
    """Where its name stands."""
    anchor: str


@dataclass(frozen=True)
class Picture:
    """All that is drawn, and what the table beside it says."""

    sectors: list[Sector]
    dots: list[Dot]
    cells: list[Cell]
    """Instead of dots, when there are too many."""
    counts: dict[Relation, dict[Ring, int]]
    reading: str


def ring_of(last_on: date | None, today: date) -> Ring:
    """In which ring somebody stands."""
    if last_on is None:
        return Ring.NEVER
    ago = (today - last_on).days
    return next((ring for ring, most in WITHIN.items() if ago <= most), Ring.LONGER)


def days_of(ring: Ring, today: date) -> tuple[date | None, date | None]:
    """The first and the last day of the last touch of somebody in a ring; None where it is open, both for nobody."""
    if ring == Ring.NEVER:
        return None, None
    bounds = [None, *(today - timedelta(days=most) for most in WITHIN.values()), None]
    place = list(RINGS).index(ring)
    later = bounds[place]
    return bounds[place + 1], later - timedelta(days=1) if later else None


def picture(contacts: Sequence[Known], today: date) -> Picture:
    """Where everybody stands; the same contacts always stand in the same places."""
    groups: dict[tuple[Relation, Ring], list[Known]] = {}
    for contact in contacts:
        groups.setdefault((contact.relation, ring_of(contact.last_touch_on, today)), []).append(contact)
    counts = {
        relation: {ring: len(groups.get((relation, ring), ())) for ring in Ring}
        for relation in Relation
        if any((relation, ring) in groups for ring in Ring)
    }
    is_large = len(contacts) > MOST_DOTS
    arcs = _arcs({relation: sum(rings.values()) for relation, rings in counts.items()}, is_large)
    sectors = [_sector(relation, sum(counts[relation].values()), arc) for relation, arc in arcs.items()]
    dots, cells = [], []
    for (relation, ring), group in sorted(groups.items()):
        if is_large:
            cells.append(_cell(relation, ring, len(group), arcs[relation]))
        else:
            dots += _dots(sorted(group, key=lambda one: (one.name, one.id)), ring, arcs[relation], today)
    return Picture(sectors, dots, cells, counts, reading(counts))


def reading(counts: dict[Relation, dict[Ring, int]]) -> str:
    """What the picture shows, in a sentence or two."""
    total = sum(sum(rings.values()) for rings in counts.values())
    if not total:
        return "Nobody is in your network yet."
    near = sum(rings[Ring.MONTH] + rings[Ring.QUARTER] for rings in counts.values())
    never = sum(rings[Ring.NEVER] for rings in counts.values())
    said = f"You were in touch with {near:,} of {total:,} in the last three months."
    if never:
        said += f" With {never:,} there is no touch logged yet."
    return said


def _arcs(sizes: dict[Relation, int], is_large: bool) -> dict[Relation, tuple[float, float]]:
    """From which angle to which each relation reaches; small ones are given room for their name. Numbers need no more
    room for being larger, dots do."""
    weights = {relation: (math.log1p(n) if is_large else math.sqrt(n)) + 1 for relation, n in sizes.items()}
    total, angle = sum(weights.values()), -math.pi / 2
    arcs = {}
    for relation, weight in weights.items():
        wide = 2 * math.pi * weight / total
        arcs[relation] = (angle, angle + wide)
        angle += wide
    return arcs


def _sector(relation: Relation, n: int, arc: tuple[float, float]) -> Sector:
    (x1, y1), (x2, y2) = _at(arc[0], EDGES[0]), _at(arc[0], EDGES[-1])
    middle = (arc[0] + arc[1]) / 2
    x, y = _at(middle, EDGES[-1] + 16)
    across = math.cos(middle)
    anchor = "middle" if abs(across) < 0.3 else "start" if across > 0 else "end"
    return Sector(relation, n, f"M{x1} {y1}L{x2} {y2}", x, round(y + 4, 1), anchor)


def _cell(relation: Relation, ring: Ring, n: int, arc: tuple[float, float]) -> Cell:
    inner, outer = _ring_edges(ring)
    x, y = _at((arc[0] + arc[1]) / 2, (inner + outer) / 2)
    return Cell(relation, ring, n, x, round(y + 5, 1))


def _dots(group: Sequence[Known], ring: Ring, arc: tuple[float, float], today: date) -> list[Dot]:
    """Dots on as few arcs of the cell as they need, evenly spread on each."""
    inner, outer = _ring_edges(ring)
    lanes = _lanes(len(group), inner, outer, arc[1] - arc[0] - 2 * GAP)
    dots = []
    for lane, (radius, several) in enumerate(lanes):
        before = sum(n for _, n in lanes[:lane])
        for place, one in enumerate(group[before : before + several]):
            angle = arc[0] + GAP + (arc[1] - arc[0] - 2 * GAP) * (place + 0.5) / several
            x, y = _at(angle, radius)
            dots.append(Dot(one.id, one.name, x, y, ring, one.due_on is not None and one.due_on <= today))
    return dots


def _lanes(n: int, inner: float, outer: float, wide: float) -> list[tuple[float, int]]:
    """The radius of each lane, and how many dots it takes: in proportion to its length."""
    for lanes in range(1, 9):
        radii = [inner + (outer - inner) * (lane + 0.5) / lanes for lane in range(lanes)]
        room = [max(1, int(radius * wide / (2.4 * DOT))) for radius in radii]
        if sum(room) >= n or lanes == 8:
            break
    total, taken, found = sum(room), 0, []
    for place, (radius, space) in enumerate(zip(radii, room, strict=True)):
        several = n - taken if place == len(radii) - 1 else min(n - taken, round(n * space / total))
        taken += several
        if several:
            found.append((radius, several))
    return found


def _ring_edges(ring: Ring) -> tuple[float, float]:
    place = list(Ring).index(ring)
    return EDGES[place] + DOT, EDGES[place + 1] - DOT


def _at(angle: float, radius: float) -> tuple[float, float]:
    return round(CENTRE + radius * math.cos(angle), 1), round(CENTRE + radius * math.sin(angle), 1)
