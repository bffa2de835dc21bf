"""Background work of this room."""

from portal import files
from portal.attachments import extraction
from portal.attachments.models import StoredFile, TextState
from portal.db import db


def read_file(file_id: int) -> None:
    """Find out the words in an attached file, so that search finds the items it belongs to."""
    file = db.session.get(StoredFile, file_id)
    if file is None or file.text_state is not TextState.WAITING:
        return
    try:
        with files.store().as_local(file.sha256) as path:
            file.text = extraction.text_of(path, file.content_type)
        file.text_state = TextState.DONE
    except ValueError:
        file.text_state = TextState.FAILED
