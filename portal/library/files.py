"""The files of an item: pictures in its text, and what can be downloaded with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, exists, func, or_, select
from sqlalchemy.orm import joinedload

from portal.access import Can
from portal.accounts.viewer import Viewer
from portal.attachments import names
from portal.attachments.models import StoredFile
from portal.db import changed, db
from portal.library import search_index
from portal.library.models import IS_READABLE, Item, ItemFile, Revision


def attach(item: Item, stored: StoredFile, *, name: str, is_inline: bool = False, now: datetime) -> ItemFile:
    """Let a file belong to an item; one that was removed comes back."""
    db.session.flush()  # the item may be new, and needs its id
    found = db.session.scalar(select(ItemFile).where(ItemFile.item_id == item.id, ItemFile.file_id == stored.id))
    if found is None:
        last = db.session.scalar(select(func.max(ItemFile.position)).where(ItemFile.item_id == item.id))
        found = ItemFile(item_id=item.id, file=stored, added_at=now, position=0 if last is None else last + 1)
        db.session.add(found)
    found.name, found.is_inline, found.removed_at = names.clean(name, stored.content_type), is_inline, None
    search_index.put(item.id)
    return found


def remove(item: Item, file: ItemFile, *, now: datetime) -> None:
    """Take a file off an item; its bytes stay for as long as a revision's text refers to them."""
    if file.item_id == item.id:
        file.removed_at = file.removed_at or now
        search_index.put(item.id)


def of_item(item_id: int) -> Sequence[ItemFile]:
    """The files that belong to an item now, in their order, each with its `file`."""
    wanted = select(ItemFile).where(ItemFile.item_id == item_id, ItemFile.removed_at.is_(None))
    wanted = wanted.options(joinedload(ItemFile.file).defer(StoredFile.text))
    return db.session.scalars(wanted.order_by(ItemFile.position, ItemFile.id)).all()


def address(file: ItemFile) -> str:
    """Where it is opened, as Markdown refers to it."""
    return names.address(file.file.sha256, file.name)


def may_open(viewer: Viewer, file: StoredFile) -> bool:
    """Whether this person may open a file because an item has it that they may read."""
    wanted = select(ItemFile.id).join(Item, Item.id == ItemFile.item_id).where(ItemFile.file_id == file.id)
    if Can.PUBLISH not in viewer.powers:
        # What was taken off a draft may still be shown by the text that readers have.
        is_shown = or_(ItemFile.removed_at.is_(None), Item.html.contains(f"/files/{file.sha256}/"))
        wanted = wanted.where(IS_READABLE, is_shown)
    return db.session.scalar(wanted.limit(1)) is not None


def kept(since: datetime) -> Select[Any]:
    """The hashes of files that items have, had until lately, or that a revision's text shows, of whichever item."""
    shown = exists().where(Revision.source.contains("/files/" + StoredFile.sha256))
    is_kept = or_(ItemFile.removed_at.is_(None), ItemFile.removed_at > since, shown)
    return select(StoredFile.sha256).join(ItemFile, ItemFile.file_id == StoredFile.id).where(is_kept)


def forget(file_ids: Sequence[int]) -> None:
    """Let go of the rows of files that were removed from items long ago."""
    changed(delete(ItemFile).where(ItemFile.file_id.in_(file_ids), ItemFile.removed_at.is_not(None)))
