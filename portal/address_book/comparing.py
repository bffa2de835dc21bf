"""A card beside the contact that it may be, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.address_book import merging
from portal.address_book.cards import Card
from portal.address_book.columns import FIELDS
from portal.address_book.merging import LONG, Entry, Way

SAID_WAYS = {"mail": "Mail", "phone": "Phone", "web": "Web", "post": "Post"}

RULES = {"relation", "tier", "pace", "rhythm_days"}
"""What is only worth comparing where the file says it."""


@dataclass(frozen=True)
class Line:
    """One field of both."""

    field: str
    label: str
    here: str
    there: str
    how: str
    """'same', 'fills', 'kept' where the card says nothing, 'differs' where the owner chooses."""
    pick: str = ""
    may_be_both: bool = False


@dataclass(frozen=True)
class KnownWay:
    """One way to reach somebody, and who knows it."""

    label: str
    value: str
    is_here: bool
    is_there: bool


def lines(entry: Entry, card: Card, *, picks: Mapping[str, str], takes: str) -> list[Line]:
    """The fields that at least one of the two says something of."""
    change = merging.merge(entry, card, picks={}, takes="here")
    differs = {name for name, *_ in change.differs}
    found = []
    for name in merging.FACTS:
        here = str(entry.facts.get(name) or "")
        there = str((card.met if name == "how_met" else merging.said(card, name)) or "")
        if not there and (not here or name in RULES):
            continue
        how = "differs" if name in differs else "fills" if name in change.facts else "same" if there else "kept"
        if how == "same" and name == "how_met" and not card.how_met:
            how = "kept"
        found.append(Line(name, FIELDS[name], here, there, how, picks.get(name, takes), name in LONG))
    return found


def ways(entry: Entry, card: Card) -> list[KnownWay]:
    """All ways to reach somebody, whoever knows them."""
    mine = {key for way in entry.ways for key in merging.keys(way)}
    theirs = {key for way in card.channels for key in merging.keys(way)}
    return [
        *(_way(way, True, not theirs.isdisjoint(merging.keys(way))) for way in entry.ways),
        *(_way(way, False, True) for way in card.channels if mine.isdisjoint(merging.keys(way))),
    ]


def own_lines(card: Card) -> Sequence[tuple[str, str]]:
    """What a card says, for somebody who is new."""
    facts = [(FIELDS[name], str(value)) for name in merging.FACTS if (value := merging.said(card, name))]
    if card.met and not card.how_met:
        facts.append((FIELDS["how_met"], card.met))
    ways = [(SAID_WAYS[kind], value) for kind, value in card.channels]
    return [*facts, *ways, *([("Tags", ", ".join(card.tags))] if card.tags else [])]


def _way(way: Way, is_here: bool, is_there: bool) -> KnownWay:
    return KnownWay(SAID_WAYS[way[0]], way[1], is_here, is_there)
