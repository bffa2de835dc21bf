"""The files below an item's text, and counting who takes them along."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from portal.accounts.viewer import Viewer
from portal.attachments import names
from portal.attachments.models import StoredFile
from portal.attachments.types import TYPES
from portal.db import rows
from portal.library import queries, usage
from portal.library.beside import Beside
from portal.library.models import ItemFile

_BELOW = (
    select(StoredFile.sha256, StoredFile.content_type, StoredFile.size, ItemFile.name)
    .join(ItemFile, ItemFile.file_id == StoredFile.id)
    .where(ItemFile.item_id == bindparam("item_id"), ItemFile.removed_at.is_(None), ItemFile.is_inline.is_(False))
    .order_by(ItemFile.position, ItemFile.id)
)


def beside_item(_viewer: Viewer, item: Any) -> Beside | None:
    """What can be downloaded with an item, and heard or seen in the page."""
    found = [
        {
            "name": row.name,
            "address": names.address(row.sha256, row.name),
            "said": TYPES[row.content_type].said,
            "size": names.said_size(row.size),
            "medium": row.content_type.partition("/")[0],
        }
        for row in rows(_BELOW, item_id=item.id)
    ]
    return Beside("library/_files.html", {"files": found}) if found else None


def count(key: str, *, by: Viewer, now: datetime) -> None:
    """Count that somebody took a file of a published item along."""
    usage.count(queries.published_id(key), by.today(now), downloaded=1)
