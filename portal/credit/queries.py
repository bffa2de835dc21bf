"""The credit of one opportunity: who may see it, the shares, the postings, and the disputes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload

from portal.accounts import queries as accounts
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.credit import ledger
from portal.credit.models import OPEN, CreditEntry, CreditHead, CreditNews, Dispute, DisputeWord
from portal.db import db
from portal.errors import NotFound
from portal.library.models import Item
from portal.pipeline import origination
from portal.pipeline.models import Direction, Opportunity
from portal.pipeline.origination_models import CreditShare
from portal.pipeline.shares import Holder, Shares


@dataclass(frozen=True)
class Standing:
    """What somebody is to the credit of an opportunity."""

    is_owner: bool
    is_holder: bool
    leads: bool
    """Whether they lead the practice whose work it is."""

    @property
    def may_change(self) -> bool:
        """Whether they may share the credit anew: the owner, and who leads the practice."""
        return self.is_owner or self.leads

    @property
    def may_decide(self) -> bool:
        """Whether they may decide a dispute: who leads the practice and has nothing to gain."""
        return self.leads and not self.is_owner and not self.is_holder


@dataclass(frozen=True)
class Posting:
    """One act: what it added, and what it took away."""

    number: int
    at: datetime
    by: str
    reason: str
    added: list[tuple[Holder, int]] = field(default_factory=list)
    reversed: list[tuple[Holder, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Said:
    """A dispute with its words."""

    dispute: Dispute
    words: Sequence[DisputeWord]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return self.dispute.state in OPEN


def visible_to(viewer: Viewer) -> Select[Opportunity]:
    """The opportunities whose credit this person may see: their own, those they are or were named in, and those of the
    practices they lead. Work that was given away has none. Every other query starts here."""
    is_led = exists().where(Practice.id == Opportunity.practice_id, accounts.below(accounts.led_paths(viewer)))
    is_named = exists().where(CreditShare.opportunity_id == Opportunity.id, CreditShare.person_id == viewer.id)
    was_named = exists().where(CreditEntry.opportunity_id == Opportunity.id, CreditEntry.person_id == viewer.id)
    return select(Opportunity).where(
        Opportunity.direction != Direction.GIVEN,
        or_(Opportunity.owner_id == viewer.id, is_named, was_named, is_led),
    )


def opportunity_for(viewer: Viewer, opportunity_id: int) -> Opportunity:
    """One of them; NotFound hides the rest."""
    found = visible_to(viewer).where(Opportunity.id == opportunity_id).options(joinedload(Opportunity.owner))
    row = db.session.scalar(found)
    if row is None:
        raise NotFound
    return row


def standing(viewer: Viewer, opportunity: Opportunity, shares: Shares) -> Standing:
    """What this person is to an opportunity's credit."""
    leads = select(Practice.id).where(Practice.id == opportunity.practice_id)
    return Standing(
        opportunity.owner_id == viewer.id,
        any(holder.person_id == viewer.id for holder in shares),
        db.session.scalar(leads.where(accounts.below(accounts.led_paths(viewer)))) is not None,
    )


def closed(opportunity_id: int) -> int:
    """The number of the last posting; 0 while the ledger is not opened."""
    found = db.session.scalar(select(CreditHead.posting).where(CreditHead.opportunity_id == opportunity_id))
    return found or 0


def entries(opportunity_id: int) -> list[ledger.Entry]:
    """The ledger of an opportunity."""
    return [
        ledger.Entry(row.id, row.posting, holder_of(row), row.points, row.reverses_id) for row in _lines(opportunity_id)
    ]


def postings(opportunity_id: int) -> list[Posting]:
    """The acts that made the shares what they are, newest first."""
    names: dict[int, str] = {
        id: name
        for id, name in db.session.execute(
            select(Person.id, Person.name)
            .join(CreditEntry, CreditEntry.by_id == Person.id)
            .where(CreditEntry.opportunity_id == opportunity_id)
        )
    }
    found = []
    for number, lines in groupby(_lines(opportunity_id), key=lambda line: line.posting):
        each = list(lines)
        posting = Posting(number, each[0].at, names[each[0].by_id], each[0].reason)
        for line in each:
            (posting.reversed if line.reverses_id else posting.added).append((holder_of(line), line.points))
        found.append(posting)
    return found[::-1]


def disputes(opportunity_id: int) -> list[Said]:
    """The disputes of an opportunity, newest first, each with its words in their order."""
    found = db.session.scalars(
        select(Dispute).where(Dispute.opportunity_id == opportunity_id).order_by(Dispute.id.desc())
    ).all()
    if not found:
        return []
    words = db.session.scalars(
        select(DisputeWord)
        .join(Dispute, Dispute.id == DisputeWord.dispute_id)
        .where(Dispute.opportunity_id == opportunity_id)
        .options(joinedload(DisputeWord.by))
        .order_by(DisputeWord.id)
    ).all()
    return [Said(each, [word for word in words if word.dispute_id == each.id]) for each in found]


def open_dispute(opportunity: Opportunity) -> Dispute | None:
    """The dispute of an opportunity that is still to be decided, if there is one."""
    return db.session.scalar(select(Dispute).where(Dispute.opportunity_id == opportunity.id, Dispute.state.in_(OPEN)))


def dispute_of(opportunity: Opportunity, dispute_id: int) -> Dispute:
    """One dispute of an opportunity, open or closed."""
    found = db.session.scalar(select(Dispute).where(Dispute.opportunity_id == opportunity.id, Dispute.id == dispute_id))
    if found is None:
        raise NotFound
    return found


def names_of(holders: Iterable[Holder]) -> dict[Holder, str]:
    """How the holders are called: people by their names, items by their titles."""
    known = set(holders)
    people = {holder.person_id for holder in known if holder.person_id}
    keys = {holder.item_key for holder in known if holder.item_key}
    names: dict[Any, str] = {
        id: name for id, name in db.session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    }
    if keys:
        titles = db.session.execute(select(Item.key, Item.title).where(Item.key.in_(keys)))
        names |= {key: title for key, title in titles}
    return {holder: names.get(holder.person_id or holder.item_key, holder.item_key) for holder in known}


def news_or_none(viewer: Viewer, opportunity_id: int) -> CreditNews | None:
    """What this person has not seen yet of an opportunity's credit."""
    return db.session.scalar(
        select(CreditNews).where(
            CreditNews.person_id == viewer.id,
            CreditNews.opportunity_id == opportunity_id,
            CreditNews.seen_at.is_(None),
        )
    )


def shares_of(opportunity: Opportunity) -> Shares:
    """Who holds which share now."""
    return origination.shares_of(opportunity.id)


def holder_of(row: Any) -> Holder:
    """Whom a row of the ledger or of the shares names."""
    return Holder(row.role, row.person_id or 0, row.item_key)


def items(words: str, limit: int = 4) -> list[Item]:
    """Published items of the library to choose from, by any part of a title."""
    found = select(Item).where(Item.published_at.is_not(None))
    for word in words.replace("\x00", " ").split()[:8]:
        found = found.where(Item.title.icontains(word, autoescape=True))
    return list(db.session.scalars(found.order_by(Item.title, Item.id).limit(limit)))


def _lines(opportunity_id: int) -> Sequence[Any]:
    entry = CreditEntry
    return db.session.execute(
        select(
            *(entry.id, entry.posting, entry.role, entry.person_id, entry.item_key, entry.points),
            *(entry.reverses_id, entry.reason, entry.at, entry.by_id),
        )
        .where(entry.opportunity_id == opportunity_id)
        .order_by(entry.posting, entry.id)
    ).all()
