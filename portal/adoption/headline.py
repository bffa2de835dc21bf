"""The sentence at the top of a leader's page, made from the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.charts import Trend, share, trend

RECENT = 4
"""The last weeks that are held against those before them."""
WORTH_NAMING = 5
"""Fewer people than this make no trend."""
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True)
class Part:
    """A practice below the one shown, with how many of its people were active in each of the past weeks."""

    name: str
    people: int
    weeks: Sequence[int]


@dataclass(frozen=True)
class Headline:
    """What is said, and what in it is stressed."""

    opening: str
    stressed: str = ""


def headline(
    people: int, weeks: Sequence[int], this_week: int, parts: Sequence[Part], mondays: Sequence[date]
) -> Headline:
    """How a practice is doing, in two sentences; `mondays` are the days on which the past weeks began."""
    opening = f"{people:,} {'person' if people == 1 else 'people'}"
    if len(parts) > 1:
        opening += f" in {_said(len(parts))} practices"
    if this_week and not any(weeks):
        return Headline(f"{opening}. The first {'has' if this_week == 1 else 'have'} begun this week.")
    if not any(weeks):
        return Headline(f"{opening}. Nobody has begun yet: assign a first module, and say why it matters to you.")
    return Headline(f"{opening}. {_course(weeks)}", _standing_out(parts, mondays))


def _course(weeks: Sequence[int]) -> str:
    after, before = _mean(weeks[-RECENT:]), _mean(weeks[:-RECENT])
    match trend(weeks):  # what is said must show in the figures, too
        case Trend.RISING if after > before:
            return f"Adoption is rising: about {after:,} are active in a week, up from {before:,}."
        case Trend.FALLING if after < before:
            return f"Adoption is falling: about {after:,} are active in a week, down from {before:,}."
    return f"Adoption is steady, with about {after:,} active in a week."


def _standing_out(parts: Sequence[Part], mondays: Sequence[date]) -> str:
    named = [part for part in parts if part.people >= WORTH_NAMING and any(part.weeks)]
    fallen = [part for part in named if _is_quiet(part)]
    if fallen:
        part = max(fallen, key=lambda part: part.people)
        return f"{part.name} has gone quiet since {mondays[_quiet_from(part)]:%B}."
    if len(named) < 2:
        return ""
    ranked = sorted(named, key=_recent_share, reverse=True)
    if _recent_share(ranked[0]) <= _recent_share(ranked[1]):
        return ""
    return f"{ranked[0].name} is ahead, with {_recent_share(ranked[0])}% active in a week."


def _recent_share(part: Part) -> int:
    return share(_mean(part.weeks[-RECENT:]), part.people)


def _is_quiet(part: Part) -> bool:
    before = _mean(part.weeks[:-RECENT])
    return before >= 2 and _mean(part.weeks[-RECENT:]) * 2 <= before


def _quiet_from(part: Part) -> int:
    """The first week from which no week reached half of what was usual before."""
    half = _mean(part.weeks[:-RECENT]) / 2
    loud = [place for place, active in enumerate(part.weeks) if active > half]
    return min(loud[-1] + 1, len(part.weeks) - 1)


def _mean(weeks: Sequence[int]) -> int:
    return round(sum(weeks) / len(weeks)) if weeks else 0


def _said(number: int) -> str:
    return _SMALL[number] if number < len(_SMALL) else f"{number:,}"
