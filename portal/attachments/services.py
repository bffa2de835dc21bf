"""Taking files in: looked at, made safe, stored once under the hash of their bytes."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from sqlalchemy import select

from portal import files
from portal.accounts.viewer import Viewer
from portal.attachments import looking, pictures
from portal.attachments.extraction import READABLE
from portal.attachments.models import FileBringer, StoredFile, TextState
from portal.db import changed, db, insert_or
from portal.errors import Refused
from portal.jobs import services as jobs


def take(stream: BinaryIO, *, name: str, by: Viewer | None, now: datetime) -> StoredFile:
    """Keep a file that somebody brings; the same bytes are one row and one file. Raises Refused in kind words.

    `name` helps only to tell text from a table. Who brought a file may open it from now on, and it is kept for
    `keeping.SPARED` even when nothing refers to it yet.
    """
    with _part() as came, _part() as fresh:
        _receive(stream, came)
        content_type, width, height = looking.content_type(came, name), None, None
        whole = came
        if content_type == looking.PICTURE:
            content_type, width, height = pictures.made_anew(came, fresh)
            whole = fresh
        sha256, size = files.hash_of(whole), whole.stat().st_size
        # Bytes first: what crashes before the commit leaves bytes without a row, and the sweep takes them away.
        files.store().put(whole, sha256=sha256)
    row = _row(sha256, content_type=content_type, size=size, width=width, height=height, by=by, now=now)
    if by is not None:
        _remember(row, by, now)
    return row


def _receive(stream: BinaryIO, target: Path) -> None:
    most = current_app.extensions["portal_config"].MAX_UPLOAD_BYTES
    size = 0
    with target.open("wb") as file:
        while piece := stream.read(files.PIECE):
            size += len(piece)
            if size > most:
                raise Refused(f"This file is larger than {most // 1_000_000} MB, which is the most we take.", "file")
            file.write(piece)


def _row(sha256: str, *, by: Viewer | None, now: datetime, **found: object) -> StoredFile:
    """The row of these bytes, made where missing; two who bring them at once get the same one."""
    state = TextState.WAITING if found["content_type"] in READABLE else TextState.NONE
    values = dict(sha256=sha256, text="", text_state=state, added_at=now, by_id=by and by.id, **found)
    insert = insert_or(StoredFile).values(values).on_conflict_do_nothing(index_elements=["sha256"])
    # Holding the row keeps the sweep from letting go of it; where it just did, the row is made anew.
    held = select(StoredFile).where(StoredFile.sha256 == sha256).with_for_update(read=True, key_share=True)
    is_new = changed(insert)
    row = db.session.scalars(held).one_or_none()
    if row is None:
        is_new = changed(insert)
        row = db.session.scalars(held).one()
    if is_new and row.text_state is TextState.WAITING:
        jobs.enqueue("read-file", file_id=row.id)
    return row


def _remember(row: StoredFile, by: Viewer, now: datetime) -> None:
    statement = insert_or(FileBringer).values(file_id=row.id, person_id=by.id, at=now)
    changed(statement.on_conflict_do_update(index_elements=["file_id", "person_id"], set_={"at": now}))


@contextmanager
def _part() -> Iterator[Path]:
    part = files.store().part(f"file-{secrets.token_hex(8)}")
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)
