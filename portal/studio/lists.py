"""The studio's lists: where every item stands, narrowed by words, kind, owner and practice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, true

from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.library.freshness import SOON
from portal.library.kinds import KINDS
from portal.library.models import IS_READABLE, STATE_NOW, Item, ItemState, ItemTag, Revision, Step

LISTS = {
    "drafts": "Drafts",
    "in-review": "In review",
    "scheduled": "Scheduled",
    "published": "Published",
    "under-review": "Under review",
    "soon": "Review soon",
    "overdue": "Review overdue",
    "unowned": "Without an owner",
    "expired": "Expired",
    "archived": "Archived",
}
"""In the order of an item's life."""
BY_REVIEW = {"soon", "overdue"}
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class Sieve:
    """What a list is narrowed by."""

    words: str = ""
    kind: str = ""
    owner: int | None = None
    practice: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Sieve":
        """From a query string; anything odd narrows nothing."""
        owner = given.get("owner", "")
        return cls(
            " ".join(given.get("words", "").replace("\x00", " ").split())[:100],
            given.get("kind", "") if given.get("kind", "") in set(map(str, KINDS)) else "",
            int(owner) if owner.isascii() and owner.isdigit() and len(owner) <= 9 else None,
            given.get("practice", "")[:60].replace("\x00", ""),
        )

    @property
    def condition(self) -> ColumnElement[bool]:
        """Which items are left."""
        found: list[Any] = [true()]
        found += [Revision.title.icontains(word, autoescape=True) for word in self.words.split()[:8]]
        if self.kind:
            found.append(Item.kind == self.kind)
        if self.owner is not None:
            found.append(Item.owner_id == self.owner)
        if self.practice:
            tagged = (ItemTag.item_id == Item.id, ItemTag.facet == "practice", ItemTag.value == self.practice)
            found.append(exists().where(*tagged))
        return and_(*found)


def conditions(today: date) -> dict[str, ColumnElement[bool]]:
    """Which items each list has."""
    is_here = Item.state != ItemState.ARCHIVED
    return {
        "drafts": and_(is_here, Item.step == Step.DRAFT),
        "in-review": and_(is_here, Item.step == Step.IN_REVIEW),
        "scheduled": and_(is_here, Item.step == Step.SCHEDULED),
        "published": and_(IS_READABLE, Item.state == ItemState.PUBLISHED),
        "under-review": and_(IS_READABLE, Item.state == ItemState.UNDER_REVIEW),
        "soon": and_(IS_READABLE, Item.review_on >= today, Item.review_on <= today + SOON),
        "overdue": and_(IS_READABLE, Item.review_on < today),
        "unowned": and_(is_here, or_(Item.owner_id.is_(None), Person.is_active.is_(False))),
        "expired": STATE_NOW == ItemState.EXPIRED,
        "archived": Item.state == ItemState.ARCHIVED,
    }


def _rows() -> Any:
    return (
        select(
            Item.id,
            Item.key,
            Item.kind,
            STATE_NOW.label("state"),
            Item.step,
            Item.review_on,
            Item.publish_at,
            Item.expires_at,
            Item.published_at,
            Item.revised_at,
            Item.revision,
            Item.published_revision,
            Revision.title,
            Person.name.label("owner"),
        )
        .join(Revision, and_(Revision.item_id == Item.id, Revision.number == Item.revision))
        .outerjoin(Person, Person.id == Item.owner_id)
    )


def listed(show: str, sieve: Sieve, today: date) -> Any:
    """One of the lists: what is to be looked at by its date, what is scheduled by its moment, the rest newest first."""
    order: Any = Item.revised_at.desc()
    if show in BY_REVIEW:
        order = Item.review_on.asc()
    elif show == "scheduled":
        order = Item.publish_at.asc()
    return _rows().where(conditions(today)[show], sieve.condition).order_by(order, Item.id.desc())


def how_many(sieve: Sieve, today: date) -> dict[str, int]:
    """How long each list is."""
    counted = [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in conditions(today).items()]
    newest = and_(Revision.item_id == Item.id, Revision.number == Item.revision)
    found = select(*counted).select_from(Item).join(Revision, newest).outerjoin(Person, Person.id == Item.owner_id)
    row = db.session.execute(found.where(sieve.condition)).one()
    return {name: row._mapping[name] or 0 for name in LISTS}


def owners() -> list[tuple[int, str]]:
    """Who answers for anything."""
    found = select(Person.id, Person.name).where(exists().where(Item.owner_id == Person.id))
    return [(id_, name) for id_, name in db.session.execute(found.order_by(Person.name, Person.id))]


def practices() -> list[tuple[str, str]]:
    """The practices that items are filed under."""
    used = exists().where(ItemTag.facet == "practice", ItemTag.value == Practice.key)
    found = select(Practice.key, Practice.name).where(used).order_by(Practice.path)
    return [(key, name) for key, name in db.session.execute(found)]


def of_owner(viewer: Viewer) -> Any:
    """The items that this person answers for and that are not archived: what is to be looked at first comes first."""
    theirs = (Item.owner_id == viewer.id, Item.state != ItemState.ARCHIVED)
    return _rows().where(*theirs).order_by(Item.review_on.is_(None), Item.review_on, Item.id)
