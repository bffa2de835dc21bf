"""Background work of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, select

from portal import files
from portal.db import db
from portal.recitals.models import Recording


def forget_file(sha256: str) -> None:
    """Remove a file that no recording has any more."""
    is_wanted = select(exists().where(Recording.sha256 == sha256, Recording.deleted_at.is_(None)))
    if not db.session.scalar(is_wanted):
        files.store().delete(sha256)


def kept(_since: datetime) -> Select[Any]:
    """The hashes of recordings that are there to be heard."""
    return select(Recording.sha256).where(Recording.kept_at.is_not(None), Recording.deleted_at.is_(None))
