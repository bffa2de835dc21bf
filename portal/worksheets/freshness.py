"""Answers age: from which day on an answer that nobody changed or confirmed is old."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from portal.worksheets.definition import DATE, Section, at, fields, misfit, parts

Stamps = dict[str, str]
"""By place, the day on which an answer was last changed or confirmed, as it is stored."""


def days(sections: Sequence[Section]) -> dict[tuple[str, str], int]:
    """How long answers stay fresh, by field and column (empty for a field that is no table)."""
    found: dict[tuple[str, str], int] = {}
    for field in fields(sections).values():
        found |= {(field.key, column.key): column.fresh_days for column in field.columns if column.fresh_days}
        found |= {(field.key, ""): field.fresh_days} if field.fresh_days else {}
    return found


def stamped(
    sections: Sequence[Section],
    *,
    before: Mapping[str, str],
    after: Mapping[str, str],
    stamps: Mapping[str, str],
    on: date,
    since: date,
) -> Stamps:
    """The stamps after a change `on` a day. What stayed keeps its stamp, or gets `since` where it never had one; an
    answer that is a day itself, like that of a conversation, is as old as that day."""
    ages = days(sections)

    def stamp(place: str, text: str) -> str:
        if before.get(place) == text and place in stamps:
            return stamps[place]
        first = since if before.get(place) == text else on
        asked = at(sections, place)
        if asked is not None and asked.kind == DATE and not misfit(asked, text):
            first = min(first, date.fromisoformat(text))
        return first.isoformat()

    return {place: stamp(place, text) for place, text in after.items() if text and _kind(place) in ages}


def confirmed(stamps: Mapping[str, str], places: Sequence[str], on: date) -> Stamps:
    """The stamps once somebody has said that these answers are still true."""
    return dict(stamps) | {place: on.isoformat() for place in places if place in stamps}


def stale_on(sections: Sequence[Section], stamps: Mapping[str, str]) -> date | None:
    """The first day on which one of these answers is old."""
    return min(_ends(sections, stamps).values(), default=None)


def old(sections: Sequence[Section], stamps: Mapping[str, str], today: date) -> dict[str, date]:
    """The places whose answers are old today, with the day from which each has stood."""
    ends = _ends(sections, stamps)
    return {place: date.fromisoformat(stamps[place]) for place, end in ends.items() if end <= today}


def _ends(sections: Sequence[Section], stamps: Mapping[str, str]) -> dict[str, date]:
    ages = days(sections)
    return {
        place: date.fromisoformat(stamp) + timedelta(days=ages[_kind(place)] + 1)
        for place, stamp in stamps.items()
        if _kind(place) in ages
    }


def _kind(place: str) -> tuple[str, str]:
    field, _, column = parts(place)
    return field, column
