"""What an import would do with a card: somebody new, more about somebody, a question, nothing, or a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.address_book import merging
from portal.address_book.book import Book, By, Found
from portal.address_book.cards import Card
from portal.address_book.columns import FIELDS
from portal.address_book.merging import Entry, Merge
from portal.address_book.models import Outcome
from portal.network.models import ChannelKind

LONGEST = {"name": 200, "organisation": 200, "position": 200, "how_met": 20_000, "cares_about": 20_000, "notes": 20_000}
LONGEST_WAY = 500
MOST_WAYS = 50
SAID_WAYS = {
    ChannelKind.MAIL: "mail",
    ChannelKind.PHONE: "phone",
    ChannelKind.WEB: "web page",
    ChannelKind.POST: "address",
}
SAID_BY = {
    By.NUMBER: "the same number as in your export",
    By.MAIL: "the same mail address",
    By.PROFILE: "the same profile page",
    By.PHONE: "the same phone number",
    By.NAME: "the same name",
}


@dataclass(frozen=True)
class Planned:
    """What would become of a card."""

    outcome: Outcome
    words: tuple[str, ...] = ()
    found: Found | None = None
    differs: tuple[tuple[str, str, str], ...] = ()


def plan(card: Card, book: Book, *, picks: Mapping[str, str], takes: str) -> Planned:
    """What would become of a card, held against an address book."""
    if reason := wrong(card):
        return Planned(Outcome.REFUSED, (reason,))
    found = book.find(card)
    if found is None:
        waiting = book.waiting_like(card, None)
        return (
            _undecided(waiting, card) if waiting else Planned(Outcome.NEW, (*filter(None, [card.met]), *card.remarks))
        )
    change = merging.merge(found.entry, card, picks=picks, takes=takes)
    told = tuple(change.differs)
    if not found.is_sure:
        return Planned(Outcome.LIKELY, (doubt(found, card), *card.remarks), found, told)
    if not change.is_nothing and (waiting := book.waiting_like(card, found.entry)):
        return _undecided(waiting, card)
    words = (*adds(change), *card.remarks)
    if told:
        return Planned(Outcome.DIFFERS, words, found, told)
    return Planned(Outcome.SAME if change.is_nothing else Outcome.ADDS, words, found)


def _undecided(waiting: Found, card: Card) -> Planned:
    words = f"{SAID_BY[waiting.by].capitalize()} as row {waiting.entry.line}, which isn't decided."
    return Planned(Outcome.LIKELY, (words, *card.remarks), waiting)


def wrong(card: Card) -> str:
    """Why a card can't be brought in; empty if it can."""
    if card.wrong:
        return card.wrong
    if not card.name:
        return "There is no name here, and nothing that could stand for one."
    for field, longest in LONGEST.items():
        if len(getattr(card, field)) > longest:
            return f"{FIELDS[field]} is longer than {longest:,} characters."
    if len(card.channels) > MOST_WAYS:
        return f"There are {len(card.channels)} ways to reach this one; we keep {MOST_WAYS}."
    if any(len(value) > LONGEST_WAY for _, value in card.channels):
        return f"A mail address, phone number or page is longer than {LONGEST_WAY} characters."
    return ""


def adds(change: Merge) -> tuple[str, ...]:
    """What a merge brings, in words."""
    told = {field for field, *_ in change.differs}
    facts = [f"{FIELDS[name]}: {_brief(value)}" for name, value in change.facts.items() if name not in told]
    ways = [f"{SAID_WAYS[kind].capitalize()}: {_brief(value)}" for kind, value in change.ways]
    return (*facts, *ways, *([f"Tags: {', '.join(change.tags)}"] if change.tags else []))


def doubt(found: Found, card: Card) -> str:
    """Why somebody may be the one who is here."""
    name, organisation = found.entry.facts["name"], found.entry.facts.get("organisation")
    by = SAID_BY[found.by] if found.by != By.NAME or name == card.name else "a name that is nearly the same"
    return f"May be {name}{f' of {organisation}' if organisation else ''}: {by}."


def made(card: Card) -> Entry:
    """Somebody new, as the card says."""
    facts = {name: merging.said(card, name) for name in merging.FACTS if merging.said(card, name)}
    facts["how_met"] = card.met
    return Entry(None, facts, list(card.tags), list(card.channels), line=card.line, number=card.number)


def _brief(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 80 else f"{text[:79]}…"
