"""Days as people say them: 'yesterday', 'last Tue', 'on 3 March', 'in two weeks', 'end of month'."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
NUMBERS |= {"ten": 10, "eleven": 11, "twelve": 12, "a": 1, "an": 1, "couple of": 2, "a couple of": 2, "a few": 3}
_DAY = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True)) + r"|\d{1,3}"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"

_BEFORE = r"(?<!at )(?<!v )(?:on |by )?"

Reckon = Callable[[re.Match[str], date, bool], date]
"""The day that is meant, from what was said, today, and whether the past is meant."""


@dataclass(frozen=True)
class Said:
    """A day in a text: where it stands, and what it is when it is past or to come."""

    start: int
    end: int
    past: date
    future: date
    tense: str
    """'past', 'future', or 'either' where the words leave it open."""

    @property
    def is_calendar(self) -> bool:
        """Whether it is a day of the year rather than of the week."""
        return (self.future - self.past).days > 14


def _weekday(text: str) -> int:
    return next(place for place, name in enumerate(WEEKDAYS) if name.startswith(text[:3]))


def _near(found: re.Match[str], today: date, is_past: bool) -> date:
    """The nearest such weekday, today not counted."""
    ahead = (_weekday(found["day"]) - today.weekday()) % 7 or 7
    return today + timedelta(days=ahead - 7 if is_past and ahead != 7 else -7 if is_past else ahead)


def _next(found: re.Match[str], today: date, _past: bool) -> date:
    """That day of the coming week, Monday first."""
    return today + timedelta(days=7 - today.weekday() + _weekday(found["day"]))


def _span(found: re.Match[str]) -> tuple[int, str]:
    said = found["number"]
    return int(said) if said.isdigit() else NUMBERS[said], found["unit"][:3]


def _shifted(today: date, number: int, unit: str) -> date:
    if unit == "mon":
        month = today.month - 1 + number
        year, month = today.year + month // 12, month % 12 + 1
        return date(year, month, min(today.day, _last(year, month)))
    return today + timedelta(days=number * {"day": 1, "wee": 7, "for": 14, "yea": 365}[unit])


def _last(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def _end(found: re.Match[str], today: date, _past: bool) -> date:
    is_next = bool(found["next"])
    if found["what"] == "week":
        friday = today + timedelta(days=4 - today.weekday())
        return friday + timedelta(days=7) if is_next or friday < today else friday
    first = _shifted(today.replace(day=1), 1, "mon") if is_next else today
    return first.replace(day=_last(first.year, first.month))


def _calendar(found: re.Match[str], today: date, is_past: bool) -> date:
    number = int(re.match(r"\d+", found["number"])[0])  # type: ignore[index]
    month = next(place for place, name in enumerate(MONTHS, 1) if name.startswith(found["month"][:3]))
    if found["year"]:
        return date(int(found["year"]), month, number)
    this_year = date(today.year, month, number)
    if is_past:
        return this_year if this_year <= today else date(today.year - 1, month, number)
    return this_year if this_year >= today else date(today.year + 1, month, number)


def _nth(found: re.Match[str], today: date, is_past: bool) -> date:
    number = int(re.match(r"\d+", found["number"])[0])  # type: ignore[index]
    here = today.replace(day=number)
    if is_past and here > today:
        return _shifted(today.replace(day=1), -1, "mon").replace(day=number)
    if not is_past and here < today:
        return _shifted(today.replace(day=1), 1, "mon").replace(day=number)
    return here


def _numbers(found: re.Match[str], today: date, is_past: bool) -> date:
    """The day first, as most of the world writes it, unless the other can't be a month."""
    number, month = int(found["d"]), int(found["m"])
    if month > 12:
        number, month = month, number
    if found["y"]:
        return date(int(found["y"]) % 100 + 2000, month, number)
    here = date(today.year, month, number)
    if is_past:
        return here if here <= today else date(today.year - 1, month, number)
    return here if here >= today else date(today.year + 1, month, number)


def _by(days: int) -> Reckon:
    return lambda _found, today, _past: today + timedelta(days=days)


WAYS: tuple[tuple[str, str, Reckon], ...] = (
    (r"(?:the )?day before yesterday", "past", _by(-2)),
    (r"(?:the )?day after tomorrow", "future", _by(2)),
    (r"yesterday(?: (?:morning|afternoon|evening))?|last night", "past", _by(-1)),
    (r"tomorrow(?: (?:morning|afternoon|evening))?", "future", _by(1)),
    (r"today|tonight|this (?:morning|afternoon|evening)|just now", "past", _by(0)),
    (rf"(?:on )?next (?P<day>{_DAY})", "future", _next),
    (rf"(?:on )?(?:last|past) (?P<day>{_DAY})", "past", lambda found, today, _past: _near(found, today, True)),
    (rf"(?P<day>{_DAY}) next week", "future", _next),
    (rf"(?:on |by |this |coming )*(?P<day>{_DAY})", "either", _near),
    (
        rf"in (?P<number>{_NUMBER}) (?P<unit>day|week|fortnight|month|year)s?(?:'? time)?",
        "future",
        lambda found, today, _past: _shifted(today, *_span(found)),
    ),
    (
        rf"(?P<number>{_NUMBER}) (?P<unit>day|week|fortnight|month|year)s? ago",
        "past",
        lambda found, today, _past: _shifted(today, -_span(found)[0], _span(found)[1]),
    ),
    (r"(?:(?:by|at) )?(?:the )?end of (?:the |this )?(?P<next>next )?(?P<what>week|month)", "future", _end),
    (r"(?:early )?next week", "future", lambda _found, today, _past: today + timedelta(days=7 - today.weekday())),
    (r"last week", "past", _by(-7)),
    (r"next month", "future", lambda _found, today, _past: _shifted(today.replace(day=1), 1, "mon")),
    (
        rf"(?:on |by )?(?:the )?(?P<number>{_NTH})(?: of)? (?P<month>{_MONTH})\.?(?:,? (?P<year>20\d\d))?",
        "either",
        _calendar,
    ),
    (rf"(?:on |by )?(?P<month>{_MONTH})\.? (?P<number>{_NTH})(?:,? (?P<year>20\d\d))?", "either", _calendar),
    (
        r"(?:on |by )?(?P<year>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)",
        "either",
        lambda found, _today, _past: date(int(found["year"]), int(found["m"]), int(found["d"])),
    ),
    (
        rf"{_BEFORE}(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?:/(?P<y>(?:20)?\d\d))?(?!\s*(?:hours?|days?|of|/))",
        "either",
        _numbers,
    ),
    (rf"{_BEFORE}(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>(?:20)?\d\d)?", "either", _numbers),
    (rf"{_BEFORE}(?P<d>\d{{1,2}})\.(?P<m>0[1-9]|1[0-2])(?P<y>)", "either", _numbers),
    (r"(?:an?|\d{1,3}) (?:minutes?|hours?) ago", "past", _by(0)),
    (r"(?:on|by) the (?P<number>\d{1,2}(?:st|nd|rd|th))", "either", _nth),
)


@lru_cache
def _compiled() -> tuple[tuple[re.Pattern[str], str, Reckon], ...]:
    return tuple((re.compile(rf"(?<![\w-])(?:{way})(?![\w-])"), tense, reckon) for way, tense, reckon in WAYS)


def find(text: str, today: date) -> list[Said]:
    """The days that a text names, in order; where two ways of reading overlap, the longer one counts."""
    found = sorted(_every(text.casefold(), today), key=lambda one: (one.start - one.end, one.start))
    kept: list[Said] = []
    for one in found:
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _every(text: str, today: date) -> Iterator[Said]:
    for pattern, tense, reckon in _compiled():
        for match in pattern.finditer(text):
            try:
                past, future = reckon(match, today, True), reckon(match, today, False)
            except (ValueError, OverflowError):  # 31 June, and the like
                continue
            settled = tense
            if tense == "either" and past == future:
                settled = "past" if past <= today else "future"
            yield Said(match.start(), match.end(), past, future, settled)
