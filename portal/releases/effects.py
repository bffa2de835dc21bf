"""What a version does to everybody and everything that uses its claims; told before, and kept after."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from portal.accounts.models import Person
from portal.certification import services as certification
from portal.db import db
from portal.drills import services as drills
from portal.library.models import IS_READABLE, Item, ItemTag
from portal.library.services import CLAIM
from portal.message import diff
from portal.message.inheritance import Wording
from portal.message.models import Pitch
from portal.sharing import outside


@dataclass
class Effects:
    """How much a version changed; cards and people are counted over every pitch that got one."""

    new: int = 0
    changed: int = 0
    kept: int = 0
    retired: int = 0
    stale: int = 0
    """Certifications that were current and are stale from now on."""
    people: int = 0
    """People who are told."""
    pitches: list[str] = field(default_factory=list)
    """Titles of the pitches that inherit from this one and got a version too."""
    items: list[list[str]] = field(default_factory=list)
    """Key and title of each published item that says it uses a claim which changed or went."""
    links: list[list[str | int]] = field(default_factory=list)
    """Key and title of each item that open links show with such a claim, and how many links; never whose."""

    def kept_as(self) -> dict[str, object]:
        """As a row keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class Change:
    """One pitch before and after."""

    pitch: Pitch
    before: Sequence[Wording]
    after: Sequence[Wording]


def follow(changes: Sequence[Change], practices: Iterable[int], *, now: datetime) -> Effects:
    """Bring cards and certifications in line with what is said now, and count what that did."""
    effects = Effects(pitches=[change.pitch.title for change in changes[1:]])
    for change in changes:
        for outcome, n in drills.refresh_pitch_deck(change.pitch, change.after, now=now).items():
            setattr(effects, outcome, getattr(effects, outcome) + n)
        effects.stale += certification.pitch_changed(change.pitch.id, now)
    touched = _touched(changes)
    effects.items, effects.links = _items(touched), outside.links_using(touched, now)
    effects.people = db.session.scalar(select(func.count()).select_from(Person).where(are_told(practices))) or 0
    return effects


def are_told(practices: Iterable[int]) -> ColumnElement[bool]:
    """Who hears of a version: everybody in these practices who is active and has ever come."""
    return Person.is_active & Person.joined_at.is_not(None) & Person.practice_id.in_(sorted(practices))


def _touched(changes: Sequence[Change]) -> set[str]:
    """The claims that are said differently now, or no longer, named like 'firm/opener'."""
    return {
        f"{change.pitch.key}/{told.key}"
        for change in changes
        for told in diff.claims(change.before, change.after)
        if told.state != "new"
    }


def _items(touched: set[str]) -> list[list[str]]:
    """The published items that use one of these claims."""
    if not touched:
        return []
    uses = or_(*(ItemTag.value == value for value in sorted(touched)))
    found = db.session.execute(
        select(Item.key, Item.title)
        .join(ItemTag, ItemTag.item_id == Item.id)
        .where(ItemTag.facet == CLAIM, uses, IS_READABLE)
        .distinct()
        .order_by(Item.title, Item.key)
    )
    return [[key, title] for key, title in found]
