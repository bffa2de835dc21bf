"""The one gate before every attached file: each room says whose files it knows, and who may open them."""

from collections.abc import Callable, Sequence

from flask import Flask, current_app
from sqlalchemy import bindparam, exists, select

from portal.accounts.viewer import Viewer
from portal.attachments.models import FileBringer, StoredFile
from portal.db import db, rows
from portal.errors import NotFound

MayOpen = Callable[[Viewer, StoredFile], bool]
"""Whether this person may open this file because of something that the room knows."""
_BROUGHT = select(
    exists().where(FileBringer.file_id == bindparam("file_id"), FileBringer.person_id == bindparam("viewer_id"))
)


def init_app(app: Flask, rooms: Sequence[MayOpen]) -> None:
    """Remember whom to ask."""
    app.extensions["may_open_file"] = (brought, *rooms)


def brought(viewer: Viewer, file: StoredFile) -> bool:
    """Who brought the bytes may see them again."""
    return bool(rows(_BROUGHT, file_id=file.id, viewer_id=viewer.id).scalar())


def file_for(viewer: Viewer, sha256: str) -> StoredFile:
    """A file that this person may open. Raises NotFound for every other, whether it is there or not."""
    file = db.session.scalar(select(StoredFile).where(StoredFile.sha256 == sha256))
    if file is None or not any(may(viewer, file) for may in current_app.extensions["may_open_file"]):
        raise NotFound
    return file
