"""Next steps with a day: they come up on Today until they are done, and can be moved."""

from datetime import date, datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import joinedload

from portal.accounts.viewer import Viewer
from portal.counters.services import active
from portal.db import db
from portal.errors import NotFound, Refused
from portal.worksheets.models import FilledWorksheet, LinkKind, Reminder, RowLink, Worksheet


def visible_to(viewer: Viewer) -> Select[Reminder]:
    """The reminders of this person."""
    return select(Reminder).where(Reminder.person_id == viewer.id)


def reminder_for(viewer: Viewer, reminder_id: int) -> Reminder:
    """One reminder of this person, held while it is changed."""
    row = db.session.scalar(visible_to(viewer).where(Reminder.id == reminder_id).with_for_update())
    if row is None:
        raise NotFound
    return row


def listed(viewer: Viewer, *, is_done: bool) -> Select[Reminder]:
    """The reminders with the row each came from: Reminder, filled_id, row, name, title; what is due first stands
    first, and of what is done the latest."""
    state = Reminder.done_at.is_not(None) if is_done else Reminder.done_at.is_(None)
    first = Reminder.done_at.desc() if is_done else Reminder.due_on
    return (
        visible_to(viewer)
        .outerjoin(RowLink, (RowLink.kind == LinkKind.REMINDER) & (RowLink.target_id == Reminder.id))
        .outerjoin(FilledWorksheet, FilledWorksheet.id == RowLink.filled_id)
        .outerjoin(Worksheet, Worksheet.id == FilledWorksheet.worksheet_id)
        .where(state)
        .options(joinedload(Reminder.contact))
        .add_columns(RowLink.filled_id, RowLink.row, FilledWorksheet.name, Worksheet.title)
        .order_by(first, Reminder.id)
    )


def by_id(ids: list[int]) -> dict[int, Reminder]:
    """Reminders by their ids."""
    found = db.session.scalars(select(Reminder).where(Reminder.id.in_(ids))) if ids else ()
    return {reminder.id: reminder for reminder in found}


def add(*, what: str, due_on: date, by: Viewer, now: datetime, contact_id: int | None = None) -> Reminder:
    """Remind this person of something on a day; of something that is about one of their contacts, if one is given.
    Raises Refused for a day that is over."""
    _refuse_past(due_on, by.today(now))
    row = Reminder(person_id=by.id, what=what, contact_id=contact_id, due_on=due_on, created_at=now)
    db.session.add(row)
    db.session.flush()  # the link needs the id
    active(by, by.today(now))
    return row


def finish(row: Reminder, *, by: Viewer, now: datetime) -> None:
    """Note that it is done."""
    if row.done_at is None:
        row.done_at = now
        active(by, by.today(now))


def take_back(row: Reminder) -> None:
    """Open a reminder again that was done by mistake."""
    row.done_at = None


def forget(reminder_id: int, *, by: Viewer) -> None:
    """Forget one that was made by mistake; what is done stays done."""
    mine = (Reminder.id == reminder_id, Reminder.person_id == by.id, Reminder.done_at.is_(None))
    db.session.execute(delete(Reminder).where(*mine))


def move(row: Reminder, *, due_on: date, by: Viewer, now: datetime) -> None:
    """Put a reminder on another day."""
    if row.done_at is not None:
        raise Refused("This is done. Open it again, then move it.")
    _refuse_past(due_on, by.today(now))
    row.due_on = due_on


def _refuse_past(day: date, today: date) -> None:
    if day < today:
        raise Refused("Choose today or a later day.", field="due_on")
