"""The address book as a table that our own import takes back."""

from collections.abc import Iterable, Sequence
from typing import Any

from portal.address_book.columns import FIELDS
from portal.address_book.queries import Person
from portal.network.models import ChannelKind
from portal.sheets import DANGEROUS

FACTS = ("number", "name", "organisation", "position", "relation", "tier", "pace", "rhythm_days", "last_touch_on")
WAYS = {"mail": ChannelKind.MAIL, "phone": ChannelKind.PHONE, "web": ChannelKind.WEB, "post": ChannelKind.POST}
WORDS = ("tags", "how_met", "cares_about", "notes")
START = ("name", "organisation", "position", "relation", "mail", "phone", "web", "how_met", "notes")
"""The columns of the file to start from."""
EXAMPLE = (
    "Ruta Palmgren",
    "Larchmoor Foods",
    "Finance director",
    "client",
    "ruta.palmgren@larchmoor.example",
    "+44 20 7946 0018",
    "",
    "At the breakfast of the trade body",
    "Delete this row before you import",
)


def head_and_rows(people: Iterable[Person]) -> tuple[list[str], list[list[Any]]]:
    """The headings and cells; somebody with three mail addresses gets three columns of them."""
    everyone = list(people)
    ways = [_by_kind(person) for person in everyone]
    most = {kind: max((len(each[kind]) for each in ways), default=0) or 1 for kind in ChannelKind}
    head = [FIELDS[name] for name in FACTS]
    for name, kind in WAYS.items():
        head += [FIELDS[name] if place == 1 else f"{FIELDS[name]} {place}" for place in range(1, most[kind] + 1)]
    head += [FIELDS[name] for name in WORDS]
    return head, [_row(person, each, most) for person, each in zip(everyone, ways, strict=True)]


def _by_kind(person: Person) -> dict[ChannelKind, list[str]]:
    return {kind: [value for each, value in person.ways if each == kind] for kind in ChannelKind}


def _row(person: Person, ways: dict[ChannelKind, list[str]], most: dict[ChannelKind, int]) -> list[Any]:
    facts = [_fact(person, name) for name in FACTS]
    reached = [guarded(value) for kind in WAYS.values() for value in _padded(ways[kind], most[kind])]
    tags = "; ".join(person.tags)
    return [*facts, *reached, *(guarded(text) for text in (tags, person.how_met, person.cares_about, person.notes))]


def _fact(person: Person, name: str) -> Any:
    if name == "number":
        return person.id
    value = getattr(person, name)
    if isinstance(value, str):
        return guarded(str(value))
    return "" if value is None else value.isoformat() if name == "last_touch_on" else value


def _padded(values: Sequence[str], most: int) -> list[str]:
    return [*values, *[""] * (most - len(values))]


def guarded(text: str) -> str:
    """A cell whose own apostrophe before something that looks like a formula is not taken for ours."""
    return f"'{text}" if text.startswith("'") and text.lstrip("'").startswith(DANGEROUS) else text
