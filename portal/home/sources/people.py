"""What running the portal puts on an admin's Today: a firm that has nobody in it yet."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from portal.access import Can
from portal.accounts.models import Person
from portal.home.queue import Entry
from portal.home.sources.reading import Part, asking

_anybody_else = select(Person.id).where(Person.id != bindparam("person"), Person.is_active).exists()


def _told(_row: Any, _today: date) -> Entry:
    why = "Nobody but you is here yet. The same page says what else a new firm needs."
    return Entry(1, 5, "Bring in your people", why, "/people", "Begin")


PARTS: list[Part] = [
    Part(
        "firm-begins",
        asking("firm-begins", Person.id, Person.name).where(Person.id == bindparam("person"), ~_anybody_else),
        _told,
        Can.ADMINISTER,
    )
]
