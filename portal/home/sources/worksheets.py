"""What the worksheets put on Today: reminders whose day is there, what is unfinished, and what has aged."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam

from portal.clock import said_day
from portal.home.queue import Entry, worksheet
from portal.home.sources.reading import Part, asking
from portal.network.models import Contact
from portal.worksheets.models import FilledWorksheet, Reminder, Worksheet

MOST_REMINDERS, MOST_OLD, MOST_UNFINISHED = 3, 2, 1

_due = (
    asking("reminder", Reminder.id, Reminder.what, Contact.name, on=Reminder.due_on)
    .outerjoin(Contact, Contact.id == Reminder.contact_id)
    .where(
        Reminder.person_id == bindparam("person"),
        Reminder.done_at.is_(None),
        Reminder.due_on <= bindparam("today"),
    )
    .order_by(Reminder.due_on, Reminder.id)
    .limit(MOST_REMINDERS)
)
_old = (
    asking("old-worksheet", FilledWorksheet.id, Worksheet.title, FilledWorksheet.name, FilledWorksheet.stale_on)
    .join(Worksheet, Worksheet.id == FilledWorksheet.worksheet_id)
    .where(
        FilledWorksheet.person_id == bindparam("person"),
        FilledWorksheet.archived_at.is_(None),
        FilledWorksheet.stale_on <= bindparam("today"),
    )
    .order_by(FilledWorksheet.stale_on, FilledWorksheet.id)
    .limit(MOST_OLD)
)


_unfinished = (
    asking("unfinished-worksheet", FilledWorksheet.id, Worksheet.title, FilledWorksheet.name)
    .join(Worksheet, Worksheet.id == FilledWorksheet.worksheet_id)
    .where(
        FilledWorksheet.person_id == bindparam("person"),
        FilledWorksheet.finished_at.is_(None),
        FilledWorksheet.archived_at.is_(None),
    )
    .order_by(FilledWorksheet.saved_at.desc(), FilledWorksheet.id.desc())
    .limit(MOST_UNFINISHED)
)


def _reminder(row: Any, today: date) -> Entry:
    is_late = row.on < today
    when = f"{'Was' if is_late else 'Is'} due {said_day(row.on, today)}; you asked to be reminded."
    when = f"It is about {row.second}. {when}" if row.second else when
    url = f"/worksheets/reminders#reminder-{row.id}"
    return Entry(10 if is_late else 30, 1, row.first, when, url, "Tick it off", is_late)


def _to_finish(row: Any, _today: date) -> Entry:
    return worksheet(filled_id=row.id, title=row.first, name=row.second)


def _look_again(row: Any, _today: date) -> Entry:
    what = f"Look again: {row.second or row.first}"
    why = "Some of what you wrote there has aged. Say that it is still true, or change it."
    return Entry(45, 3, what, why, f"/worksheets/filled/{row.id}/read", "Look at it")


PARTS: list[Part] = [
    Part("reminder", _due, _reminder),
    Part("unfinished-worksheet", _unfinished, _to_finish),
    Part("old-worksheet", _old, _look_again),
]
