"""Putting what a card says beside what is known: what is empty is filled, ways are united, and where both say something
else, the owner chooses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from portal.address_book.cards import Card
from portal.network import identity
from portal.network.models import ChannelKind

LONG = ("how_met", "cares_about", "notes")
"""Texts of which both can be kept, one below the other."""
FACTS = ("name", "organisation", "position", *LONG, "relation", "tier", "pace", "rhythm_days")

Way = tuple[ChannelKind, str]
PROFILE = re.compile(r"(?:https?://)?(?:[\w-]+\.)?(linkedin\.com/(?:in|pub)/|xing\.com/profile/)([^?#/\s]+)", re.I)


@dataclass(slots=True)
class Entry:
    """Somebody in the address book: here already, or about to be."""

    id: int | None
    facts: dict[str, Any]
    tags: list[str]
    ways: list[Way]
    line: int | None = None
    """The row of this file that makes them; empty for those who are here."""
    number: int | None = None
    """The number that the file gives them."""
    extra: dict[str, Any] = field(default_factory=dict)
    """What is kept with a new one beside the facts."""


@dataclass(frozen=True)
class Merge:
    """What a card changes in an entry."""

    facts: dict[str, Any]
    tags: list[str]
    ways: list[Way]
    differs: list[tuple[str, str, str]]
    """Field, the words here, the words of the card; whatever was picked."""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing would change."""
        return not (self.facts or self.tags or self.ways)


def merge(entry: Entry, card: Card, *, picks: Mapping[str, str], takes: str) -> Merge:
    """What the card brings; `takes` says whose word counts where nothing was picked: 'here' or 'file'."""
    facts: dict[str, Any] = {}
    differs: list[tuple[str, str, str]] = []
    for name in FACTS:
        here, there = entry.facts.get(name), said(card, name)
        if not there or _same(name, here, there):
            continue
        if not here or (name in LONG and _spaced(here) in _spaced(there)):
            facts[name] = there
            continue
        differs.append((name, str(here), str(there)))
        pick = picks.get(name, takes)
        if pick == "file":
            facts[name] = there
        elif pick == "both" and name in LONG:
            facts[name] = f"{here}\n\n{there}"
    if not entry.facts.get("how_met") and not facts.get("how_met") and card.met:
        facts["how_met"] = card.met
    known = {key for way in entry.ways for key in keys(way)}
    return Merge(
        facts,
        [tag for tag in card.tags if tag.casefold() not in {each.casefold() for each in entry.tags}],
        [way for way in card.channels if known.isdisjoint(keys(way))],
        differs,
    )


def apply(entry: Entry, change: Merge) -> None:
    """Let an entry say what the merge brings."""
    entry.facts.update(change.facts)
    entry.tags = [*entry.tags, *change.tags]
    entry.ways = [*entry.ways, *change.ways]


def said(card: Card, name: str) -> Any:
    """What a card says of a field."""
    return getattr(card, name)


@lru_cache(maxsize=100_000)
def keys(way: Way) -> tuple[str, ...]:
    """By what two ways are the same: the number or address in one spelling, else the words."""
    kind, value = way
    plain = identity.normalised(kind, value)
    if kind == ChannelKind.WEB:
        plain = profile(value) or re.sub(r"^https?://(www\.)?|/+$", "", value.strip().casefold())
    return (f"{kind}:{plain or _spaced(value)}",)


def profile(value: str) -> str:
    """The one profile page that a web address leads to; empty for any other page."""
    found = PROFILE.match(value.strip())
    return f"{found[1]}{unquote(found[2])}".casefold() if found else ""


def _same(name: str, here: Any, there: Any) -> bool:
    if not here:
        return False
    if name in LONG:
        return _spaced(str(there)) in _spaced(str(here))
    return _spaced(str(here)) == _spaced(str(there))


def _spaced(text: str) -> str:
    return " ".join(text.casefold().split())
