"""What a file offers to log: with whom, on which day, and what it was about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.network.models import ChannelKind, TouchKind

LONGEST = 200


@dataclass(frozen=True)
class Met:
    """Somebody whom a file names."""

    name: str = ""
    mail: str = ""
    phone: str = ""

    @property
    def ways(self) -> list[tuple[ChannelKind, str]]:
        """How to reach them."""
        given = ((ChannelKind.MAIL, self.mail), (ChannelKind.PHONE, self.phone))
        return [(kind, value) for kind, value in given if value]


@dataclass(frozen=True)
class Offer:
    """One touch that a file may tell of."""

    kind: TouchKind
    people: tuple[Met, ...]
    happened_on: date | None = None
    note: str = ""
    organisation: str = ""


def tidy(text: object) -> str:
    """One line of words that a form takes."""
    kept = "".join(one for one in str(text) if one.isprintable() or one.isspace())
    return " ".join(kept.encode("utf-8", "ignore").decode().split())[:LONGEST]


def person(name: object, mail: object = "", phone: object = "") -> Met:
    """Somebody, called by their address where no name is given."""
    address = tidy(mail).casefold().removeprefix("mailto:")
    address = address if "@" in address and " " not in address else ""
    said = tidy(name).strip("'\" ")
    if not said or said.casefold() == address:
        said = address.partition("@")[0].replace(".", " ").replace("_", " ").title()
    return Met(said, address, tidy(phone))


def without(people: Iterable[Met], mail: str) -> tuple[Met, ...]:
    """The others, each once."""
    kept = {one.mail or one.name: one for one in people if (one.name or one.mail) and one.mail != mail.casefold()}
    return tuple(kept.values())[:20]
