"""Which items had to do with what, who may see how an item is used, and what items led to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, cast, null, or_, select, union_all
from sqlalchemy.orm import aliased

from portal.access import Can
from portal.accounts.viewer import Viewer
from portal.db import db, rows
from portal.errors import NotFound
from portal.library.models import IS_READABLE, Item, ItemAuthor
from portal.network.models import Contact
from portal.pipeline.models import Direction, Opportunity, StageChange
from portal.pipeline.stages import CLOSED, OPEN
from portal.usage import influence
from portal.usage.influence import Record
from portal.usage.models import How, ItemLink

MOST_LINKS, MOST_OPEN = 20, 100

_before = aliased(StageChange)
_stage_then = (
    select(_before.after)
    .where(_before.opportunity_id == Opportunity.id, _before.at <= ItemLink.at)
    .order_by(_before.id.desc())
    .limit(1)
    .scalar_subquery()
)
"""Where an opportunity stood at the moment of a link."""
_DIRECT = (
    select(ItemLink.item_id, ItemLink.opportunity_id, ItemLink.how)
    .join(Opportunity, Opportunity.id == ItemLink.opportunity_id)
    .where(Opportunity.direction != Direction.GIVEN)
)
_BY_CONTACT = (
    select(ItemLink.item_id, Opportunity.id, ItemLink.how)
    .join(Opportunity, Opportunity.contact_id == ItemLink.contact_id)
    .where(
        or_(ItemLink.opportunity_id.is_(None), ItemLink.how == How.SHARED),
        Opportunity.direction != Direction.GIVEN,
        or_(Opportunity.created_at >= ItemLink.at, _stage_then.not_in(CLOSED)),
    )
)
"""What was shared with a contact counts for their opportunities that were open then, or came later."""
_no_number, _no_words = cast(null(), Integer), cast(null(), String)
_LINKS = (
    select(ItemLink.id, cast(ItemLink.how, String).label("how"), Opportunity.id.label("opportunity_id"))
    .add_columns(Opportunity.organisation.label("organisation"), _no_words.label("kind"))
    .add_columns(Contact.id.label("contact_id"), Contact.name.label("contact"))
    .outerjoin(Opportunity, Opportunity.id == ItemLink.opportunity_id)
    .outerjoin(Contact, Contact.id == ItemLink.contact_id)
    .where(
        ItemLink.item_id == bindparam("item_id"),
        ItemLink.by_id == bindparam("person_id"),
        or_(Opportunity.id.is_not(None), Contact.id.is_not(None)),
    )
    .order_by(ItemLink.id.desc())
    .limit(MOST_LINKS)
)
_OPEN = (
    select(_no_number.label("id"), _no_words.label("how"), Opportunity.id.label("opportunity_id"))
    .add_columns(Opportunity.organisation, cast(Opportunity.kind, String).label("kind"))
    .add_columns(_no_number.label("contact_id"), _no_words.label("contact"))
    .where(Opportunity.owner_id == bindparam("person_id"), Opportunity.stage.in_(OPEN))
    .order_by(Opportunity.changed_at.desc(), Opportunity.id.desc())
    .limit(MOST_OPEN)
)
_OWN = union_all(*(select(part.subquery()) for part in (_LINKS, _OPEN)))
"""Both with one statement: every reading page asks for them."""
_OF_OPPORTUNITY = (
    select(ItemLink.id, ItemLink.how, ItemLink.said_by, ItemLink.words, ItemLink.at, ItemLink.by_id)
    .add_columns(Item.key, Item.title, Item.kind)
    .join(Item, Item.id == ItemLink.item_id)
    .where(ItemLink.opportunity_id == bindparam("opportunity_id"))
    .order_by(ItemLink.id.desc())
)


@dataclass(frozen=True)
class LedTo:
    """What is on record behind an item: opportunities, each counted once under the strongest record."""

    linked: int = 0
    named: int = 0


def records(item_ids: Sequence[int] | None = None) -> list[Record]:
    """What is on record: of these items, or of all. The firm's own opportunities alone count."""
    parts = [_DIRECT, _BY_CONTACT]
    if item_ids is not None:
        parts = [part.where(ItemLink.item_id.in_(item_ids)) for part in parts]
    found = db.session.execute(union_all(*parts))
    return [Record(item_id, opportunity_id or 0, how == How.NAMED) for item_id, opportunity_id, how in found]


def led_to(item_ids: Sequence[int]) -> dict[int, LedTo]:
    """By item: the opportunities it is linked to; items without any are missing."""
    found = influence.behind(records(item_ids))
    return {item_id: LedTo(len(of) - sum(of.values()), sum(of.values())) for item_id, of in found.items()}


@dataclass(frozen=True)
class Own:
    """What one person has to do with an item."""

    links: list[Any]
    """With what they used or shared it, the latest first: id, how, and the opportunity or the contact."""
    open: list[Any]
    """Their open opportunities to choose from, the latest changed first: opportunity_id, organisation, kind."""


def own(viewer: Viewer, item_id: int) -> Own:
    """With what somebody used an item, and with what else they might have."""
    found = list(rows(_OWN, item_id=item_id, person_id=viewer.id))
    return Own([row for row in found if row.id is not None], [row for row in found if row.id is None])


def used_with(opportunity: Opportunity) -> list[Any]:
    """What was used with an opportunity that the caller may see: id, how, said_by, words, at, by_id, and the item."""
    return list(rows(_OF_OPPORTUNITY, opportunity_id=opportunity.id))


def key_of(item_id: int) -> str:
    """The key of an item, for its address."""
    return db.session.scalar(select(Item.key).where(Item.id == item_id)) or ""


def link_by(viewer: Viewer, link_id: int) -> ItemLink:
    """A link that this person made."""
    found = db.session.scalar(select(ItemLink).where(ItemLink.id == link_id, ItemLink.by_id == viewer.id))
    if found is None:
        raise NotFound
    return found


def watched_by(viewer: Viewer) -> Select[Item]:
    """The items whose usage this person may see: their own, those they wrote, and for those who publish all."""
    if Can.PUBLISH in viewer.powers:
        return select(Item)
    return select(Item).where(or_(Item.owner_id == viewer.id, Item.id.in_(_written_by(viewer))))


def item_watched_by(viewer: Viewer, item_id: int) -> Item:
    """One item whose usage this person may see."""
    found = db.session.scalar(watched_by(viewer).where(Item.id == item_id))
    if found is None:
        raise NotFound
    return found


def own_items(viewer: Viewer) -> Select[Item]:
    """What this person wrote or looks after, the newest first."""
    mine = or_(Item.owner_id == viewer.id, Item.id.in_(_written_by(viewer)))
    return select(Item).where(mine).order_by(Item.published_at.desc(), Item.id.desc())


def own_ids(viewer: Viewer) -> list[int]:
    """The numbers of all that this person wrote or looks after."""
    return list(db.session.scalars(own_items(viewer).with_only_columns(Item.id).order_by(None)))


def written_among(viewer: Viewer, item_ids: Iterable[int]) -> set[int]:
    """Those of these items that this person wrote."""
    return set(db.session.scalars(_written_by(viewer).where(ItemAuthor.item_id.in_(list(item_ids)))))


def _written_by(viewer: Viewer) -> Any:
    return select(ItemAuthor.item_id).where(ItemAuthor.person_id == viewer.id)


def readable(item_id: int) -> Item:
    """An item that everybody may open."""
    found = db.session.scalar(select(Item).where(Item.id == item_id, IS_READABLE))
    if found is None:
        raise NotFound
    return found


def titled(words: str) -> list[int]:
    """The items with exactly this title; for those who typed it without choosing."""
    return list(db.session.scalars(select(Item.id).where(IS_READABLE, Item.title == words.strip()).limit(2)))
