"""A filled worksheet as it is read: field by field, with what changed in it and what was remarked at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.message import diff
from portal.worksheets.computed import worked_out
from portal.worksheets.definition import NAME, TABLE, Field, Flat, Section, fields, parts, said

Remarks = Mapping[str, Sequence[Any]]
"""Remarks by the place they stand at."""
NO_REMARKS: Remarks = {}


@dataclass(frozen=True)
class Shown:
    """One answer."""

    place: str
    label: str
    text: str
    change: list[diff.Piece] = field(default_factory=list)
    """Word by word what changed; empty where nothing did."""
    remarks: Sequence[Any] = ()


@dataclass(frozen=True)
class ShownRow:
    """One row of a table; `change` is 'new', 'gone', 'changed', or empty."""

    place: str
    number: int
    cells: list[Shown]
    change: str = ""
    remarks: Sequence[Any] = ()


@dataclass(frozen=True)
class ShownField:
    """One field: an answer, or the rows of a table."""

    asked: Field
    answer: Shown
    rows: list[ShownRow]


@dataclass(frozen=True)
class ShownSection:
    """One section."""

    asked: Section
    fields: list[ShownField]


def shown(
    sections: Sequence[Section],
    answers: Mapping[str, str],
    *,
    before: Mapping[str, str] | None = None,
    remarks: Remarks = NO_REMARKS,
) -> list[ShownSection]:
    """Everything that a worksheet asks and says; with `before`, what changed since."""
    now = with_results(sections, answers)
    was = None if before is None else with_results(sections, before)
    return [ShownSection(section, [_field(each, now, was, remarks) for each in section.fields]) for section in sections]


def with_results(sections: Sequence[Section], answers: Mapping[str, str]) -> Flat:
    """Answers, and what the computed fields come to."""
    return dict(answers) | worked_out(sections, answers)


def changed(sections: Sequence[Section], answers: Mapping[str, str], before: Mapping[str, str]) -> list[str]:
    """The fields, in order, in which something changed; what is computed follows by itself."""
    places = {place for place in {*answers, *before} if answers.get(place, "") != before.get(place, "")}
    return [key for key in fields(sections) if key in {parts(place)[0] for place in places}]


def rows_of(key: str, answers: Mapping[str, str]) -> list[str]:
    """The rows of a table that have something in them, in their order."""
    return list(dict.fromkeys(parts(place)[1] for place, text in answers.items() if text and parts(place)[0] == key))


def named(sections: Sequence[Section], answers: Mapping[str, str], place: str) -> str:
    """What a place is called: 'Your requests, row 2, Contact'."""
    if place == NAME:
        return "What you call it"
    key, row, column = parts(place)
    asked = fields(sections).get(key)
    if asked is None:
        return "A question that is not asked any more"
    if not row:
        return asked.label
    rows = rows_of(key, answers)
    where = f"row {rows.index(row) + 1}" if row in rows else "a row that is gone"
    about = next((each.label for each in asked.columns if each.key == column), "")
    return ", ".join(part for part in (asked.label, where, about) if part)


def stands(sections: Sequence[Section], answers: Mapping[str, str], place: str) -> bool:
    """Whether a remark can stand at a place: a field, a row that is there, or one of its cells."""
    key, row, column = parts(place)
    asked = fields(sections).get(key)
    if asked is None or (row and row not in rows_of(key, answers)):
        return False
    return not column or column in {each.key for each in asked.columns}


def _field(asked: Field, now: Flat, was: Flat | None, remarks: Remarks) -> ShownField:
    if asked.kind != TABLE:
        return ShownField(asked, _answer(asked, asked.key, now, was, remarks), [])
    kept = rows_of(asked.key, now)
    gone = [row for row in rows_of(asked.key, was or {}) if row not in kept]
    rows = [_row(asked, row, number, now, was, remarks) for number, row in enumerate(kept, start=1)]
    rows += [_row(asked, row, 0, {}, was, remarks) for row in gone]
    return ShownField(asked, Shown(asked.key, asked.label, "", [], remarks.get(asked.key, ())), rows)


def _row(asked: Field, row: str, number: int, now: Flat, was: Flat | None, remarks: Remarks) -> ShownRow:
    place = f"{asked.key}/{row}"
    known = was is not None and row in rows_of(asked.key, was)
    # The words of a new row are all new; marking each would hide the ones that matter.
    before = was if known else None
    cells = [_answer(column, f"{place}/{column.key}", now, before, remarks) for column in asked.columns]
    change = "" if was is None else "new" if not known else "gone" if not number else ""
    if not change and any(cell.change for cell in cells):
        change = "changed"
    return ShownRow(place, number, cells, change, remarks.get(place, ()))


def _answer(asked: Field, place: str, now: Flat, was: Flat | None, remarks: Remarks) -> Shown:
    text = said(asked, now.get(place, ""))
    before = text if was is None else said(asked, was.get(place, ""))
    change = diff.words(before, text) if before != text else []
    return Shown(place, asked.label, text, change, remarks.get(place, ()))
