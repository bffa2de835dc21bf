"""Letters about review dates: one before and one after to whoever answers for an item, and one to marketing when it is
long over. Each is claimed and written down together, so that it is sent once, also after a standstill."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, exists, select

from portal import clock
from portal.accounts.models import Person
from portal.db import changed, db, insert_or
from portal.jobs import services as jobs
from portal.library.models import IS_READABLE, Item
from portal.publishing import letters, services
from portal.publishing.models import Reminded, ReviewReminder

AHEAD, LONG = timedelta(days=14), timedelta(days=30)
FROM_HOUR = 7
"""In the morning, on the firm's clock."""
MOST, MOST_NAMED = 2000, 20
SUBJECTS = {
    Reminded.BEFORE: "To look at again soon",
    Reminded.AFTER: "Past its review date",
    Reminded.LONG_OVER: "Long past its review date",
}
BEGINNINGS = {
    Reminded.BEFORE: "you answer for these items of the library, and it is time to look whether they still hold:",
    Reminded.AFTER: "the review date of these items has passed; readers are told to check them before they use them:",
    Reminded.LONG_OVER: "nobody has looked at these items for a month since their review date:",
}


def remind(now: datetime) -> int:
    """Write to everybody whose time it is; how many letters."""
    local = now.astimezone(clock.zone(services.firm_zone()))
    if local.hour < FROM_HOUR:
        return 0
    today, written = local.date(), 0
    for kind, condition in _conditions(today).items():
        due = [row for row in _due(kind, condition) if _claim(row, kind, now)]
        for person, rows in _by_reader(kind, due):
            _write(person, kind, rows, today)
            written += 1
    return written


def _conditions(today: date) -> dict[Reminded, ColumnElement[bool]]:
    return {
        Reminded.BEFORE: (Item.review_on >= today) & (Item.review_on <= today + AHEAD),
        Reminded.AFTER: Item.review_on < today,
        Reminded.LONG_OVER: Item.review_on <= today - LONG,
    }


def _due(kind: Reminded, condition: ColumnElement[bool]) -> Sequence[Any]:
    told = exists().where(
        ReviewReminder.item_id == Item.id, ReviewReminder.review_on == Item.review_on, ReviewReminder.kind == kind
    )
    return db.session.execute(
        select(Item.id, Item.title, Item.review_on, Item.owner_id)
        .where(IS_READABLE, condition, ~told)
        .order_by(Item.review_on, Item.id)
        .limit(MOST)
    ).all()


def _claim(row: Any, kind: Reminded, now: datetime) -> bool:
    claim = insert_or(ReviewReminder).values(item_id=row.id, review_on=row.review_on, kind=kind, at=now)
    return bool(changed(claim.on_conflict_do_nothing()))


def _by_reader(kind: Reminded, due: Sequence[Any]) -> list[tuple[Person, list[Any]]]:
    """Whom to write to about what. Who left is written to no more; marketing looks after their items."""
    ids = {row.owner_id for row in due if row.owner_id} if kind is not Reminded.LONG_OVER else set()
    here = {person.id: person for person in letters.active(Person.id.in_(sorted(ids)))} if ids else {}
    theirs: dict[int, list[Any]] = defaultdict(list)
    pool = []
    for row in due:
        if row.owner_id in here:
            theirs[row.owner_id].append(row)
        else:
            pool.append(row)
    found = [(here[person_id], rows) for person_id, rows in theirs.items()]
    return found + [(person, pool) for person in letters.marketing() if pool]


def _write(person: Person, kind: Reminded, rows: Sequence[Any], today: date) -> None:
    base = current_app.extensions["portal_config"].BASE_URL.rstrip("/")
    named = [f"- {row.title} ({clock.said_day(row.review_on, today)})" for row in rows[:MOST_NAMED]]
    if len(rows) > MOST_NAMED:
        named.append(f"- and {len(rows) - MOST_NAMED} more")
    where = "/studio?show=overdue" if kind is Reminded.LONG_OVER or rows[0].owner_id != person.id else "/studio/mine"
    text = (
        f"Hello {person.name.split(' ')[0]},\n\n{BEGINNINGS[kind]}\n\n" + "\n".join(named) + "\n\n"
        f"Say that they still hold, revise them, or pass them on:\n{base}{where}\n"
    )
    subject = SUBJECTS[kind] if len(rows) > 1 else f"{SUBJECTS[kind]}: {rows[0].title}"
    jobs.letter(to=person.email, subject=subject, text=text)
