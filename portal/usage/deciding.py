"""Deciding what becomes of an item, taking that back, and looking later whether it was right."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.db import db
from portal.errors import NotFound, Refused
from portal.library.models import Item, ItemState
from portal.publishing import services as publishing
from portal.usage import board, decisions, figures
from portal.usage.models import Decision, DecisionCheck, What

LOOKED_BACK = 91
"""Days of figures that are kept with a decision."""
FARTHEST = 400
SURE = (
    "Retiring takes it out of the library and its search at once, and readers see a notice. Press again to retire it."
)


def item_to_decide(item_id: int) -> Item:
    """An item, locked, so that two who decide about it come one after the other."""
    found = db.session.scalar(select(Item).where(Item.id == item_id).with_for_update())
    if found is None:
        raise NotFound
    return found


def decide(item: Item, *, what: What, why: str, until: date, is_sure: bool, by: Viewer, now: datetime) -> Decision:
    """Keep, fix or retire an item until a day; retiring archives it."""
    today = by.today(now)
    if not today < until <= today + timedelta(days=FARTHEST):
        raise Refused("Choose a day from tomorrow on, within a year or so.", field="until")
    if item.state not in (ItemState.PUBLISHED, ItemState.UNDER_REVIEW):
        raise Refused("Readers don't have this item, so there is nothing to decide about it.")
    if what is What.RETIRE and not is_sure:
        raise Refused(SURE, field="what")
    stood = board.placed(by, board.Filters(), item.id)
    made = _kept(item, what=what, why=why, until=until, by=by, now=now, box=str(stood[0].box) if stood else "")
    if what is What.RETIRE:
        publishing.archive(item, note=f"Retired: {why}", by=by, now=now)
        audit.note("item retired", item.key, why=why)
    return made


def undo(found: Decision, *, by: Viewer, now: datetime) -> Decision:
    """Take back the last decision about an item; both stay on record. What was retired is back where it was."""
    item = item_to_decide(found.item_id)
    if not decisions.is_waiting(found.id):
        raise Refused("There is nothing to undo here: it was checked, or something else was decided since.")
    if found.what is What.RETIRE and item.state is ItemState.ARCHIVED:
        publishing.restore(item, note="Not retired after all", by=by, now=now)
        audit.note("item brought back", item.key)
    facts = {"what": found.what, "why": "", "until": found.until, "box": found.box}
    return _kept(item, **facts, by=by, now=now, undoes_id=found.id)


def check(found: Decision, *, words: str, by: Viewer, now: datetime) -> DecisionCheck:
    """Say what came of a decision; the figures since then are kept with it."""
    if not decisions.is_waiting(found.id):
        raise Refused("This was checked already, or something else was decided since.")
    row = DecisionCheck(
        decision_id=found.id, words=words, figures=since(found, by, now), by_id=by.id, on=by.today(now), at=now
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise Refused("Somebody checked this in this moment. Look at what they wrote.") from None
    return row


def since(found: Decision, by: Viewer, now: datetime) -> dict[str, int]:
    """How the item was used since the day after the decision."""
    today, first = by.today(now), found.on + timedelta(days=1)
    counted = figures.sums([found.item_id], first, today)[found.item_id]
    return {"days": max(0, (today - found.on).days), **counted}


def _kept(item: Item, *, by: Viewer, now: datetime, **facts: Any) -> Decision:
    today = by.today(now)
    first = today - timedelta(days=LOOKED_BACK - 1)
    counted = figures.sums([item.id], first, today)[item.id]
    until_now = {"days": figures.readable_days(item.published_at, first, today, by.zone), **counted}
    row = Decision(item_id=item.id, figures=until_now, by_id=by.id, on=today, at=now, **facts)
    db.session.add(row)
    db.session.flush()  # its page needs the id
    return row
