"""How the store is: the last sweep, and what it found; for admins alone."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.attachments.models import FileSweep, FileTrouble
from portal.db import db


def last_sweep() -> FileSweep | None:
    """The newest sweep."""
    return db.session.scalar(select(FileSweep).order_by(FileSweep.night.desc()).limit(1))


def troubles(most: int) -> Sequence[FileTrouble]:
    """What is missing or damaged, the oldest first."""
    return db.session.scalars(select(FileTrouble).order_by(FileTrouble.at, FileTrouble.sha256).limit(most)).all()
