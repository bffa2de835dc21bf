"""Keeping what is typed, and saving it without losing what others saved meanwhile."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.db import db, insert_or
from portal.editing import merging, queries, sheets
from portal.editing.merging import Merged
from portal.editing.models import WorkingCopy
from portal.editing.sheets import Sheet
from portal.errors import Refused
from portal.library import search_index
from portal.library import services as library
from portal.library.models import Item, ItemAuthor


def keep(item_id: int | None, fields: Mapping[str, str], *, version: int, by: Viewer, now: datetime) -> int | None:
    """Keep what is typed, as it is; answers its number. None, where another tab has kept something since `version`."""
    given = {"fields": dict(fields), "version": version + 1, "saved_at": now}
    if version:
        found = update(WorkingCopy).where(*_mine(item_id, by), WorkingCopy.version == version).values(**given)
        return db.session.scalar(found.returning(WorkingCopy.version))
    fresh = insert_or(WorkingCopy).values(item_id=item_id, person_id=by.id, **given)
    return db.session.scalar(fresh.on_conflict_do_nothing().returning(WorkingCopy.version))


def let_go(item_id: int | None, *, by: Viewer) -> None:
    """Forget what this person typed and did not save."""
    db.session.execute(delete(WorkingCopy).where(*_mine(item_id, by)))


def take_over(item_id: int | None, *, by: Viewer) -> str:
    """Go on with what somebody typed who has left; answers their name. Raises Refused."""
    if queries.copy_or_none(item_id, by) is not None:
        raise Refused("You have typed something here that isn’t saved. Save or discard it first.")
    found = queries.left_behind(item_id)
    if found is None:
        raise Refused("Somebody else has taken it over, or it is discarded.")
    name = found.person.name
    found.person_id, found.version = by.id, found.version + 1
    db.session.flush()
    return name


def save(
    item: Item | None, mine: Sheet, base: Sheet, *, change: str, by: Viewer, now: datetime
) -> tuple[Item | None, Merged]:
    """Keep a sheet as a draft, with what others saved in other fields since `base`. Where both changed the same
    field, nothing is saved, and the answer names the fields. Raises Refused."""
    merged = merging.merge(base, mine, queries.sheet_of(item)) if item else Merged(mine)
    if merged.conflicts:
        return item, merged
    base_number = item.revision if item else 0
    let_go(item.id if item else None, by=by)
    kept = library.write(item, sheets.wording(merged.values), change=change, base_number=base_number, by=by, now=now)
    say_about(kept, merged.values)
    return kept, merged


def say_about(item: Item, sheet: Sheet) -> None:
    """Keep what belongs to the item itself: whether it may leave the firm, and who wrote it."""
    db.session.flush()  # authors need the item's id
    if item.is_internal != bool(sheet["is_internal"]):
        item.is_internal, item.edited_here = bool(sheet["is_internal"]), True
    authors = sheets.authors_of(sheet["authors"])
    numbers = {number for _name, number in authors if number}
    names = {person.id: person.name for person in db.session.scalars(select(Person).where(Person.id.in_(numbers)))}
    if numbers - names.keys():
        raise Refused("Choose colleagues from the list, or leave their names as words.", field="authors")
    named = [names[number] if number else name for name, number in authors]
    if named != item.byline:
        item.byline, item.edited_here = named, True
        search_index.put(item.id)
    wanted = {number: place for place, (_name, number) in enumerate(authors) if number}
    known = select(ItemAuthor.person_id, ItemAuthor.position).where(ItemAuthor.item_id == item.id)
    if {who: at for who, at in db.session.execute(known)} != wanted:
        db.session.execute(delete(ItemAuthor).where(ItemAuthor.item_id == item.id))
        db.session.add_all(ItemAuthor(item_id=item.id, person_id=who, position=at) for who, at in wanted.items())


def _mine(item_id: int | None, by: Viewer) -> tuple[Any, ...]:
    same = WorkingCopy.item_id.is_(None) if item_id is None else WorkingCopy.item_id == item_id
    return same, WorkingCopy.person_id == by.id
