"""What somebody outside sees: whether a link is open, and which revision of each item it shows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from portal import clock, markup
from portal.accounts.models import Person
from portal.db import db
from portal.library import kinds
from portal.library.kinds import INTERNAL, Fact, Kind
from portal.library.models import Item, Revision
from portal.library.services import CLAIM
from portal.message import queries as message
from portal.sharing import tokens
from portal.sharing.models import Share, SharedItem
from portal.sharing.outward import without_inside
from portal.sharing.showing import NAMELESS, Shown, decide

NOBODYS = tokens.hashed("nobody's address")
UNNAMED = "This is not shown any more"


@dataclass(frozen=True)
class Piece:
    """One item of a link, and what is shown of it."""

    row: SharedItem
    item: Item
    shown: Shown
    revision: Revision | None
    """The revision that is shown; empty for the notice."""
    sent: Revision | None
    """The one that the sender saw when they put it in."""

    @property
    def key(self) -> str:
        """As it stands in the address."""
        return self.item.key

    @property
    def title(self) -> str:
        """As the revision has it that is shown; above a notice as it was sent, if it may be named at all."""
        told = self.revision or (self.sent if self.shown.why not in NAMELESS else None)
        return told.title if told else UNNAMED

    @property
    def summary(self) -> str:
        """As the revision has it that is shown."""
        return self.revision.summary if self.revision else ""

    @property
    def kind(self) -> Kind:
        """As the revision has it that is shown, or the one that was sent."""
        told = self.revision or self.sent
        return told.kind if told else self.item.kind

    @property
    def is_newest(self) -> bool:
        """Whether it is what readers at the firm see."""
        return self.shown.revision == self.item.published_revision

    @cached_property
    def html(self) -> str:
        """The text, safe, without what is for colleagues."""
        if self.revision is None:
            return ""
        return without_inside(self.item.html if self.is_newest else markup.rendered(self.revision.source))

    @property
    def minutes(self) -> int:
        """How long it takes to read."""
        if self.revision is None or self.is_newest:
            return self.item.minutes
        return markup.minutes(self.revision.source)

    @property
    def facts(self) -> list[tuple[Fact, str]]:
        """What the kind tells besides; a quotation only while the client agrees to it today."""
        if self.revision is None:
            return []
        facts = dict(self.revision.facts)
        if not kinds.may_quote(self.item.facts):
            facts.pop("quote", None)
        return kinds.shown(self.revision.kind, facts)


def open_or_none(token: str, now: datetime) -> Share | None:
    """The link that this address leads to, if it is open. Unknown, expired, revoked and orphaned are the same nothing,
    by the same steps."""
    found = db.session.scalar(
        select(Share)
        .where(Share.token_hash == tokens.hashed(token))
        .options(joinedload(Share.owner).joinedload(Person.practice))
    )
    is_right = tokens.is_of(token, found.token_hash if found else NOBODYS)
    return found if found is not None and is_right and is_open(found, now) and found.owner.is_active else None


def is_open(share: Share, now: datetime) -> bool:
    """Whether a link leads to something: it is neither revoked nor run out, and whom it was made for is still there."""
    is_for_somebody = share.contact_id is not None or share.opportunity_id is not None
    return share.revoked_at is None and share.expires_at > now and is_for_somebody


def pieces(shares: Sequence[Share]) -> dict[int, list[Piece]]:
    """By link: what is in it and what visitors see of each, in order."""
    rows = list(
        db.session.scalars(
            select(SharedItem)
            .where(SharedItem.share_id.in_([share.id for share in shares]), SharedItem.removed_at.is_(None))
            .options(joinedload(SharedItem.item))
            .order_by(SharedItem.position, SharedItem.id)
        )
    )
    revisions = _revisions(rows)
    stale = _stale(revisions.values())
    by_id = {share.id: share for share in shares}
    found: dict[int, list[Piece]] = defaultdict(list)
    for row in rows:
        shown = _shown(by_id[row.share_id], row, stale)
        revision, sent = (revisions.get((row.item_id, number)) for number in (shown.revision, row.revision))
        found[row.share_id].append(Piece(row, row.item, shown, revision, sent))
    return found


def _shown(share: Share, row: SharedItem, stale: set[tuple[int, int]]) -> Shown:
    return decide(
        state=row.item.state_at(clock.now()),
        is_internal=row.item.is_internal or row.item.kind in INTERNAL,
        sent=row.revision,
        published=row.item.published_revision,
        when_revised=share.when_revised,
        when_stale=share.when_stale,
        stale={number for item_id, number in stale if item_id == row.item_id},
    )


def _revisions(rows: Sequence[SharedItem]) -> dict[tuple[int, int], Revision]:
    """The revisions that may be shown: the one that was sent, and the one that readers see."""
    if not rows:
        return {}
    wanted = or_(
        *(
            and_(Revision.item_id == row.item_id, Revision.number.in_({row.revision, row.item.published_revision}))
            for row in rows
        )
    )
    return {(row.item_id, row.number): row for row in db.session.scalars(select(Revision).where(wanted))}


def _stale(revisions: Any) -> set[tuple[int, int]]:
    """Those of these revisions that use words of a pitch which have changed since readers first saw them."""
    by_moment: dict[datetime, list[Revision]] = defaultdict(list)
    for revision in revisions:
        if revision.tags.get(CLAIM):
            by_moment[revision.published_at or revision.at].append(revision)
    found = set()
    for moment, several in by_moment.items():
        names = sorted({name for revision in several for name in revision.tags[CLAIM]})
        changed = set(message.reworded_since(names, moment))
        found |= {(row.item_id, row.number) for row in several if changed.intersection(row.tags[CLAIM])}
    return found
