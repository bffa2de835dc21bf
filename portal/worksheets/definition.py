"""What a worksheet asks for, and which answers fit.

Each answer stands at a place: 'person' for a field, 'asks/7fa2c1/contact' for a cell of a table's row.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from portal.worksheets.kinds import (
    CHOICE,
    COMPUTED,
    DATE,
    KINDS,
    LINE,
    NOT_KEPT,
    NUMBER,
    PICKERS,
    SCALE,
    TABLE,
    TEXT,
    Field,
    chosen,
    clean,
    keepable,
    misfit,
    said,
)

__all__ = [
    "CHOICE",
    "COMPUTED",
    "DATE",
    "KINDS",
    "LINE",
    "NUMBER",
    "PICKERS",
    "SCALE",
    "TABLE",
    "TEXT",
    "Field",
    "chosen",
    "clean",
    "misfit",
    "said",
]

Flat = dict[str, str]
"""Answers by place."""

MOST_ROWS = 100
MOST_CHARACTERS = 150_000
NAME = ":name"
"""The place of what the person calls the worksheet; no field can have it."""
LONGEST_NAME = 200
BECOMES = {
    "referral": ("contact", "organisation", "ask", "next_step", "next_on"),
    "cross-sell": ("client", "service", "need", "next_step", "next_on"),
    "contact": ("name", "organisation", "relation"),
    "reminder": ("what", "on"),
    "touch": ("contact", "happened_on", "note"),
}
"""What the rows of a table can become, and the columns that this needs."""
DAYS = ("next_on", "on", "happened_on", "last_touch")
"""The columns of such a table that must be days."""
ROW = re.compile(r"[a-z0-9]{1,16}")


@dataclass(frozen=True)
class Section:
    """A part of a worksheet."""

    key: str
    title: str
    help: str
    fields: tuple[Field, ...]


def read(sections: Sequence[Mapping[str, Any]]) -> tuple[Section, ...]:
    """A worksheet's sections, from their stored form."""
    return tuple(
        Section(part["key"], part["title"], part.get("help", ""), tuple(_field(given) for given in part["fields"]))
        for part in sections
    )


def _field(given: Mapping[str, Any]) -> Field:
    return Field(
        given["key"],
        given["label"],
        given["kind"],
        given.get("help", ""),
        given.get("example", ""),
        tuple(clean(CHOICE, option) for option in given.get("options", ())),
        bool(given.get("optional", False)),
        tuple(_field(column) for column in given.get("columns", ())),
        given.get("becomes", ""),
        given.get("from", 0),
        given.get("to", 0),
        given.get("low", ""),
        given.get("high", ""),
        given.get("formula", ""),
        given.get("fresh_days", 0),
        given.get("rank_by", ""),
        tuple(given.get("start", ())),
    )


def fields(sections: Sequence[Section]) -> dict[str, Field]:
    """Every field by its key, in order."""
    return {field.key: field for section in sections for field in section.fields}


def parts(place: str) -> tuple[str, str, str]:
    """The field, the row and the column of a place; row and column are empty where there is no table."""
    field, _, rest = place.partition("/")
    row, _, column = rest.partition("/")
    return field, row, column


def at(sections: Sequence[Section], place: str) -> Field | None:
    """The field or column whose answer stands at a place, if the worksheet has it; what is computed is no answer."""
    key, row, column = parts(place)
    field = fields(sections).get(key)
    if field is None or (field.kind == TABLE) != bool(row and column) or (row and not ROW.fullmatch(row)):
        return None
    found = next((each for each in field.columns if each.key == column), None) if row else field
    return None if found is None or found.kind == COMPUTED else found


def misfit_name(text: str) -> str:
    """Why a text cannot be what the person calls the worksheet; empty when it can."""
    if not keepable(text):
        return NOT_KEPT
    return "" if len(text) <= LONGEST_NAME else f"Keep the name under {LONGEST_NAME} characters."


def checked(sections: Sequence[Section], sent: Mapping[str, str]) -> tuple[Flat, dict[str, str]]:
    """Sent answers as they are kept, and by place what is wrong with those that don't fit.

    Raises KeyError for a place that the worksheet doesn't have.
    """
    good: Flat = {}
    wrong: dict[str, str] = {}
    for place, text in sent.items():
        field = at(sections, place) if place != NAME else None
        if field is None and place != NAME:
            raise KeyError(place)
        good[place] = clean(field.kind if field else LINE, text)
        reason = misfit(field, good[place]) if field else misfit_name(good[place])
        if reason:
            wrong[place] = reason
    return good, wrong


def tidied(sections: Sequence[Section], known: Mapping[str, str]) -> Flat:
    """The texts that a page knew, as they are kept, to compare them with what is saved."""
    kinds = {place: field.kind if (field := at(sections, place)) else LINE for place in known}
    return {place: clean(kinds[place], text) for place, text in known.items()}


def too_much(flat: Mapping[str, str]) -> dict[str, str]:
    """What is too much: by table where it has too many rows, by the empty place where it is everything together."""
    rows: dict[str, set[str]] = {}
    for place, text in flat.items():
        key, row, _ = parts(place)
        if row and text:
            rows.setdefault(key, set()).add(row)
    said = {key: f"A table has at most {MOST_ROWS} rows." for key, found in rows.items() if len(found) > MOST_ROWS}
    if sum(map(len, flat.values())) > MOST_CHARACTERS:
        said[""] = "This worksheet is full. Shorten something, or begin another one."
    return said


def started(sections: Sequence[Section]) -> dict[str, Any]:
    """What a worksheet says when it is begun, as it is stored: the rows that stand in its tables at first."""
    tables = [field for field in fields(sections).values() if field.start]
    numbers = count(1)
    return {
        table.key: [{"row": f"s{next(numbers)}", **_cells(table, cells)} for cells in table.start] for table in tables
    }


def _cells(field: Field, cells: Mapping[str, str]) -> dict[str, str]:
    kinds = {column.key: column.kind for column in field.columns}
    return {key: clean(kinds[key], text) for key, text in cells.items() if key in kinds}


def missing(sections: Sequence[Section], given: Mapping[str, str]) -> dict[str, str]:
    """The fields that are still needed before the worksheet is finished, and what to say at each."""
    stood = flat(started(sections))
    filled = {parts(place)[0] for place, text in given.items() if text and place != NAME and stood.get(place) != text}
    said = {TABLE: "Fill at least one row.", CHOICE: "Choose one.", SCALE: "Choose one.", DATE: "Choose a day."}
    return {
        field.key: said.get(field.kind, "This is still empty.")
        for field in fields(sections).values()
        if not field.optional and field.kind != COMPUTED and field.key not in filled
    }


def to_go(sections: Sequence[Section], given: Mapping[str, str]) -> dict[str, int]:
    """How many answers each section still needs; a section that needs none at any time is left out."""
    needed = {section.key: missing([section], {}) for section in sections}
    still = missing(sections, given)
    return {key: sum(field in still for field in fields) for key, fields in needed.items() if fields}


def flat(answers: Mapping[str, Any]) -> Flat:
    """Stored answers by place, rows in their order."""
    found: Flat = {}
    for key, value in answers.items():
        if isinstance(value, str):
            found[key] = value
        else:
            found |= {
                f"{key}/{row['row']}/{name}": text for row in value for name, text in row.items() if name != "row"
            }
    return found


def nested(flat: Mapping[str, str]) -> dict[str, Any]:
    """Answers as they are stored: a text a field, a list of rows a table; what is empty is left out."""
    answers: dict[str, Any] = {}
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for place, text in flat.items():
        key, row, column = parts(place)
        if row:
            cells = tables.setdefault(key, {}).setdefault(row, {"row": row})
            cells |= {column: text} if text else {}
        elif text and place != NAME:
            answers[key] = text
    filled = {key: [cells for cells in rows.values() if len(cells) > 1] for key, rows in tables.items()}
    return answers | {key: rows for key, rows in filled.items() if rows}
