"""What a file says about one person, whatever kind of file it is."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from portal.network.models import ChannelKind

Ways = tuple[tuple[ChannelKind, str], ...]


@dataclass(frozen=True)
class Card:
    """One person in a file. What is empty was not said."""

    name: str = ""
    organisation: str = ""
    position: str = ""
    channels: Ways = ()
    notes: str = ""
    tags: tuple[str, ...] = ()
    how_met: str = ""
    cares_about: str = ""
    relation: str = ""
    tier: str = ""
    pace: str = ""
    rhythm_days: int | None = None
    connected_on: date | None = None
    """When two people became contacts on LinkedIn; says how they met where nothing better is known."""
    last_touch_on: date | None = None
    number: int | None = None
    """Which contact this was in the network that exported it."""
    line: int = 0
    """Which row of the sheet, or which card of the file; counted from 1."""
    remarks: tuple[str, ...] = ()
    """What of it was left out, in words."""
    wrong: str = ""
    """Why nothing can be made of it; empty for a good one."""

    @property
    def met(self) -> str:
        """How they met, in words."""
        if self.how_met or not self.connected_on:
            return self.how_met
        return f"Connected on LinkedIn in {self.connected_on:%B %Y}"


def kept(card: Card) -> dict[str, Any]:
    """A card as JSON, without what it doesn't say."""
    told = {field.name: getattr(card, field.name) for field in fields(Card)}
    for name in ("connected_on", "last_touch_on"):
        told[name] = told[name] and told[name].isoformat()
    told["channels"] = [[str(kind), value] for kind, value in card.channels]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items() if value}


def read(told: dict[str, Any]) -> Card:
    """A card from its JSON."""
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    for name in ("connected_on", "last_touch_on"):
        if name in values:
            values[name] = date.fromisoformat(values[name])
    values["channels"] = tuple((ChannelKind(kind), value) for kind, value in told.get("channels", ()))
    return Card(**values)
