"""Meetings from a calendar file (.ics)."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from icalendar import Calendar

from portal.clock import zone
from portal.errors import Refused
from portal.network.models import TouchKind
from portal.quick_log.offers import Met, Offer, person, tidy, without

MOST = 20
UNREADABLE = "We can't read that calendar file. Save the meeting once more, as .ics, and drop that."
_CALL = re.compile(r"\b(call|zoom|teams|phone|webex|video|ring)\b", re.IGNORECASE)
_EVENT = re.compile(r"\b(conference|seminar|webinar|fair|reception|summit|congress|party)\b", re.IGNORECASE)


def read(body: bytes, *, mail: str, today: date, zone_name: str) -> list[Offer]:
    """The meetings of a file without the one who asks, the nearest to today first."""
    if b"BEGIN:VCALENDAR" not in body[:4000].upper():
        raise Refused(UNREADABLE, field="file")
    try:
        found = list(_offers(body, mail, zone_name))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError):
        raise Refused(UNREADABLE, field="file") from None
    if not found:
        raise Refused("There is no meeting in that file.", field="file")
    return sorted(found, key=lambda one: abs(((one.happened_on or today) - today).days))[:MOST]


def _offers(body: bytes, mail: str, zone_name: str) -> Iterator[Offer]:
    for calendar in Calendar.from_ical(body, multiple=True):
        for event in calendar.walk("VEVENT"):
            title = tidy(event.get("SUMMARY", ""))
            if str(event.get("STATUS", "")).upper() == "CANCELLED":
                continue
            yield Offer(
                _kind(f"{title} {event.get('LOCATION', '')}"),
                without(_people(event), mail),
                _day(event, zone_name),
                title,
            )


def _kind(words: str) -> TouchKind:
    if _EVENT.search(words):
        return TouchKind.EVENT
    return TouchKind.CALL if _CALL.search(words) else TouchKind.MEETING


def _people(event: Any) -> Iterator[Met]:
    for name in ("ORGANIZER", "ATTENDEE"):
        given = event.get(name)
        for one in given if isinstance(given, list) else [given] if given else []:
            if str(one.params.get("CUTYPE", "")).upper() not in {"ROOM", "RESOURCE"}:
                yield person(one.params.get("CN", ""), one)


def _day(event: Any, zone_name: str) -> date | None:
    start = getattr(event.get("DTSTART"), "dt", None)
    if isinstance(start, datetime):
        return (start.astimezone(zone(zone_name)) if start.tzinfo else start).date()
    return start if isinstance(start, date) else None
