"""Who opened a link: people, perhaps people, or machines; pure. `docs/decisions.md` tells why."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol


class Opened(StrEnum):
    """Who a visit was made by, as far as its behaviour tells."""

    HUMAN = "human"
    UNCLEAR = "unclear"
    MACHINE = "machine"


SURE_SIGNS = frozenset({"pointer", "touch", "key", "scroll"})
"""What a person does to a page that is in front of them."""
WEAK_SIGNS = frozenset({"return"})
"""They went to another window and came back; programs do that, too."""
PRESSES = frozenset({"download", "thanks", "contact"})

SHORTEST_READ = timedelta(seconds=1)
"""Between the page being made and something happening on it."""
SHORTEST_LOOK = 3
"""Seconds on the screen."""
SHORTEST_WAY = timedelta(seconds=30)
"""Between a link being made and a person having it in front of them."""
MANY_LINKS = 4
"""So many links from one network within a minute are a gateway that looks into mails."""

REASONS = {
    "scanner": "its browser calls itself a mail scanner or a robot",
    "headless": "its browser is driven by a program",
    "too-fast": "it answered within a second",
    "many-links": "several links were opened from one network within a minute",
    "too-early": "it came within half a minute after the link was made",
    "no-sign": "nothing on the page was touched",
    "short": "the page was on the screen for less than three seconds",
    "pressed": "something was pressed",
    "read": "the page was on the screen, and somebody moved on it",
}
"""Why a visit is classed as it is, in words for the sender."""

_SCANNERS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|scan|fetch|monitor|curl|wget|python|java/|go-http|okhttp|libwww|httpclient|"
    r"facebookexternalhit|whatsapp|skypeuri|mimecast|proofpoint|barracuda|safelinks|symantec|forcepoint|trendmicro|"
    r"googleimageproxy|yahoomailproxy|ms-office|microsoft office",
    re.I,
)
_HEADLESS = re.compile(r"headless|phantomjs|puppeteer|playwright|selenium", re.I)


@dataclass(frozen=True)
class Evidence:
    """How a visit behaved."""

    agent: str = ""
    """What the browser calls itself."""
    since_sent: timedelta = timedelta(days=1)
    """Since the address was made."""
    since_shown: timedelta = timedelta(minutes=1)
    """Since the page was made, by the server's clock."""
    seconds: int = 0
    """On the screen, as the page counted."""
    signs: frozenset[str] = frozenset()
    pressed: str = ""
    is_driven: bool = False
    """Whether the browser says that a program drives it."""
    links: int = 1
    """Different links that were opened from the same network within the last minute."""


@dataclass(frozen=True)
class Verdict:
    """How a visit is classed, and why."""

    opened: Opened
    reasons: tuple[str, ...]


def judge(seen: Evidence) -> Verdict:
    """Class one visit. A press outweighs one hint that it was a machine, not more; doubt is never a person."""
    machine = _machine(seen)
    if machine:
        is_unclear = bool(seen.pressed) and len(machine) == 1
        return Verdict(Opened.UNCLEAR if is_unclear else Opened.MACHINE, machine)
    doubts = _doubts(seen)
    if doubts:
        return Verdict(Opened.UNCLEAR, doubts)
    return Verdict(Opened.HUMAN, ("pressed",) if seen.pressed else ("read",))


def _machine(seen: Evidence) -> tuple[str, ...]:
    hints = {
        "scanner": bool(_SCANNERS.search(seen.agent)) or not seen.agent.strip(),
        "headless": seen.is_driven or bool(_HEADLESS.search(seen.agent)),
        "too-fast": seen.since_shown < SHORTEST_READ,
        "many-links": seen.links >= MANY_LINKS,
    }
    return tuple(name for name, is_so in hints.items() if is_so)


def _doubts(seen: Evidence) -> tuple[str, ...]:
    hints = {
        "too-early": seen.since_sent < SHORTEST_WAY,
        "no-sign": not seen.pressed and not seen.signs & SURE_SIGNS,
        "short": not seen.pressed and seen.seconds < SHORTEST_LOOK,
    }
    return tuple(name for name, is_so in hints.items() if is_so)


ORDER = {Opened.MACHINE: 0, Opened.UNCLEAR: 1, Opened.HUMAN: 2}


def better(before: Verdict, now: Verdict) -> Verdict:
    """What a page that tells more than once is classed as: what it proved stays proved."""
    return now if ORDER[now.opened] > ORDER[before.opened] else before


class Seen(Protocol):
    """What counting needs to know of a visit."""

    @property
    def on(self) -> date: ...
    @property
    def visitor(self) -> str: ...
    @property
    def opened(self) -> Opened: ...


@dataclass(frozen=True)
class People:
    """How many people it was: no fewer than `least`, no more than `most`; and how many visits were machines'."""

    least: int = 0
    most: int = 0
    machines: int = 0


def people(visits: Iterable[Seen]) -> People:
    """Count visitors. They are told apart within a day and not beyond: the same person may come on Monday and on
    Thursday. So sure is the largest number of people of any one day; possible are all of all days, the unclear too."""
    sure: dict[date, set[str]] = defaultdict(set)
    possible: dict[date, set[str]] = defaultdict(set)
    machines = 0
    for visit in visits:
        if visit.opened is Opened.MACHINE:
            machines += 1
            continue
        possible[visit.on].add(visit.visitor)
        if visit.opened is Opened.HUMAN:
            sure[visit.on].add(visit.visitor)
    return People(
        max((len(day) for day in sure.values()), default=0), sum(len(day) for day in possible.values()), machines
    )


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def said(count: People) -> str:
    """The interval in words: 'one to three people, sure of one'."""
    if not count.most:
        return "nobody yet"
    if count.least == count.most:
        return _people(count.most)
    if not count.least:
        return f"perhaps {_people(count.most)}, sure of none"
    return f"{_number(count.least)} to {_people(count.most)}, sure of {_number(count.least)}"


def said_machines(count: People) -> str:
    """The visits that don't count, in words; nothing where there were none."""
    if not count.machines:
        return ""
    return f"{_number(count.machines)} {'visit' if count.machines == 1 else 'visits'} by machines, not counted"


def _number(n: int) -> str:
    return NUMBERS[n] if n < len(NUMBERS) else f"{n:,}"


def _people(n: int) -> str:
    return f"{_number(n)} {'person' if n == 1 else 'people'}"
