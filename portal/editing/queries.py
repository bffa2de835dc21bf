"""What an editor sees: an item as a sheet, what was typed and not saved, and who else is at it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.editing import sheets
from portal.editing.models import WorkingCopy
from portal.editing.sheets import Sheet
from portal.library.models import Item, ItemAuthor, Revision

AT_IT = timedelta(minutes=10)
"""Who typed so lately is said to be writing."""


def about(item: Item) -> dict[str, str]:
    """What belongs to the item and not to one of its revisions, as a sheet has it."""
    people = db.session.execute(
        select(ItemAuthor.position, ItemAuthor.person_id, Person.name)
        .join(Person, Person.id == ItemAuthor.person_id)
        .where(ItemAuthor.item_id == item.id)
        .order_by(ItemAuthor.position)
    ).all()
    numbers = {row.position: row.person_id for row in people}
    authors = [(name, numbers.get(place)) for place, name in enumerate(item.byline)]
    authors += [(row.name, row.person_id) for row in people if row.position >= len(item.byline)]
    return {"is_internal": "yes" if item.is_internal else "", "authors": sheets.authors_said(authors)}


def newest(item: Item) -> Revision:
    """The newest revision."""
    found = revision_or_none(item, item.revision)
    assert found is not None, "every item has a revision"
    return found


def revision_or_none(item: Item, number: int) -> Revision | None:
    """One revision."""
    return db.session.scalar(select(Revision).where(Revision.item_id == item.id, Revision.number == number))


def sheet_of(item: Item) -> Sheet:
    """An item as it was saved last."""
    return sheets.of(newest(item), about(item))


def sheet_at(item: Item | None, number: int, known: Mapping[str, str]) -> Sheet:
    """What an editor began with: a revision, and what the page knew about the item; empty where there was none."""
    revision = revision_or_none(item, number) if item else None
    return sheets.of(revision, known) if revision else sheets.filled({})


def copy_or_none(item_id: int | None, by: Viewer) -> WorkingCopy | None:
    """What this person typed into an item, or into a new one, and did not save."""
    same = WorkingCopy.item_id.is_(None) if item_id is None else WorkingCopy.item_id == item_id
    return db.session.scalar(select(WorkingCopy).where(same, WorkingCopy.person_id == by.id))


def left_behind(item_id: int | None) -> WorkingCopy | None:
    """What somebody who has left typed into an item, or into a new one, and did not save; the newest."""
    same = WorkingCopy.item_id.is_(None) if item_id is None else WorkingCopy.item_id == item_id
    found = select(WorkingCopy).join(WorkingCopy.person).where(same, ~Person.is_active)
    return db.session.scalar(
        found.options(contains_eager(WorkingCopy.person))
        .order_by(WorkingCopy.saved_at.desc(), WorkingCopy.id.desc())
        .limit(1)
    )


def unsaved(person_id: int) -> int:
    """Into how many items somebody typed something that they did not save."""
    return db.session.scalar(select(func.count()).where(WorkingCopy.person_id == person_id)) or 0


def others(item_id: int, viewer: Viewer, now: datetime) -> list[tuple[str, datetime]]:
    """Who else is writing at an item, and when they last typed."""
    found = db.session.execute(
        select(Person.name, WorkingCopy.saved_at)
        .join(Person, Person.id == WorkingCopy.person_id)
        .where(WorkingCopy.item_id == item_id, WorkingCopy.person_id != viewer.id, WorkingCopy.saved_at >= now - AT_IT)
        .order_by(WorkingCopy.saved_at.desc())
    )
    return [(name, at) for name, at in found]
