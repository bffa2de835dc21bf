"""Background work of this room."""

from sqlalchemy import exists, select

from portal import files
from portal.db import db
from portal.recitals.models import Recording


def forget_file(sha256: str) -> None:
    """Remove a file that no recording has any more."""
    is_wanted = select(exists().where(Recording.sha256 == sha256, Recording.deleted_at.is_(None)))
    if not db.session.scalar(is_wanted):
        files.store().delete(sha256)
