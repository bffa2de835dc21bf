"""The fixed periods that credit is summed over: whole quarters of the calendar."""

from dataclasses import dataclass
from datetime import date

from portal.pipeline.origination import quarter_of

QUARTERS = 8
"""So many are shown side by side."""


@dataclass(frozen=True)
class Period:
    """Whole quarters, from the first day of one up to the first day of another."""

    key: str
    name: str
    since: date
    until: date
    """The first day that doesn't belong to it."""


def quarters_before(quarter: date, back: int) -> date:
    """The first day of the quarter so many before another; a negative number leads ahead."""
    place = quarter.year * 4 + (quarter.month - 1) // 3 - back
    return date(place // 4, place % 4 * 3 + 1, 1)


def periods(today: date) -> dict[str, Period]:
    """The periods to choose from, by their keys."""
    here = quarter_of(today)
    after, last = quarters_before(here, -1), quarters_before(here, 1)
    year = date(today.year, 1, 1)
    found = (
        Period("four-quarters", "The last four quarters", quarters_before(here, 3), after),
        Period("this-quarter", f"This quarter, {said_quarter(here)}", here, after),
        Period("last-quarter", f"Last quarter, {said_quarter(last)}", last, here),
        Period("this-year", f"This year, {today.year}", year, date(today.year + 1, 1, 1)),
        Period("last-year", f"Last year, {today.year - 1}", date(today.year - 1, 1, 1), year),
        Period("all", "All time", date(2000, 1, 1), after),
    )
    return {period.key: period for period in found}


def period(key: str, today: date) -> Period:
    """One of them; the last four quarters for anything else."""
    known = periods(today)
    return known.get(key, known["four-quarters"])


def last_quarters(today: date, count: int = QUARTERS) -> list[date]:
    """The quarters up to the one that runs, oldest first."""
    return [quarters_before(quarter_of(today), back) for back in range(count - 1, -1, -1)]


def said_quarter(quarter: date) -> str:
    """A quarter in words: 'Q3 2026'."""
    return f"Q{(quarter.month + 2) // 3} {quarter.year}"
