"""Days as files write them: 12 Mar 2024, 12-Mar-24, 2024-03-12, 12. März 2024, 3/12/2024."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

MONTHS = {
    1: "jan ene gen sty",
    2: "feb fev lut",
    3: "mar mae mrt mrz",
    4: "apr abr avr kwi",
    5: "may mai mei mag maj maggio mayo maio",
    6: "jun juin giu cze",
    7: "jul juil lug lip",
    8: "aug ago aou sie",
    9: "sep set wrz",
    10: "oct okt ott out paz",
    11: "nov lis",
    12: "dec dez dic des gru",
}
"""How the names of months begin in English, German, French, Spanish, Italian, Dutch, Portuguese and Polish."""
NUMBERS = {start: number for number, starts in MONTHS.items() for start in starts.split()}

YEAR_FIRST = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?!\d)", re.ASCII)
BY_NUMBERS = re.compile(r"(\d{1,2})([./\s-]{1,2})(\d{1,2})[./\s-]{1,2}(\d{4}|\d{2})(?!\d)", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})\W{0,2}(?:de |of )?([^\W\d]{3,12})\W{0,2}(?:de |del )?(\d{4}|\d{2})(?!\d)", re.ASCII)
MONTH_FIRST = re.compile(r"([^\W\d]{3,12})\W{0,2}\s?(\d{1,2})\W{1,2}(\d{4})(?!\d)", re.ASCII)
LONGEST = 40


def read(text: str, *, month_first: bool = False) -> date | None:
    """A day; None where no day can be made out. `month_first` settles 3/12/2024."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text[:LONGEST]) if not unicodedata.combining(sign))
    plain = plain.strip().casefold()
    if found := YEAR_FIRST.match(plain):
        return _day(found[1], int(found[2]), found[3])
    if found := BY_NUMBERS.match(plain):
        return _by_numbers(found, month_first)
    if found := DAY_FIRST.match(plain):
        return _day(found[3], _month(found[2]), found[1])
    if found := MONTH_FIRST.match(plain):
        return _day(found[3], _month(found[1]), found[2])
    return None


def month_comes_first(texts: Iterable[str]) -> bool:
    """Whether a column writes 3/25/2024: only where some day says so, and none says otherwise."""
    firsts, seconds = [0], [0]
    for text in texts:
        if found := BY_NUMBERS.match(text.strip()):
            firsts.append(int(found[1]))
            seconds.append(int(found[3]))
    return max(seconds) > 12 >= max(firsts)


def _by_numbers(found: re.Match[str], month_first: bool) -> date | None:
    first, second = found[1], found[3]
    swapped = (month_first and found[2] == "/") or int(second) > 12
    return _day(found[4], int(first), second) if swapped else _day(found[4], int(second), first)


def _month(name: str) -> int:
    return NUMBERS.get(name[:4], 0) or NUMBERS.get(name[:3], 0)


def _day(year: str, month: int, day: str) -> date | None:
    whole = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 70 else 1900 + int(year)
    try:
        found = date(whole, month, int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year < 2200 else None
