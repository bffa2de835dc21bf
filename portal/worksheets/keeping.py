"""Moving a worksheet to a newer version, duplicating it, and putting it aside."""

from datetime import datetime, timedelta

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import Refused
from portal.worksheets import definition, moves, queries, services
from portal.worksheets.definition import LONGEST_NAME
from portal.worksheets.models import FilledWorksheet, WorksheetVersion
from portal.worksheets.moves import Moved

TWICE = timedelta(minutes=1)
"""The same copy within this time is a second press."""
COPIED = 2
"""The version a copy begins with; the first is an empty worksheet, which the history doesn't show."""


def preview(filled: FilledWorksheet, newer: WorksheetVersion) -> Moved:
    """What comes of moving a worksheet to a newer version."""
    old, new = queries.sections_of(filled), definition.read(newer.sections)
    return moves.moved(old, new, definition.flat(filled.answers), moves.read(filled.left_over))


def move(filled: FilledWorksheet, *, number: int, by: Viewer, now: datetime) -> None:
    """Move a worksheet to the version that was looked at; what it says now is kept in its history."""
    services.refuse_unless_open(filled)
    newer = queries.newest_or_none(filled)
    if newer is None or newer.number != number:
        raise Refused("There is a newer version than the one you looked at. Look again, then move.")
    found = preview(filled, newer)
    for reason in definition.too_much(found.answers).values():
        raise Refused(reason)
    services.change(
        filled,
        definition.nested(found.answers),
        sections=definition.read(newer.sections),
        by=by,
        now=now,
        keep=True,
        number=number,
        left_over=moves.stored(found.left),
    )


def duplicate(filled: FilledWorksheet, *, by: Viewer, now: datetime) -> FilledWorksheet:
    """A copy to go on with, under a new name; what its rows have become stays with the first. A second press leads to
    the same copy."""
    name = f"Copy of {filled.name or filled.worksheet.title}"[:LONGEST_NAME]
    made = db.session.scalars(
        queries.visible_to(by)
        .where(
            FilledWorksheet.worksheet_id == filled.worksheet_id,
            FilledWorksheet.name == name,
            FilledWorksheet.saved_at > now - TWICE,
            FilledWorksheet.version == COPIED,
        )
        .order_by(FilledWorksheet.id.desc())
        .limit(1)
    ).first()
    if made is not None and made.answers == filled.answers:
        return made
    return services.put_down(
        filled.worksheet,
        filled.number,
        filled.answers,
        name=name,
        version=COPIED,
        by=by,
        now=now,
        left_over=filled.left_over,
        stamps=filled.stamps,
        stale_on=filled.stale_on,
    )


def archive(filled: FilledWorksheet, *, now: datetime) -> None:
    """Put a worksheet aside; nothing of it comes up any more."""
    if filled.archived_at is None:
        filled.archived_at = now
        filled.version += 1


def bring_back(filled: FilledWorksheet) -> None:
    """Take a worksheet out of the archive."""
    if filled.archived_at is not None:
        filled.archived_at = None
        filled.version += 1
