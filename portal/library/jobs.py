"""Background work of this room."""

from sqlalchemy import select

from portal import files
from portal.attachments import extraction
from portal.attachments.models import StoredFile, TextState
from portal.db import db
from portal.library import search_index
from portal.library.models import ItemFile


def read_file(file_id: int) -> None:
    """Find out the words in an attached file, and let the items that it belongs to be found by them."""
    file = db.session.get(StoredFile, file_id)
    if file is None or file.text_state is not TextState.WAITING:
        return
    try:
        with files.store().open(file.sha256) as stream:
            file.text = extraction.text_of(stream, file.content_type)
        file.text_state = TextState.DONE
    except (extraction.Unreadable, FileNotFoundError):
        file.text, file.text_state = "", TextState.FAILED
    belongs = ItemFile.file_id == file_id, ItemFile.removed_at.is_(None)
    for item_id in db.session.scalars(select(ItemFile.item_id).where(*belongs).order_by(ItemFile.item_id)).all():
        search_index.put(item_id)


def rebuild_search() -> None:
    """Make the search tables anew; asked for by the migration that emptied them."""
    search_index.rebuild()
