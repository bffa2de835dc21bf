"""Charts: numbers to the geometry of a small picture, and to the sentence that says what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

WIDTH, HEIGHT, EDGE = 160, 36, 3
WIDE, TALL = 640, 120
"""The room of a chart with columns."""
TONES = 5


class Trend(StrEnum):
    """Where a row of numbers is heading."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


@dataclass(frozen=True)
class Spark:
    """A line without axes, for beside a number."""

    line: str
    reading: str


@dataclass(frozen=True)
class Bar:
    """One bar of a bar chart; its width is in percent of the longest."""

    label: str
    value: int
    said: str
    width: int


@dataclass(frozen=True)
class Column:
    """One column of a chart over time."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Columns:
    """Columns over time; the table beside them has the figures."""

    columns: Sequence[Column]
    reading: str


def share(part: int, whole: int) -> int:
    """A share in percent; 0 and 100 are kept for none and all."""
    if whole <= 0 or part <= 0:
        return 0
    return 100 if part >= whole else min(99, max(1, round(100 * part / whole)))


def tone(percent: int) -> int:
    """Which of five tones, light to strong, shows a share."""
    return min(TONES, 1 + percent * TONES // 100)


def spark(values: Sequence[int], said: Sequence[str] = (), per: str = "week") -> Spark:
    """A line from zero up to the greatest value; `said` holds the values in words where they aren't plain numbers."""
    words = said or [f"{value:,}" for value in values]
    if not values or not any(values):
        return Spark("", "Nothing yet.")
    step = WIDTH / max(1, len(values) - 1)
    room = (HEIGHT - 2 * EDGE) / max(values)
    points = " ".join(f"{step * place:.0f},{HEIGHT - EDGE - value * room:.1f}" for place, value in enumerate(values))
    highest = words[values.index(max(values))]
    reading = f"From {words[0]} to {words[-1]} in {len(values)} {per}s; highest {highest}."
    return Spark(points, reading)


def columns(values: Sequence[int], said: Sequence[str], per: str = "week") -> Columns:
    """Columns from zero up to the greatest value, and the sentence that reads them; `said` names each step."""
    highest = max(values, default=0)
    if highest <= 0:
        return Columns((), "Nothing in this time.")
    step = WIDE / len(values)
    room = TALL - EDGE
    shown = tuple(
        Column(f"{step * place + step * 0.1:.1f}", f"{TALL - height:.1f}", f"{step * 0.8:.1f}", f"{height:.1f}")
        for place, height in enumerate(room * max(0, value) / highest for value in values)
    )
    n = len(values)
    reading = f"{sum(values):,} in {n} {per}{'' if n == 1 else 's'}, {trend(values)}; most in the {per} of "
    return Columns(shown, f"{reading}{said[values.index(highest)]}: {highest:,}.")


def bars(rows: Sequence[tuple[str, int, str]]) -> list[Bar]:
    """Bars from rows of label, value and the value in words."""
    longest = max((value for _, value, _ in rows), default=0)
    return [Bar(label, value, said, share(value, longest)) for label, value, said in rows]


def trend(values: Sequence[int]) -> Trend:
    """Whether the last third stands a tenth or more above or below what came before; a handful either way is steady."""
    recent = max(1, len(values) // 3)
    after, before = _mean(values[-recent:]), _mean(values[:-recent])
    if abs(after - before) < max(1, before / 10):
        return Trend.STEADY
    return Trend.RISING if after > before else Trend.FALLING


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values) if values else 0
