"""Finding in an address book whom a card means: by number, mail, profile page, phone, and by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from portal.address_book import merging, names
from portal.address_book.cards import Card
from portal.address_book.merging import Entry, Way
from portal.network import identity
from portal.network.models import ChannelKind


class By(StrEnum):
    """What gives somebody away."""

    NUMBER = "number"
    MAIL = "mail"
    PROFILE = "profile"
    PHONE = "phone"
    NAME = "name"


BY = {ChannelKind.MAIL: By.MAIL, ChannelKind.WEB: By.PROFILE, ChannelKind.PHONE: By.PHONE}
SUREST = {By.MAIL: 1, By.PROFILE: 2, By.PHONE: 3}


@dataclass(frozen=True)
class Found:
    """Whom a card may mean."""

    entry: Entry
    by: By
    is_sure: bool
    is_waiting: bool = False
    """Whether that is only a row of the file that its owner has not decided on."""


class Book:
    """An address book with its indexes. What a file adds is found by the rows below it."""

    def __init__(self, entries: Iterable[Entry]):
        self.by_id: dict[int, Entry] = {}
        self._by_key: dict[tuple[By, str], list[Entry]] = {}
        self._by_name: dict[str, list[Entry]] = {}
        self._by_organisation: dict[str, list[Entry]] = {}
        self._organisations: dict[str, list[str]] = {}
        self._waiting: dict[tuple[By, str], list[Entry]] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take somebody in."""
        if entry.id is not None:
            self.by_id[entry.id] = entry
        self.learn(entry, entry.ways)
        self.learn_name(entry)

    def learn(self, entry: Entry, ways: Iterable[Way]) -> None:
        """Find somebody by more ways."""
        for key in _keys(ways):
            self._by_key.setdefault(key, []).append(entry)

    def learn_name(self, entry: Entry) -> None:
        """Find somebody by what their name and organisation are now."""
        self._by_name.setdefault(names.plain_name(entry.facts["name"]), []).append(entry)
        if plain := names.plain_organisation(entry.facts.get("organisation") or ""):
            if plain not in self._by_organisation:
                self._organisations.setdefault(plain[:1], []).append(plain)
            self._by_organisation.setdefault(plain, []).append(entry)

    def wait(self, entry: Entry) -> None:
        """Know of a row that nobody decided on: what is like it can't be decided either, or the same file would do more
        when it comes again."""
        for key in _keys(entry.ways):
            self._waiting.setdefault(key, []).append(entry)

    def waiting_like(self, card: Card, meant: Entry | None) -> Found | None:
        """An undecided row that is reached as this card is, and may be the same person."""
        for by, key in _keys(card.channels):
            for entry in self._waiting.get((by, key), ()):
                if _alike(card, entry) or (meant and _plain_alike(entry, meant)):
                    return Found(entry, by, False, is_waiting=True)
        return None

    def find(self, card: Card) -> Found | None:
        """Whom a card means, the surest first."""
        return self._by_number(card) or self._by_ways(card) or self._by_its_name(card)

    def _by_number(self, card: Card) -> Found | None:
        entry = self.by_id.get(card.number) if card.number else None
        # The number may come from another network, where it was somebody else's.
        return Found(entry, By.NUMBER, True) if entry and _alike(card, entry) else None

    def _by_ways(self, card: Card) -> Found | None:
        sure: list[Found] = []
        doubtful: Found | None = None
        for by, key in _keys(card.channels):
            for entry in self._by_key.get((by, key), ()):
                if _are_two(card, entry):
                    continue
                if _alike(card, entry):
                    sure.append(Found(entry, by, True))
                # A phone that is shared by other names is a switchboard; a mail address makes one ask.
                elif by != By.PHONE:
                    doubtful = doubtful or Found(entry, by, False)
        # Of several, the one that knows all this already: the same file again then changes nobody.
        return next((found for found in sure if len(sure) > 1 and says_nothing(found.entry, card)), None) or (
            sure[0] if sure else doubtful
        )

    def _by_its_name(self, card: Card) -> Found | None:
        plain = names.plain_name(card.name)
        candidates = [entry for entry in self._by_name.get(plain, ()) if not _are_apart(card, entry)]
        for entry in candidates:
            if says_nothing(entry, card):
                return Found(entry, By.NAME, True)
        if candidates:
            return Found(max(candidates, key=lambda entry: _at_one_place(card, entry)), By.NAME, False)
        return self._by_a_like_name(card, plain)

    def _by_a_like_name(self, card: Card, plain: str) -> Found | None:
        """Nearly the same name at nearly the same organisation; elsewhere there are too many to ask about."""
        organisation = names.plain_organisation(card.organisation)
        for place in names.near(organisation, self._organisations.get(organisation[:1], ())):
            for entry in self._by_organisation[place]:
                other = names.plain_name(entry.facts["name"])
                if names.are_alike(plain, other, least=names.VERY_ALIKE) and not _are_apart(card, entry):
                    return Found(entry, By.NAME, False)
        return None


def _keys(ways: Iterable[Way]) -> list[tuple[By, str]]:
    """What somebody is found by, the surest first."""
    return sorted((key for way in ways if (key := _key(way))), key=lambda key: SUREST[key[0]])


@lru_cache(maxsize=100_000)
def _key(way: Way) -> tuple[By, str] | None:
    kind, value = way
    plain = merging.profile(value) if kind == ChannelKind.WEB else identity.normalised(kind, value)
    return (BY[kind], plain) if plain else None


def says_nothing(entry: Entry, card: Card) -> bool:
    """Whether a card says nothing that isn't known of somebody."""
    change = merging.merge(entry, card, picks={}, takes="here")
    return change.is_nothing and not change.differs


def _plain_alike(one: Entry, other: Entry) -> bool:
    return names.are_alike(names.plain_name(one.facts["name"]), names.plain_name(other.facts["name"]))


def _alike(card: Card, entry: Entry) -> bool:
    return names.are_alike(names.plain_name(card.name), names.plain_name(entry.facts["name"]))


def _are_two(card: Card, entry: Entry) -> bool:
    """Whether the file itself says that these are two people."""
    return bool(card.number and entry.number and card.number != entry.number)


def _are_apart(card: Card, entry: Entry) -> bool:
    """Whether these are two people of one name: the file says so, or each has a profile page of their own."""
    mine = {page for kind, value in card.channels if kind == ChannelKind.WEB and (page := merging.profile(value))}
    theirs = {page for kind, value in entry.ways if kind == ChannelKind.WEB and (page := merging.profile(value))}
    return _are_two(card, entry) or bool(mine and theirs and mine.isdisjoint(theirs))


def _at_one_place(card: Card, entry: Entry) -> bool:
    return names.are_one_organisation(
        names.plain_organisation(card.organisation), names.plain_organisation(entry.facts.get("organisation", ""))
    )
