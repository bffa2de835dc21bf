"""Background work of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from portal import clock, files
from portal.db import db
from portal.privacy.models import Leaving


def forget_package(leaving_id: int) -> None:
    """Delete a package whose time is over, unless the same bytes wait for somebody else."""
    leaving = db.session.get(Leaving, leaving_id)
    now = clock.now()
    if leaving is None or leaving.until > now:
        return
    leaving.forgotten_at = leaving.forgotten_at or now
    others = select(Leaving.id).where(
        Leaving.sha256 == leaving.sha256, Leaving.id != leaving.id, Leaving.forgotten_at.is_(None)
    )
    if db.session.scalar(others.limit(1)) is None:
        files.store().delete(leaving.sha256)


def kept(_since: datetime) -> Select[Any]:
    """The hashes of packages that wait for somebody."""
    return select(Leaving.sha256).where(Leaving.forgotten_at.is_(None))
