"""Who takes part in an item, what is planned for it, and what happened to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, literal, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.access import Can
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound
from portal.library.models import READABLE, Item, ItemAuthor, ItemState, Revision, Step
from portal.publishing.models import Plan, StateChange
from portal.publishing.states import Act, Stand, Who

MOST_SHOWN = 20


def owned_by(viewer: Viewer) -> Select[Item]:
    """The items that this person answers for, wherever they stand."""
    return select(Item).where(Item.owner_id == viewer.id)


def item_for(viewer: Viewer, item_id: int, *, to_change: bool = False) -> Item:
    """One item, for its owner and for those who publish; locked when it is about to change."""
    theirs = select(Item) if Can.PUBLISH in viewer.powers else owned_by(viewer)
    statement = theirs.where(Item.id == item_id)
    found = db.session.scalar(statement.with_for_update() if to_change else statement)
    if found is None:
        raise NotFound
    return found


def stand_of(item: Item) -> Stand:
    """Where an item stands."""
    return Stand(item.state, item.step, item.published_at is not None)


def parts_of(viewer: Viewer, item: Item) -> frozenset[Who]:
    """In which parts this person may act on an item."""
    parts = {Who.PUBLISHER} if Can.PUBLISH in viewer.powers else set()
    if item.owner_id == viewer.id:
        parts |= {Who.OWNER, Who.AUTHOR}
    elif wrote(viewer.id, item):
        parts.add(Who.AUTHOR)
    return frozenset(parts)


def wrote(person_id: int, item: Item) -> bool:
    """Whether somebody is among an item's authors, or wrote its newest revision."""
    authors = exists().where(ItemAuthor.item_id == item.id, ItemAuthor.person_id == person_id)
    return bool(db.session.scalar(select(or_(authors, _newest_is_by(item, person_id)))))


def wrote_newest(person_id: int, item: Item) -> bool:
    """Whether somebody wrote the newest revision."""
    return bool(db.session.scalar(select(_newest_is_by(item, person_id))))


def _newest_is_by(item: Item, person_id: int) -> Any:
    newest = (Revision.item_id == item.id, Revision.number == item.revision)
    return exists().where(*newest, Revision.by_id == person_id)


def is_approved(item: Item) -> bool:
    """Whether somebody else approved the newest revision, and nobody returned it since."""
    verdicts = select(StateChange.act).where(
        StateChange.item_id == item.id,
        StateChange.number == item.revision,
        StateChange.act.in_((Act.APPROVE, Act.RETURN, Act.ASK)),
    )
    return db.session.scalar(verdicts.order_by(StateChange.id.desc()).limit(1)) == Act.APPROVE


def newest_title(item: Item) -> str:
    """What the newest revision is called; readers may have another title."""
    newest = (Revision.item_id == item.id, Revision.number == item.revision)
    return db.session.scalar(select(Revision.title).where(*newest)) or item.title


def plan_or_none(item: Item) -> Plan | None:
    """How the newest revision goes out by itself, if it is scheduled."""
    plan = db.session.get(Plan, item.id, populate_existing=True) if item.publish_at else None
    return plan if plan and plan.number == item.revision else None


def history(item: Item, most: int = MOST_SHOWN) -> Sequence[StateChange]:
    """What happened to an item, newest first, with who did it."""
    found = select(StateChange).where(StateChange.item_id == item.id).options(joinedload(StateChange.by))
    return db.session.scalars(found.order_by(StateChange.id.desc()).limit(most)).all()


def held_back(most: int = MOST_SHOWN) -> Sequence[Any]:
    """What should have gone out and was held back, and nothing was decided about it since: the item's id, the title of
    its newest revision, what was found, and when; the latest first."""
    later = aliased(StateChange)
    decided = exists().where(
        later.item_id == StateChange.item_id, later.id > StateChange.id, later.step_after != later.step_before
    )
    return db.session.execute(
        select(Item.id, Revision.title, StateChange.note, StateChange.at)
        .join(Item, Item.id == StateChange.item_id)
        .join(Revision, (Revision.item_id == Item.id) & (Revision.number == Item.revision))
        .where(StateChange.act == Act.HOLD, StateChange.number == Item.revision, ~decided)
        .where(Item.step == Step.DRAFT, Item.state != ItemState.ARCHIVED)
        .order_by(StateChange.id.desc())
        .limit(most)
    ).all()


def is_held_back(item: Item, history: Sequence[StateChange]) -> StateChange | None:
    """That the newest revision should have gone out and was held back, if nothing was decided about it since."""
    moves = (row for row in history if row.step_before != row.step_after)
    last = next(moves, None)
    return last if last and last.act is Act.HOLD and last.number == item.revision else None


def next_by_the_clock(now: datetime, but: Sequence[int] = ()) -> Any:
    """The item whose moment came first, of those that are due: what goes out before what expires in one minute."""
    outs = select(Item.id, Item.publish_at.label("at"), literal(0).label("place")).where(Item.publish_at <= now)
    ends = select(Item.id, Item.expires_at.label("at"), literal(1).label("place")).where(
        Item.expires_at <= now, Item.state.in_(READABLE)
    )
    due = outs.union_all(ends).subquery()
    found = select(due.c.id, due.c.at, due.c.place).where(due.c.id.not_in(but))
    return db.session.execute(found.order_by(due.c.at, due.c.place, due.c.id).limit(1)).first()
