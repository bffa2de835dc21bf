"""Which worksheets there are, and what a person wrote. What is written is seen by its writer only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, func, select

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound
from portal.network.beside import Beside
from portal.paging import Page, page_of
from portal.worksheets import definition
from portal.worksheets.models import (
    FilledHistory,
    FilledWorksheet,
    LinkKind,
    RowLink,
    Worksheet,
    WorksheetVersion,
)

_NOT_ARCHIVED = FilledWorksheet.archived_at.is_(None)
_FINISHED_KEYS = (
    select(Worksheet.key)
    .distinct()
    .join(FilledWorksheet, FilledWorksheet.worksheet_id == Worksheet.id)
    .where(FilledWorksheet.person_id == bindparam("person_id"), FilledWorksheet.finished_at.is_not(None))
)
STATES = ("all", "open", "finished", "old", "archived")
"""How a person's worksheets are narrowed; all but the last leave out what is archived."""


@dataclass(frozen=True)
class TableRow:
    """One filled row of a table that becomes something."""

    filled_id: int
    row: str
    becomes: str
    cells: Mapping[str, str]
    """Its answers by column, as they are kept."""
    worksheet: str
    said: Mapping[str, str] = field(default_factory=dict)
    """The same in words."""
    ids: Mapping[str, int] = field(default_factory=dict)
    """What was chosen in it: contact_id, client_id, service_id."""

    @property
    def to_do(self) -> str:
        """What it says is to be done, with whom it is about: on its day, it stands without the row."""
        what = self.said.get("what") or self.said.get("next_step", "")
        whom = self.said.get("contact", "")
        return f"{whom}: {what}" if what and whom and whom.casefold() not in what.casefold() else what


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


def mine(viewer: Viewer, *, state: str = "all", words: str = "", today: date) -> Page:
    """What this person filled, newest first: rows of id, name, saved_at, finished_at, archived_at, stale_on, title."""
    columns: list[Any] = [
        FilledWorksheet.id,
        FilledWorksheet.name,
        FilledWorksheet.saved_at,
        FilledWorksheet.finished_at,
        FilledWorksheet.archived_at,
        FilledWorksheet.stale_on,
        Worksheet.title,
    ]
    found = visible_to(viewer).join(Worksheet, Worksheet.id == FilledWorksheet.worksheet_id)
    found = found.where(FilledWorksheet.archived_at.is_not(None) if state == "archived" else _NOT_ARCHIVED)
    if state in {"open", "finished"}:
        is_open = FilledWorksheet.finished_at.is_(None)
        found = found.where(is_open if state == "open" else ~is_open)
    if state == "old":
        found = found.where(FilledWorksheet.stale_on <= today)
    for word in words.replace("\x00", " ").split()[:8]:
        found = found.where(
            FilledWorksheet.name.icontains(word, autoescape=True) | Worksheet.title.icontains(word, autoescape=True)
        )
    newest_first = (FilledWorksheet.saved_at.desc(), FilledWorksheet.id.desc())
    return page_of(found.with_only_columns(*columns).order_by(*newest_first), scalars=False)


def counts(viewer: Viewer, today: date) -> dict[str, int]:
    """How many worksheets this person has in each state, also archived ones."""
    is_open, is_kept = FilledWorksheet.finished_at.is_(None), _NOT_ARCHIVED
    asked = {
        "all": is_kept,
        "open": is_kept & is_open,
        "finished": is_kept & ~is_open,
        "old": is_kept & (FilledWorksheet.stale_on <= today),
        "archived": ~is_kept,
    }
    sums = [func.coalesce(func.sum(case((rule, 1), else_=0)), 0).label(name) for name, rule in asked.items()]
    return dict(db.session.execute(visible_to(viewer).with_only_columns(*sums)).one()._mapping)


def under_way(viewer: Viewer, sheet: Worksheet) -> list[FilledWorksheet]:
    """The unfinished ones that this person began from one worksheet, newest first."""
    is_open = FilledWorksheet.finished_at.is_(None) & _NOT_ARCHIVED
    found = visible_to(viewer).where(FilledWorksheet.worksheet_id == sheet.id, is_open)
    return list(db.session.scalars(found.order_by(FilledWorksheet.saved_at.desc(), FilledWorksheet.id.desc()).limit(5)))


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


def newest_or_none(filled: FilledWorksheet) -> WorksheetVersion | None:
    """The newest version of a filled worksheet, when it is filled with an older one and can still be begun."""
    is_behind = filled.number < filled.worksheet.number and not filled.worksheet.is_retired
    return version(filled.worksheet) if is_behind else None


def history(filled: FilledWorksheet) -> list[Row[int, int, datetime]]:
    """What was kept of earlier sittings, newest first: version, number, at. The empty first version is not worth a
    look."""
    return list(
        db.session.execute(
            select(FilledHistory.version, FilledHistory.number, FilledHistory.at)
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


def sections_then(filled: FilledWorksheet, kept: FilledHistory) -> tuple[definition.Section, ...]:
    """The sections that a worksheet was filled with when it said this."""
    stored = db.session.scalars(
        select(WorksheetVersion.sections).where(
            WorksheetVersion.worksheet_id == filled.worksheet_id, WorksheetVersion.number == kept.number
        )
    ).one()
    return definition.read(stored)


MOST_BESIDE = 5
_COLUMNS_OF = {"contact": "contact_id", "client": "client_id", "service": "service_id"}


def row_for(viewer: Viewer, filled_id: int, row: str) -> TableRow:
    """One row that this person filled, of a table whose rows become something."""
    filled = filled_for(viewer, filled_id)
    for table in definition.fields(sections_of(filled)).values():
        for cells in filled.answers.get(table.key, []) if table.follow_up else []:
            if cells["row"] == row:
                return _table_row(filled, table, cells)
    raise NotFound


def _table_row(filled: FilledWorksheet, table: definition.Field, cells: Mapping[str, str]) -> TableRow:
    filled_in = [(column, cells[column.key]) for column in table.columns if cells.get(column.key)]
    said = {column.key: definition.said(column, text) for column, text in filled_in}
    ids = {
        _COLUMNS_OF[column.kind]: int(id)
        for column, text in filled_in
        if column.kind in _COLUMNS_OF and (id := definition.chosen(column, text))
    }
    name = filled.name or filled.worksheet.title
    return TableRow(filled.id, cells["row"], table.follow_up, cells, name, said, ids)


def links(filled: FilledWorksheet) -> dict[str, RowLink]:
    """What the rows of a worksheet have become, by row."""
    found = db.session.scalars(select(RowLink).where(RowLink.filled_id == filled.id))
    return {link.row: link for link in found}


def link_of_row(filled_id: int, row: str) -> RowLink | None:
    """What one row has become, if it has."""
    return db.session.scalar(select(RowLink).where(RowLink.filled_id == filled_id, RowLink.row == row))


@dataclass(frozen=True)
class Origin:
    """The row that something came from."""

    filled_id: int
    row: str
    worksheet: str

    @property
    def address(self) -> str:
        """Where the row stands."""
        return f"/worksheets/filled/{self.filled_id}/read#row-{self.row}"


def link_of(viewer: Viewer, kind: LinkKind, target_id: int) -> Origin | None:
    """The row of this person's worksheets that something came from, if it did."""
    found = db.session.execute(_origins(viewer).where(RowLink.kind == kind, RowLink.target_id == target_id)).first()
    return _origin(found) if found else None


def beside_contact(viewer: Viewer, contact_id: int) -> list[Beside]:
    """The row of a worksheet that a contact came from, and the last that conversations with them came from, for the
    contact's page."""
    is_them = (RowLink.kind == LinkKind.CONTACT) & (RowLink.target_id == contact_id)
    was_with = (RowLink.kind == LinkKind.TOUCH) & (RowLink.contact_id == contact_id)
    found = _origins(viewer).where(is_them | was_with).order_by(RowLink.kind, RowLink.id.desc()).limit(MOST_BESIDE)
    return [_beside(row.kind, _origin(row)) for row in db.session.execute(found)]


def _origins(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    return (
        visible_to(viewer)
        .join(RowLink, RowLink.filled_id == FilledWorksheet.id)
        .join(Worksheet, Worksheet.id == FilledWorksheet.worksheet_id)
        .with_only_columns(FilledWorksheet.id, RowLink.kind, RowLink.row, FilledWorksheet.name, Worksheet.title)
    )


def _origin(found: Any) -> Origin:
    return Origin(found.id, found.row, found.name or found.title)


def _beside(kind: LinkKind, origin: Origin) -> Beside:
    words = "From your worksheet" if kind == LinkKind.CONTACT else "A conversation in your worksheet"
    return Beside(f"{words}: {origin.worksheet}", origin.address)
