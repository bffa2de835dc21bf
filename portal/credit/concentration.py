"""How concentrated origination is.

The index is the one of Hirschman (1945) and Herfindahl (1950), the sum of squared shares: 1/n where n people bring in
the same, 1 where one brings in everything; normalised to run from 0 to 1 whatever n is: (H - 1/n) / (1 - 1/n). The
curve is Lorenz's (1905), drawn from the largest on. Shares are of what was brought in, never of people's worth.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

HIGH, MODERATE = 0.25, 0.15
"""From here on an index says that few carry much (the usual marks in studies of markets)."""


@dataclass(frozen=True)
class Concentration:
    """What the amounts of some people say altogether."""

    people: int
    """How many brought in something."""
    total: int
    top: float
    """The share of whoever brought in most, from 0 to 1."""
    half: int
    """How many, the largest first, carry half of it."""
    index: float
    """Herfindahl-Hirschman, from 1/people to 1."""
    normalised: float
    """The same from 0, all alike, to 1; a single person is 1."""


NOTHING = Concentration(0, 0, 0.0, 0, 0.0, 0.0)


def concentration(amounts: Iterable[int]) -> Concentration:
    """How concentrated these amounts are; what is nothing doesn't count, and the order doesn't matter."""
    ordered = sorted((amount for amount in amounts if amount > 0), reverse=True)
    total = sum(ordered)
    if not total:
        return NOTHING
    people = len(ordered)
    half = next(place for place, so_far in enumerate(accumulate(ordered), 1) if 2 * so_far >= total)
    # Whole numbers until the end: the squares of large amounts keep every digit.
    index = sum(amount * amount for amount in ordered) / (total * total)
    normalised = 1.0 if people == 1 else max(0.0, (index - 1 / people) / (1 - 1 / people))
    return Concentration(people, total, ordered[0] / total, half, index, min(1.0, normalised))


def curve(amounts: Iterable[int], most: int = 60) -> list[tuple[float, float]]:
    """The share of people, largest first, against the share of what they bring in: points from (0, 0) to (1, 1)."""
    ordered = sorted((amount for amount in amounts if amount > 0), reverse=True)
    total, people = sum(ordered), len(ordered)
    if not total:
        return []
    points = [(place / people, so_far / total) for place, so_far in enumerate(accumulate(ordered), 1)]
    step = max(1, len(points) // most)
    return [(0.0, 0.0), *_thinned(points, step)]


def _thinned(points: Sequence[tuple[float, float]], step: int) -> list[tuple[float, float]]:
    kept = list(points[step - 1 :: step])
    return kept if kept and kept[-1] == points[-1] else [*kept, points[-1]]


def percent(share: float) -> int:
    """A share from 0 to 1 in whole percent; nothing, half and all are said only of what is."""
    rounded = round(100 * share)
    for mark in (50, 100):
        if rounded == mark and 100 * share < mark:
            return mark - 1
    return rounded or int(share > 0)


def said(found: Concentration) -> str:
    """What it means, in a sentence."""
    if not found.people:
        return "Nothing with a value was won here in this time, so there is nothing to read."
    if found.people == 1:
        return "Everything was brought in by one person."
    carry = "One person carries" if found.half == 1 else f"{found.half} of {found.people} people carry"
    reading = (
        "that hangs on few"
        if found.index >= HIGH
        else "that leans on some"
        if found.index >= MODERATE
        else "that is well spread"
    )
    return f"{carry} half of what was brought in, and the largest share is {percent(found.top)}%: {reading}."
