"""From a day and a time on the firm's clock to a moment, and what is said where that clock jumps; pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from portal import clock

LONGEST_GAP = timedelta(hours=25)
"""Clocks jump by an hour; places that changed the side of the date line lost a whole day."""


@dataclass(frozen=True)
class Chosen:
    """The moment that was meant, and what to say about it where the clock jumps on that day."""

    moment: datetime
    note: str = ""


def moment_of(day: date, at: time, zone_name: str) -> Chosen:
    """The moment when clocks in a zone show this, to the minute. A time that the clock leaves out becomes the first
    one after the gap; of a time that comes twice it is the first."""
    wanted = datetime.combine(day, at.replace(second=0, microsecond=0, tzinfo=None))
    found = wanted
    while not _exists(found, zone_name):
        found += timedelta(minutes=1)
        if found - wanted > LONGEST_GAP:
            raise ValueError(f"{wanted} has no place in {zone_name}")
    moment = _utc(found, zone_name, fold=0)
    if found != wanted:
        when = f"at {found:%H:%M}" if found.date() == day else f"on {found.day} {found:%B} at {found:%H:%M}"
        return Chosen(moment, f"{wanted:%H:%M} doesn’t exist on that day, because the clocks go forward; it is {when}.")
    if moment != _utc(found, zone_name, fold=1):
        note = f"{wanted:%H:%M} comes twice on that day, because the clocks go back; it is the first time."
        return Chosen(moment, note)
    return Chosen(moment)


def _utc(local: datetime, zone_name: str, *, fold: int) -> datetime:
    return local.replace(tzinfo=clock.zone(zone_name), fold=fold).astimezone(UTC)


def _exists(local: datetime, zone_name: str) -> bool:
    back = _utc(local, zone_name, fold=0).astimezone(clock.zone(zone_name))
    return back.replace(tzinfo=None, fold=0) == local
