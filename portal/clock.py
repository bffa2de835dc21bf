"""What time it is, and how moments and days look on the page."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


@lru_cache
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name."""
    return ZoneInfo(name)


def day_in(moment: datetime, zone_name: str) -> date:
    """The day that a moment falls on in a time zone."""
    return moment.astimezone(zone(zone_name)).date()


def end_of(day: date, zone_name: str) -> datetime:
    """The last moment of a day in a time zone, in UTC. The calendar's very last day ends with itself."""
    after = min(day, date.max - timedelta(days=2)) + timedelta(days=1)
    midnight = datetime(after.year, after.month, after.day, tzinfo=zone(zone_name))
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def week_of(day: date) -> date:
    """The Monday of a day's week (ISO 8601)."""
    return day - timedelta(days=day.weekday())


def said_day(day: date, today: date) -> str:
    """A day in words: 'today', 'tomorrow', 'Friday' within six days either way, '3 March', '3 March 2025'."""
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - today).days)
    if near:
        return near
    if 1 < abs((day - today).days) < 7:
        return f"{day:%A}"
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"


def said_on(day: date, today: date) -> str:
    """A day with its preposition: 'yesterday', 'on Friday', 'on 3 March'."""
    said = said_day(day, today)
    return said if abs((day - today).days) < 2 else f"on {said}"


def said_moment(moment: datetime, zone_name: str) -> str:
    """A moment in a time zone, to the minute: '3 March 2026, 14:05'."""
    local = moment.astimezone(zone(zone_name))
    return f"{local.day} {local:%B %Y, %H:%M}"
