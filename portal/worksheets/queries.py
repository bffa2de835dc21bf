"""Which worksheets there are, and what a person wrote. What is written is seen by its writer only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from portal.accounts.viewer import Viewer
from portal.db import db, rows
from portal.errors import NotFound
from portal.paging import Page, page_of
from portal.worksheets import definition
from portal.worksheets.models import FilledHistory, FilledWorksheet, Worksheet, WorksheetVersion

_UNFINISHED = (
    select(
        FilledWorksheet.id,
        Worksheet.title,
        FilledWorksheet.name,
        FilledWorksheet.saved_at,
        FilledWorksheet.finished_at,
    )
    .join(Worksheet, Worksheet.id == FilledWorksheet.worksheet_id)
    .where(FilledWorksheet.person_id == bindparam("person_id"), FilledWorksheet.finished_at.is_(None))
    .order_by(FilledWorksheet.saved_at.desc(), FilledWorksheet.id.desc())
    .limit(bindparam("most"))
)
_FINISHED_KEYS = (
    select(Worksheet.key)
    .distinct()
    .join(FilledWorksheet, FilledWorksheet.worksheet_id == Worksheet.id)
    .where(FilledWorksheet.person_id == bindparam("person_id"), FilledWorksheet.finished_at.is_not(None))
)


@dataclass(frozen=True)
class TableRow:
    """One filled row of a table that becomes something."""

    filled_id: int
    row: str
    becomes: str
    cells: Mapping[str, str]
    worksheet: str


def visible_to(viewer: Viewer) -> Select[FilledWorksheet]:
    """The worksheets this person filled. Every other query starts here."""
    return select(FilledWorksheet).where(FilledWorksheet.person_id == viewer.id)


def filled_for(viewer: Viewer, filled_id: int, *, to_change: bool = False) -> FilledWorksheet:
    """One worksheet this person filled; held against other tabs' saves while it is changed."""
    found = visible_to(viewer).where(FilledWorksheet.id == filled_id)
    row = db.session.scalar(found.with_for_update() if to_change else found)
    if row is None:
        raise NotFound
    return row


def mine(viewer: Viewer) -> Page:
    """What this person filled, newest first: rows of id, name, saved_at, finished_at, title."""
    columns: list[Any] = [
        FilledWorksheet.id,
        FilledWorksheet.name,
        FilledWorksheet.saved_at,
        FilledWorksheet.finished_at,
        Worksheet.title,
    ]
    found = visible_to(viewer).join(Worksheet, Worksheet.id == FilledWorksheet.worksheet_id)
    newest_first = (FilledWorksheet.saved_at.desc(), FilledWorksheet.id.desc())
    return page_of(found.with_only_columns(*columns).order_by(*newest_first), scalars=False)


def under_way(viewer: Viewer, sheet: Worksheet) -> list[FilledWorksheet]:
    """The unfinished ones that this person began from one worksheet, newest first."""
    found = visible_to(viewer).where(FilledWorksheet.worksheet_id == sheet.id, FilledWorksheet.finished_at.is_(None))
    return list(db.session.scalars(found.order_by(FilledWorksheet.saved_at.desc(), FilledWorksheet.id.desc()).limit(5)))


def recent(viewer: Viewer, most: int) -> list[Row[int, str, str, datetime, datetime | None]]:
    """The unfinished worksheets worked on last: id, title, name, saved_at, finished_at (empty)."""
    return list(rows(_UNFINISHED, person_id=viewer.id, most=most))


def finished_keys(viewer: Viewer) -> set[str]:
    """The keys of the worksheets that this person has finished at least once."""
    return set(db.session.scalars(_FINISHED_KEYS, {"person_id": viewer.id}))


def available() -> list[Worksheet]:
    """The worksheets that can be begun, by discipline."""
    return list(
        db.session.scalars(
            select(Worksheet)
            .where(Worksheet.is_retired.is_(False), Worksheet.number > 0)
            .order_by(Worksheet.discipline, Worksheet.title, Worksheet.id)
        )
    )


def worksheet(key: str) -> Worksheet:
    """One worksheet that can be begun."""
    known = select(Worksheet).where(Worksheet.key == key, Worksheet.is_retired.is_(False), Worksheet.number > 0)
    row = db.session.scalar(known) if key.isprintable() else None
    if row is None:
        raise NotFound
    return row


def version(sheet: Worksheet | FilledWorksheet) -> WorksheetVersion:
    """A worksheet's newest version, or the one that somebody's is filled with."""
    sheet_id = sheet.id if isinstance(sheet, Worksheet) else sheet.worksheet_id
    return db.session.scalars(
        select(WorksheetVersion).where(
            WorksheetVersion.worksheet_id == sheet_id, WorksheetVersion.number == sheet.number
        )
    ).one()


def sections_of(sheet: Worksheet | FilledWorksheet) -> tuple[definition.Section, ...]:
    """The sections of that version."""
    return definition.read(version(sheet).sections)


def history(filled: FilledWorksheet) -> list[Row[int, datetime]]:
    """What was kept of earlier sittings, newest first: version, at. The empty first version is not worth a look."""
    return list(
        db.session.execute(
            select(FilledHistory.version, FilledHistory.at)
            .where(FilledHistory.filled_id == filled.id, FilledHistory.version > 1)
            .order_by(FilledHistory.version.desc())
            .limit(200)
        ).all()
    )


def kept(filled: FilledWorksheet, version: int) -> FilledHistory:
    """What a worksheet said in one version."""
    row = db.session.get(FilledHistory, (filled.id, version))
    if row is None:
        raise NotFound
    return row


def row_for(viewer: Viewer, filled_id: int, row: str) -> TableRow:
    """One row that this person filled, of a table whose rows become something."""
    filled = filled_for(viewer, filled_id)
    found: list[tuple[str, dict[str, Any]]] = [
        (field.becomes, cells)
        for field in definition.fields(sections_of(filled)).values()
        if field.becomes
        for cells in filled.answers.get(field.key, [])
        if cells["row"] == row
    ]
    if not found:
        raise NotFound
    becomes, cells = found[0]
    return TableRow(filled.id, row, becomes, cells, filled.name or filled.worksheet.title)
