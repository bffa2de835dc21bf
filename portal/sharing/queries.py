"""Links as their sender sees them; nobody else sees one, leaders see the counts of items only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound
from portal.library.beside import Beside as BesideItem
from portal.library.models import IS_READABLE, Item
from portal.network.beside import Beside
from portal.network.models import Channel, ChannelKind, Contact
from portal.pipeline import queries as pipeline
from portal.pipeline.beside import Beside as BesideOpportunity
from portal.pipeline.models import Opportunity
from portal.pipeline.stages import OPEN
from portal.sharing import opens, visiting
from portal.sharing.models import Share, SharedItem, Visit
from portal.sharing.opens import People
from portal.sharing.services import why_internal
from portal.sharing.visiting import Piece

MOST_OFFERED = 100


@dataclass(frozen=True)
class Row:
    """A link in the sender's list."""

    share: Share
    whom: str
    pieces: list[Piece]
    people: People
    standing: str
    """open, revoked, expired, or gone: whom it was made for isn't there any more."""

    @property
    def title(self) -> str:
        """What the sender knows it by."""
        return self.share.title or (self.pieces[0].item.title if self.pieces else "Nothing in it")

    @property
    def notices(self) -> list[Piece]:
        """What visitors see a notice for."""
        return [piece for piece in self.pieces if piece.shown.is_notice]


def visible_to(viewer: Viewer) -> Select[Share]:
    """The links this person may see: their own. Every other query starts here."""
    return select(Share).where(Share.owner_id == viewer.id).order_by(Share.made_at.desc(), Share.id.desc())


def share_for(viewer: Viewer, share_id: int) -> Share:
    """One link of this person."""
    found = visible_to(viewer).where(Share.id == share_id)
    row = db.session.scalar(found.options(joinedload(Share.owner).joinedload(Person.practice)))
    if row is None:
        raise NotFound
    return row


def shared_item(share: Share, item_id: int) -> SharedItem:
    """An item that is, or was, in a link."""
    row = db.session.scalar(select(SharedItem).where(SharedItem.share_id == share.id, SharedItem.item_id == item_id))
    if row is None:
        raise NotFound
    return row


def removed(share: Share) -> list[Any]:
    """What was taken out of a room: id and title of each item."""
    found = (
        select(Item.id, Item.title)
        .join(SharedItem, SharedItem.item_id == Item.id)
        .where(SharedItem.share_id == share.id, SharedItem.removed_at.is_not(None))
        .order_by(SharedItem.removed_at.desc())
    )
    return list(db.session.execute(found))


def described(viewer: Viewer, shares: Sequence[Share], now: datetime) -> list[Row]:
    """Links with what is in them, for whom they are, and who opened them."""
    if not shares:
        return []
    names, visits = whom(viewer, shares), _visits([share.id for share in shares])
    inside = visiting.pieces(shares)
    return [
        Row(
            share,
            names.get(share.id, ""),
            inside.get(share.id, []),
            opens.people(visits.get(share.id, [])),
            standing(share, now),
        )
        for share in shares
    ]


def standing(share: Share, now: datetime) -> str:
    """Whether a link is open, and if not, why."""
    if share.revoked_at is not None:
        return "revoked"
    if share.expires_at <= now:
        return "expired"
    return "open" if visiting.is_open(share, now) else "gone"


def whom(viewer: Viewer, shares: Sequence[Share]) -> dict[int, str]:
    """By link: for whom it was made, as this person knows them."""
    found = (
        select(Share.id, Contact.name, Opportunity.organisation)
        .outerjoin(Contact, (Contact.id == Share.contact_id) & (Contact.owner_id == viewer.id))
        # What was handed over is the colleague's now, and so is whatever they call it.
        .outerjoin(Opportunity, (Opportunity.id == Share.opportunity_id) & (Opportunity.owner_id == viewer.id))
        .where(Share.id.in_([share.id for share in shares]))
    )
    return {
        number: ", ".join(name for name in (contact, organisation) if name)
        for number, contact, organisation in db.session.execute(found)
    }


def by_item(share: Share) -> dict[int | None, People]:
    """Who looked at each item of a link; under None at the list of a room."""
    found: dict[int | None, list[Any]] = defaultdict(list)
    for visit in _visits([share.id]).get(share.id, []):
        found[visit.item_id].append(visit)
    return {item_id: opens.people(visits) for item_id, visits in found.items()}


def latest(share: Share, most: int = 30) -> list[Visit]:
    """The visits that were counted last, newest first."""
    found = select(Visit).where(Visit.share_id == share.id).order_by(Visit.at.desc(), Visit.id.desc()).limit(most)
    return list(db.session.scalars(found))


def opportunities(viewer: Viewer) -> list[tuple[int, str]]:
    """This person's opportunities that are under way, for a field to choose from."""
    found = pipeline.visible_to(viewer).where(Opportunity.stage.in_(OPEN)).order_by(Opportunity.organisation)
    rows = db.session.scalars(found.limit(MOST_OFFERED))
    return [(row.id, f"{row.organisation}{', ' + row.service if row.service else ''}") for row in rows]


def item_or_none(words: str, key: str) -> Item | None:
    """The published item with this key, or else with exactly this title."""
    readable = select(Item).where(IS_READABLE)
    found = db.session.scalar(readable.where(Item.key == key)) if key else None
    if found is not None and words.casefold() in {"", found.title.casefold()}:
        return found
    same = list(db.session.scalars(readable.where(func.lower(Item.title) == words.lower()).limit(2))) if words else []
    return same[0] if len(same) == 1 else None


def mail_of(viewer: Viewer, share: Share) -> str:
    """The first mail address of the contact a link is for; empty where there is none."""
    found = (
        select(Channel.value)
        .join(Contact, Contact.id == Channel.contact_id)
        .where(Contact.id == share.contact_id, Contact.owner_id == viewer.id, Channel.kind == ChannelKind.MAIL)
        .order_by(Channel.id)
        .limit(1)
    )
    return db.session.scalar(found) or ""


def last_reach(viewer: Viewer) -> str:
    """How this person said last that visitors reach them."""
    found = visible_to(viewer).where(Share.reach != "").with_only_columns(Share.reach)
    return db.session.scalar(found.limit(1)) or ""


def beside_item(viewer: Viewer, item: Any) -> BesideItem | None:
    """On an item's page: the way to share it, or why it can't be."""
    if item.state not in {"published", "under-review"}:
        return None
    return BesideItem("sharing/_beside_item.html", {"reason": why_internal(item.kind, item.is_internal)})


def beside_contact(viewer: Viewer, contact_id: int) -> list[Beside]:
    """On a contact's page: what was sent to them, whether it was opened, and the way to send something."""
    return _beside(viewer, Share.contact_id == contact_id, f"/shares/new?contact={contact_id}")


def beside_opportunity(viewer: Viewer, opportunity: Opportunity) -> BesideOpportunity:
    """The same on an opportunity's page."""
    links = _beside(viewer, Share.opportunity_id == opportunity.id, f"/shares/new?opportunity={opportunity.id}")
    return BesideOpportunity("sharing/_on_opportunity.html", {"links": links})


def _beside(viewer: Viewer, whose: Any, address: str) -> list[Beside]:
    first = (
        select(Item.title)
        .join(SharedItem, SharedItem.item_id == Item.id)
        .where(SharedItem.share_id == Share.id, SharedItem.removed_at.is_(None))
        .order_by(SharedItem.position)
        .limit(1)
        .scalar_subquery()
    )
    found = visible_to(viewer).where(whose).limit(5)
    rows = db.session.execute(
        found.with_only_columns(Share.id, Share.title, first, Share.first_opened_at, Share.answered_at)
    )
    told = [
        Beside(_said(title or item or "A link", opened_at, answered_at), f"/shares/{number}")
        for number, title, item, opened_at, answered_at in rows
    ]
    return [*told, Beside("Share something from the library", address)]


def _said(title: str, opened_at: datetime | None, answered_at: datetime | None) -> str:
    if opened_at is None:
        return f"You sent “{title}”: not opened yet"
    return f"They opened “{title}”" + ("" if answered_at else ". Log a touch?")


def _visits(share_ids: Sequence[int]) -> dict[int, list[Any]]:
    """The visits of links, as far as counting people needs them: one row for each visitor, day and class."""
    found = (
        select(Visit.share_id, Visit.item_id, Visit.on, Visit.visitor, Visit.opened)
        .where(Visit.share_id.in_(share_ids))
        .order_by(Visit.id)
    )
    by_share: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(found):
        by_share[row.share_id].append(row)
    return by_share
