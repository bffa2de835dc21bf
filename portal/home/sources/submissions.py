"""What the worksheets shown to coaches put on Today."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select

from portal.access import Can
from portal.accounts.models import Grant, Person, Practice
from portal.home.queue import Entry, capital, things
from portal.home.sources.reading import Part, asking
from portal.recitals.queries import COACHES
from portal.worksheets.models import Submission, Worksheet
from portal.worksheets.submission_models import Standing

NEWS_FOR = timedelta(days=30)
"""For so long it is said that something came back."""

_held = Practice.__table__.alias("held_for_worksheets")
_waiting = (
    select(Submission.id)
    .join(Person, Person.id == Submission.person_id)
    .join(Practice, Practice.id == Person.practice_id)
    .join(_held, func.substr(Practice.path, 1, func.length(_held.c.path)) == _held.c.path)
    .join(Grant, Grant.practice_id == _held.c.id)
    .where(
        Submission.standing == Standing.WAITING,
        Person.is_active,
        Person.id != bindparam("person"),
        Grant.person_id == bindparam("person"),
        Grant.role.in_(COACHES),
    )
    .distinct()
    .limit(100)
    .subquery()
)
_to_read = asking("worksheets-to-read", func.count(_waiting.c.id), "").having(func.count(_waiting.c.id) > 0)


def _answered(kind: str, standing: Standing) -> Any:
    return (
        asking(kind, Submission.filled_id, Person.name, Worksheet.title)
        .join(Person, Person.id == Submission.decided_by_id)
        .join(Worksheet, Worksheet.id == Submission.worksheet_id)
        .where(
            Submission.person_id == bindparam("person"),
            Submission.standing == standing,
            Submission.read_at.is_(None),
        )
        .order_by(Submission.decided_at.desc(), Submission.id.desc())
        .limit(3)
    )


def _returned(row: Any, _today: date) -> Entry:
    why = f"{row.first} read “{row.second}” and wrote to you."
    return Entry(5, 5, "Your worksheet came back", why, f"/worksheets/filled/{row.id}/coach", "Read it")


def _accepted(row: Any, _today: date) -> Entry:
    why = f"{row.first} read “{row.second}” and accepted it."
    return Entry(8, 1, "Your worksheet is accepted", why, f"/worksheets/filled/{row.id}/coach", "Read it")


def _read(row: Any, _today: date) -> Entry:
    what = f"{capital(things(row.id, 'worksheet'))} {'waits' if row.id == 1 else 'wait'} to be read"
    return Entry(12, 5, what, "A word at the right field is worth a lesson.", "/coaching?kind=worksheet", "Read")


PARTS = [
    Part("worksheet-returned", _answered("worksheet-returned", Standing.RETURNED), _returned),
    Part("worksheet-accepted", _answered("worksheet-accepted", Standing.ACCEPTED), _accepted),
    Part("worksheets-to-read", _to_read, _read, Can.COACH),
]
