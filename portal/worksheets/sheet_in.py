"""What a workbook that was brought back says, place by place, and how that differs from what the portal says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from xlsxwriter.utility import xl_rowcol_to_cell

from portal.message import diff
from portal.worksheets.definition import (
    COMPUTED,
    DATE,
    LINE,
    NAME,
    PICKERS,
    Field,
    Flat,
    Section,
    at,
    chosen,
    clean,
    fields,
    misfit,
    misfit_name,
    parts,
    said,
)
from portal.worksheets.kinds import as_chosen
from portal.worksheets.reading import named, rows_of
from portal.worksheets.sheet_out import FIELDS, FIRST_FIELD, FIRST_ROW, TABLE_OF, TICKET

Sheets = Sequence[tuple[str, list[list[str]]]]


@dataclass(frozen=True)
class Misfit:
    """A cell whose text cannot be the answer there."""

    cell: str
    label: str
    text: str
    reason: str


@dataclass
class Brought:
    """What a workbook says."""

    cells: Flat = field(default_factory=dict)
    """By place; rows that are new in it have the id that they would get."""
    rows: dict[str, list[str]] = field(default_factory=dict)
    """The rows of each table that the workbook has a sheet for."""
    wrong: list[Misfit] = field(default_factory=list)


def ticket_of(sheets: Sheets) -> str:
    """The ticket that the portal put into a workbook; empty where there is none."""
    for name, rows in sheets:
        if name == TICKET:
            return "".join(row[0] for row in rows[1:] if row)
    return ""


def read(sheets: Sheets, sections: Sequence[Section], base: Mapping[str, str], *, mark: str) -> Brought:
    """What a workbook says; `mark` begins the ids of rows that are new in it."""
    found = Brought()
    known = fields(sections)
    for name, rows in sheets:
        first = rows[0][0] if rows and rows[0] else ""
        if first == FIELDS:
            for number, cells in enumerate(rows[FIRST_FIELD:], start=FIRST_FIELD):
                if len(cells) > 2 and cells[0]:
                    _take(found, sections, cells[0], cells[2], base, f"{name}!{xl_rowcol_to_cell(number, 2)}")
        elif first.startswith(TABLE_OF) and first.removeprefix(TABLE_OF) in known:
            _table(found, sections, known[first.removeprefix(TABLE_OF)], name, rows, base, mark)
    return found


def _table(
    found: Brought,
    sections: Sequence[Section],
    table: Field,
    name: str,
    rows: list[list[str]],
    base: Mapping[str, str],
    mark: str,
) -> None:
    columns = {number: key for number, key in enumerate(rows[0]) if number and key}
    ours, seen, new = set(rows_of(table.key, base)), [], 0
    for number, cells in enumerate(rows[FIRST_ROW:], start=FIRST_ROW):
        said_here = {key: cells[place] for place, key in columns.items() if place < len(cells)}
        if not any(said_here.values()):
            continue
        row = cells[0]
        if row not in ours or row in seen:  # a row of one's own, or a copy of one
            new += 1
            row = f"{mark}{new}"
        seen.append(row)
        for place, key in columns.items():
            cell = f"{name}!{xl_rowcol_to_cell(number, place)}"
            _take(found, sections, f"{table.key}/{row}/{key}", said_here.get(key, ""), base, cell)
    found.rows[table.key] = seen


def _take(
    found: Brought, sections: Sequence[Section], place: str, text: str, base: Mapping[str, str], cell: str
) -> None:
    asked = Field(NAME, "What you call it", LINE) if place == NAME else at(sections, place)
    if asked is None:
        return  # not asked any more
    kept = _kept(asked, text, base.get(place, ""))
    reason = misfit_name(kept) if place == NAME else misfit(asked, kept)
    if reason:
        found.wrong.append(Misfit(cell, asked.label, text[:200], reason))
    else:
        found.cells[place] = kept


def _kept(asked: Field, text: str, base: str) -> str:
    """A cell's text as an answer is kept. What nobody touched is what it was."""
    if text in (base, said(asked, base), _unwritable(said(asked, base)).strip()):
        return base
    if asked.kind == DATE:
        text = text.removesuffix(" 00:00:00")
    if asked.kind in PICKERS:
        text = as_chosen(asked, text, base if chosen(asked, base) else "")
    return clean(asked.kind, text)


def _unwritable(text: str) -> str:
    # XML has no place for these two, and readers leave them as they were written.
    return text.replace("\ufffe", "_xFFFE_").replace("\uffff", "_xFFFF_")


@dataclass(frozen=True)
class Difference:
    """One thing that the portal and the workbook don't agree on."""

    kind: Literal["cell", "both", "new", "gone"]
    """A cell that only the workbook changed, one that both changed, a row that is new in it, or missing in it."""
    place: str
    label: str
    portal: Flat
    """By place, what the portal says."""
    file: Flat
    """By place, what the workbook says."""
    told: list[tuple[str, list[diff.Piece]]]
    """What differs, word by word, with the names of the columns for a row."""


def differences(
    sections: Sequence[Section], base: Mapping[str, str], portal: Mapping[str, str], brought: Brought
) -> list[Difference]:
    """Everything in which a workbook differs from the portal, in the worksheet's order."""
    found = [_cell(sections, NAME, base, portal, brought)]
    for key, asked in fields(sections).items():
        if asked.columns:
            found += _rows(sections, asked, base, portal, brought)
        elif asked.kind != COMPUTED:
            found.append(_cell(sections, key, base, portal, brought))
    return [each for each in found if each is not None]


def _cell(
    sections: Sequence[Section], place: str, base: Mapping[str, str], portal: Mapping[str, str], brought: Brought
) -> Difference | None:
    here, there, was = portal.get(place, ""), brought.cells.get(place), base.get(place, "")
    if there is None or there in (here, was):
        return None
    kind: Literal["cell", "both"] = "cell" if here == was else "both"
    label = named(sections, {**brought.cells, **portal}, place)
    told = [("", _words(sections, place, here, there))]
    return Difference(kind, place, label, {place: here}, {place: there}, told)


def _rows(
    sections: Sequence[Section], table: Field, base: Mapping[str, str], portal: Mapping[str, str], brought: Brought
) -> list[Difference | None]:
    if table.key not in brought.rows:
        return []  # its sheet was taken out of the workbook: nothing is said about it
    ours, here = rows_of(table.key, base), rows_of(table.key, portal)
    found: list[Difference | None] = []
    matched: set[str] = set()
    for row in brought.rows[table.key]:
        there = _row(table, row, brought.cells)
        if row in ours or row in here:
            found += [_cell(sections, place, base, portal, brought) for place in there]
            continue
        added = [each for each in here if each not in ours and each not in matched]
        same = next((each for each in added if _same(table, each, portal, there)), "")
        matched |= {same}
        if not same:
            found.append(_whole(sections, table, row, "new", {}, there))
    for row in ours:
        if row not in brought.rows[table.key] and row in here:
            found.append(_whole(sections, table, row, "gone", _row(table, row, portal), {}))
    return found


def _row(table: Field, row: str, answers: Mapping[str, str]) -> Flat:
    places = [f"{table.key}/{row}/{column.key}" for column in table.columns if column.kind != COMPUTED]
    return {place: answers[place] for place in places if place in answers}


def _same(table: Field, row: str, portal: Mapping[str, str], there: Flat) -> bool:
    here = {parts(place)[2]: text for place, text in _row(table, row, portal).items() if text}
    return here == {parts(place)[2]: text for place, text in there.items() if text}


def _whole(
    sections: Sequence[Section], table: Field, row: str, kind: Literal["new", "gone"], portal: Flat, file: Flat
) -> Difference:
    labels = {column.key: column.label for column in table.columns}
    told = [
        (labels[parts(place)[2]], _words(sections, place, portal.get(place, ""), file.get(place, "")))
        for place in {**portal, **file}
        if portal.get(place) or file.get(place)
    ]
    label = f"{table.label}, a new row" if kind == "new" else named(sections, portal, f"{table.key}/{row}")
    filled = {place: text for place, text in file.items() if text}
    return Difference(kind, f"{table.key}/{row}", label, portal, filled, told)


def _words(sections: Sequence[Section], place: str, before: str, after: str) -> list[diff.Piece]:
    asked: Any = at(sections, place) if place != NAME else None
    return diff.words(said(asked, before), said(asked, after)) if asked else diff.words(before, after)
