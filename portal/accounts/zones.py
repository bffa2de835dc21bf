"""The time zones that people may choose: one name for each region and city."""

from functools import lru_cache
from zoneinfo import available_timezones

REGIONS = {
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
}


@lru_cache(maxsize=1)
def by_spelling() -> dict[str, str]:
    """Every zone, found by its name in small letters, with spaces or underscores."""
    names = [*sorted(name for name in available_timezones() if name.split("/")[0] in REGIONS), "UTC"]
    return {name.casefold().replace("_", " "): name for name in names}


def find(text: str) -> str | None:
    """The zone that somebody wrote, in any case; nothing when there is none."""
    return by_spelling().get(text.casefold().replace("_", " "))


def choices(firms: str) -> list[tuple[str, str]]:
    """Every zone for a form, after the firm's own."""
    return [("", f"The firm's ({firms.replace('_', ' ')})")] + [
        (name, name.replace("_", " ")) for name in by_spelling().values()
    ]
