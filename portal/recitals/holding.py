"""One coach at a time: a recital or a worksheet that waits is held for a while by the coach who opened it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound, Refused
from portal.recitals.queries import is_held
from portal.recitals.waiting import paths

Shown = Any
"""What was shown to coaches: it has an owner, whether it `is_waiting`, its decision, and the coach who holds it."""
HELD_FOR = timedelta(minutes=30)
MOST_HELD = 3
"""How many of a kind one coach has open at once; the others' turn comes too."""


def locked(shown: Shown) -> Any:
    """The same row, which nobody else changes until this transaction is over."""
    kind = type(shown)
    found = select(kind).where(kind.id == shown.id).with_for_update(of=kind)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def holder_or_none(shown: Shown, now: datetime) -> Person | None:
    """The coach who has it open just now."""
    kind = type(shown)
    found = select(Person).join(kind, kind.coach_id == Person.id)
    return db.session.scalar(found.where(kind.id == shown.id, is_held(now, kind)))


def holds(shown: Shown, viewer: Viewer, now: datetime) -> bool:
    """Whether this coach has it open."""
    return shown.coach_id == viewer.id and shown.held_until is not None and shown.held_until > now


def take(shown: Shown, *, by: Viewer, now: datetime) -> None:
    """Hold it for a while, so that no two coaches answer it. Taking it again holds it longer."""
    shown = locked(shown)
    check_theirs(shown, by)
    check_open(shown)
    holder = holder_or_none(shown, now)
    if holder is not None and holder.id != by.id:
        raise Refused(f"{holder.name} has this one open just now. Take the next, or come back in half an hour.")
    if holder is None and _held_by(type(shown), by, now) >= MOST_HELD:
        raise Refused(f"You have {MOST_HELD} open already. Answer one of them, or put one back.")
    shown.coach_id, shown.held_until = by.id, now + HELD_FOR


def put_back(shown: Shown, *, by: Viewer) -> None:
    """Let another coach have it. Remarks made so far stay with it."""
    if shown.coach_id == by.id and shown.is_waiting:
        shown.coach_id, shown.held_until = None, None


def check_theirs(shown: Shown, by: Viewer) -> None:
    """Refuse one's own; what belongs to people whom this coach doesn't hear is not found."""
    if shown.person_id == by.id:
        raise Refused("Nobody answers their own. Another coach will.")
    if not any(shown.person.practice.path.startswith(path) for path in paths(by)):
        raise NotFound


def check_open(shown: Shown) -> None:
    """Refuse what was answered or taken back."""
    if shown.decided_at is not None:
        who = shown.decided_by.name if shown.decided_by else "Another coach"
        raise Refused(f"{who} has answered this one already. What you wrote was not sent.")
    if not shown.is_waiting:
        raise Refused("This one was taken back by its owner, so there is nothing to answer now.")


def check_holding(shown: Shown, by: Viewer, now: datetime) -> None:
    """Refuse what this coach hasn't open; hold it anew where the time was over and nobody else came."""
    if holds(shown, by, now):
        return
    holder = holder_or_none(shown, now)
    if holder is not None and holder.id != by.id:
        raise Refused(f"{holder.name} took this one up after your half hour was over. What you wrote is still here.")
    if shown.coach_id != by.id:
        raise Refused("Open it first, so that no other coach answers it meanwhile.")
    shown.held_until = now + HELD_FOR


def _held_by(kind: Any, by: Viewer, now: datetime) -> int:
    # Deciding and taking back end the holding, so what is held waits.
    found = select(func.count()).where(kind.coach_id == by.id, kind.held_until > now)
    return db.session.scalar(found) or 0
