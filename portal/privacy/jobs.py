"""Background work of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from portal import clock, files
from portal.attachments import keeping
from portal.db import db
from portal.privacy.models import Leaving


def forget_package(leaving_id: int) -> None:
    """Delete a package whose time is over, unless somebody else has the same bytes."""
    leaving = db.session.get(Leaving, leaving_id)
    now = clock.now()
    if leaving is None or leaving.until > now:
        return
    leaving.forgotten_at = leaving.forgotten_at or now
    db.session.flush()  # it is no longer among those that wait
    if not keeping.still_expected([leaving.sha256], now):
        files.store().delete(leaving.sha256)


def kept(_since: datetime) -> Select[Any]:
    """The hashes of packages that wait for somebody."""
    return select(Leaving.sha256).where(Leaving.forgotten_at.is_(None))
