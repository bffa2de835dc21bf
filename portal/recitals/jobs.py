"""Background work of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from portal import clock, files
from portal.attachments import keeping
from portal.recitals.models import Recording


def forget_file(sha256: str) -> None:
    """Remove the bytes of a recording that is gone, unless somebody has the same ones: another recording, an item."""
    if not keeping.still_expected([sha256], clock.now()):
        files.store().delete(sha256)


def kept(_since: datetime) -> Select[Any]:
    """The hashes of recordings that are there to be heard."""
    return select(Recording.sha256).where(Recording.kept_at.is_not(None), Recording.deleted_at.is_(None))
