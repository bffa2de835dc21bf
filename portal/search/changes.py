"""Telling every process what changed in the index, so that each reads anew only that."""

import uuid

from sqlalchemy import bindparam, delete, insert, literal, select, update

from portal.db import db, rows
from portal.search.tables import CHANGES, STATE

KEPT = 500
"""Who has been asleep for longer than this reads everything anew."""
_TOKEN = select(STATE.c.token).where(STATE.c.id == 1)
_NUMBER = select(STATE.c.number).where(STATE.c.id == 1)
_NUMBER_OF = select(CHANGES.c.number).where(CHANGES.c.token == bindparam("token"))
_SINCE = select(CHANGES.c.item_id).where(CHANGES.c.number > bindparam("number"))


def token() -> str:
    """What changes whenever anything that can be found changes."""
    found: str = rows(_TOKEN).scalar_one()
    return found


def number() -> int:
    """How many changes there were; within a change its own number."""
    found: int = db.session.execute(_NUMBER).scalar_one()
    return found


def say(document_id: int | None) -> None:
    """Tell that a document changes, or without one that everything does."""
    # First of all: whoever publishes at the same moment waits here, so that numbers follow the order of the commits and
    # the word counts never deadlock.
    new = uuid.uuid4().hex
    db.session.execute(update(STATE).where(STATE.c.id == 1).values(token=new, number=STATE.c.number + 1))
    of = literal(document_id, type_=CHANGES.c.item_id.type)
    told = select(STATE.c.number, literal(new), of).where(STATE.c.id == 1)
    db.session.execute(insert(CHANGES).from_select(["number", "token", "item_id"], told))
    db.session.execute(delete(CHANGES).where(CHANGES.c.number <= _NUMBER.scalar_subquery() - KEPT))


def since_or_none(old: str) -> tuple[int, set[int]] | None:
    """The number of an old token, and the documents that changed after it; nothing when everything did, or when what
    we know was undone."""
    known = db.session.scalar(_NUMBER_OF, {"token": old})
    if known is None:
        return None
    changed = set(db.session.scalars(_SINCE, {"number": known}))
    return None if None in changed else (known, changed)
