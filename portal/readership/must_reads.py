"""Asking people to read an item, and their saying that they have: once for each major revision."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from portal.accounts.models import Practice
from portal.accounts.viewer import Viewer
from portal.audit.services import note
from portal.db import changed, db, insert_or
from portal.errors import Refused
from portal.library import reading
from portal.readership.models import AcknowledgedCount, Acknowledgement, MustRead, MustReadPractice

LONGEST = timedelta(days=366)
CHANGED = "Somebody changed this while your page was open. Look at it again; what you chose is kept here."


def ask(
    item: Any,
    known: MustRead | None,
    *,
    practice_ids: Sequence[int],
    until_on: date,
    remind_after: int,
    version: int,
    by: Viewer,
    now: datetime,
) -> MustRead:
    """Ask people to read an item, until a day: everybody, or everybody in some practices and below them."""
    if version != (known.version if known else 0):
        raise Refused(CHANGED)
    today = by.today(now)
    if until_on < today:
        raise Refused("Choose today or a later day.", field="until_on")
    if until_on > today + LONGEST:
        raise Refused("Choose a day within a year. Ask again then, if it still matters.", field="until_on")
    row = known or MustRead(item_id=item.id, asked_at=now)
    if row.ended_at is not None or (known and known.until_on < today):
        row.asked_at, row.ended_at = now, None
    row.for_everybody, row.until_on, row.remind_after, row.by_id = not practice_ids, until_on, remind_after, by.id
    row.looked_on = None
    db.session.add(row)
    db.session.flush()  # the practices need its id
    db.session.execute(delete(MustReadPractice).where(MustReadPractice.must_read_id == row.id))
    for practice_id in _outermost(practice_ids):
        db.session.add(MustReadPractice(must_read_id=row.id, practice_id=practice_id))
    db.session.flush()  # whoever is asked is looked for past the session
    note("must-read asked for", f"item {item.key}", actor=by, until=str(until_on), practices=sorted(practice_ids))
    return row


def _outermost(practice_ids: Sequence[int]) -> list[int]:
    """Without those that lie below another of them."""
    if not practice_ids:
        return []
    paths = db.session.execute(select(Practice.id, Practice.path).where(Practice.id.in_(practice_ids))).all()
    if len(paths) != len(set(practice_ids)):
        raise Refused("One of these practices is gone. Choose again.", field="practice_ids")
    return [
        row.id
        for row in paths
        if not any(row.path != other.path and row.path.startswith(other.path) for other in paths)
    ]


def end(row: MustRead, *, by: Viewer, now: datetime) -> None:
    """Ask nobody any more; what people said stays."""
    if row.ended_at is not None:
        raise Refused("Nobody is asked to read this any more.")
    row.ended_at = now
    note("must-read ended", f"item {row.item.key}", actor=by)


def resume(row: MustRead, *, by: Viewer, now: datetime) -> None:
    """Take an ending back, as if it had not been."""
    if row.ended_at is None:
        raise Refused("People are asked to read this already.")
    if row.until_on < by.today(now):
        raise Refused("Its last day is over. Ask anew, with a new day.")
    row.ended_at = None
    note("must-read resumed", f"item {row.item.key}", actor=by)


def acknowledge(asked: Any, *, revision: int, by: Viewer, now: datetime) -> bool:
    """Say that one has read what one was asked to read (a row of `must_read_queries.asked_of`); whether that is new."""
    if revision != asked.major_revision:
        raise Refused("This was revised while you were reading. Look at the new text, then say that you have read it.")
    reading.read(asked.item_id, by=by, now=now)
    mine = {"item_id": asked.item_id, "revision": revision, "person_id": by.id}
    if not changed(insert_or(Acknowledgement).values(**mine, at=now).on_conflict_do_nothing()):
        return False
    _count(asked.item_id, revision, by.practice_id, 1)
    return True


def take_back(asked: Any, *, by: Viewer) -> None:
    """Take one's word back: pressed by mistake, or not read to the end."""
    gone = changed(
        delete(Acknowledgement).where(
            Acknowledgement.item_id == asked.item_id,
            Acknowledgement.revision == asked.major_revision,
            Acknowledgement.person_id == by.id,
        )
    )
    if gone:
        _count(asked.item_id, asked.major_revision, by.practice_id, -1)


def person_moved(person_id: int, practice_id: int, sign: int) -> None:
    """Count what somebody has read in a practice (1), or there no longer (-1): people who come, go or move."""
    read = select(Acknowledgement.item_id, Acknowledgement.revision).where(Acknowledgement.person_id == person_id)
    for item_id, revision in db.session.execute(read).all():
        _count(item_id, revision, practice_id, sign)


def _count(item_id: int, revision: int, practice_id: int, n: int) -> None:
    row = insert_or(AcknowledgedCount).values(item_id=item_id, revision=revision, practice_id=practice_id, n=n)
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=["item_id", "revision", "practice_id"], set_={"n": AcknowledgedCount.n + row.excluded.n}
        )
    )
