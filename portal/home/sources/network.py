"""What the network puts on Today: whom to be in touch with, and a contact that a colleague shows."""

from datetime import date
from typing import Any

from sqlalchemy import String as Words
from sqlalchemy import bindparam, cast, func, select

from portal.accounts.models import Person
from portal.home.queue import Entry, number
from portal.home.sources.reading import Part, asking
from portal.network import labels, queries
from portal.network.models import Contact, ContactShare, Touch

CAP = 5
"""So many a day are enough, however many are due; those logged today count."""

_is_due = (Contact.owner_id == bindparam("person"), Contact.due_on <= bindparam("today"))
_first = select(Contact.name).where(*_is_due).order_by(Contact.due_on, Contact.id).limit(1).scalar_subquery()
_today = (
    queries.standing_touches()
    .with_only_columns(func.count())
    .where(Touch.owner_id == bindparam("person"), Touch.happened_on == bindparam("today"))
    .scalar_subquery()
)
_owner = select(Person.name).where(Person.id == Contact.owner_id).scalar_subquery()


def _due(row: Any, today: date) -> Entry:
    n = max(1, min(row.id, CAP - int(row.second)))
    is_late = row.on < today
    when = labels.said_due(row.on, today)
    if n == 1 and row.id == 1:
        return Entry(
            26,
            2,
            f"Be in touch with {row.first}",
            f"{when.capitalize()}.",
            "/network?state=due",
            "See what to say",
            is_late,
        )
    rest = f"; {row.id} are due, {number(n)} today would do" if row.id > n else ""
    what = f"Be in touch with {number(n)} {'person' if n == 1 else 'people'}"
    return Entry(26, max(2, n), what, f"{row.first} first, {when}{rest}.", "/network?state=due", "See who", is_late)


def _shown(row: Any, today: date) -> Entry:
    return Entry(
        27,
        1,
        f"{row.second} shows you a contact",
        f"{row.first}, with what they say about it.",
        "/network/shared",
        "Look",
    )


PARTS: list[Part] = [
    Part(
        "contacts-due",
        asking("contacts-due", func.count(Contact.id), _first, cast(_today, Words), on=func.min(Contact.due_on))
        .where(*_is_due)
        .having(func.count(Contact.id) > 0, _today < CAP),
        _due,
    ),
    Part(
        "contact-shown",
        asking("contact-shown", ContactShare.id, Contact.name, _owner)
        .join(Contact, Contact.id == ContactShare.contact_id)
        .where(ContactShare.with_id == bindparam("person"))
        .where(ContactShare.seen_at.is_(None), ContactShare.ended_at.is_(None))
        .order_by(ContactShare.id)
        .limit(2),
        _shown,
    ),
]
