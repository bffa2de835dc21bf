"""What the scoreboard puts on Today: decisions about content whose day has come."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_

from portal.access import Can
from portal.accounts.models import Person
from portal.home.queue import Entry
from portal.home.sources.reading import Part, asking
from portal.library.models import Item
from portal.usage.decisions import WAITS
from portal.usage.models import Decision
from portal.usage.wording import what_said

MOST = 2


MINE = or_(
    Decision.by_id == bindparam("person"),
    ~Person.is_active & or_(Item.owner_id == bindparam("person"), Item.owner_id.is_(None)),
)
"""Whose decisions somebody looks at again: their own, and those of people who left, about items they answer for or
that are marketing's."""


def _to_check(row: Any, _today: date) -> Entry:
    why = f"Decided: {what_said(row.second).lower()}. Was it right? The figures since then are there."
    return Entry(33, 3, f"Look again at “{row.first}”", why, f"/usage/decisions/{row.id}", "Look what came of it")


PARTS: list[Part] = [
    Part(
        "content-decision",
        asking("content-decision", Decision.id, Item.title, Decision.what)
        .join(Item, Item.id == Decision.item_id)
        .join(Person, Person.id == Decision.by_id)
        .where(*WAITS, MINE, Decision.until <= bindparam("today"))
        .order_by(Decision.until, Decision.id)
        .limit(MOST),
        _to_check,
        Can.PUBLISH,
    )
]
