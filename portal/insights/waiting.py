"""How long people wait for an answer, told honestly: what is still open counts in. Values in, values out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Quarter:
    """What was asked in a quarter, and how it was answered."""

    name: str
    asked: int
    answered: int
    median: int | None
    """Within so many days half of all that was asked was answered; none while half is not."""

    @property
    def said(self) -> str:
        """In words."""
        if self.median is None:
            return f"{self.asked - self.answered} of {self.asked} still open"
        return f"half within {days(self.median)}"


def quarter_of(day: date) -> str:
    """The quarter of a day, like 2026-Q1."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def said_quarter(name: str) -> str:
    """A quarter in words: 'January to March 2026'."""
    year, _, number = name.partition("-Q")
    spans = ("January to March", "April to June", "July to September", "October to December")
    return f"{spans[int(number) - 1]} {year}"


def days(n: int) -> str:
    """A number of days in words."""
    return "the same day" if n == 0 else "one day" if n == 1 else f"{n} days"


def quarters(rows: Iterable[tuple[str, int | None, int]], most: int = 4) -> list[Quarter]:
    """The last quarters, newest first, from rows of quarter, days taken (none while open), and how many."""
    by_quarter: dict[str, list[tuple[int | None, int]]] = defaultdict(list)
    for name, taken, n in rows:
        by_quarter[name].append((taken, n))
    return [_quarter(name, by_quarter[name]) for name in sorted(by_quarter, reverse=True)[:most]]


def _quarter(name: str, rows: list[tuple[int | None, int]]) -> Quarter:
    asked = sum(n for _, n in rows)
    answered = sum(n for taken, n in rows if taken is not None)
    return Quarter(name, asked, answered, _median(rows, asked))


def _median(rows: list[tuple[int | None, int]], asked: int) -> int | None:
    so_far = 0
    for taken, n in sorted((taken, n) for taken, n in rows if taken is not None):
        so_far += n
        if 2 * so_far >= asked:
            return taken
    return None
