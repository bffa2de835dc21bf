"""What a worksheet asks for, and which answers fit.

Each answer stands at a place: 'person' for a field, 'asks/7fa2c1/contact' for a cell of a table's row.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Flat = dict[str, str]
"""Answers by place."""

LINE, TEXT, CHOICE, DATE, TABLE = "line", "text", "choice", "date", "table"
LONGEST = {LINE: 1_000, TEXT: 20_000, CHOICE: 1_000, DATE: 10}
MOST_ROWS = 100
MOST_CHARACTERS = 150_000
NAME = ":name"
"""The place of what the person calls the worksheet; no field can have it."""
LONGEST_NAME = 200
BECOMES = {
    "referral": ("contact", "organisation", "ask", "next_step", "next_on"),
    "cross-sell": ("client", "service", "need", "next_step", "next_on"),
}
"""What the rows of a table can become, and the columns that this needs."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ROW = re.compile(r"[a-z0-9]{1,16}")


@dataclass(frozen=True)
class Field:
    """One thing that is asked for; a column of a table is one too."""

    key: str
    label: str
    kind: str
    help: str = ""
    example: str = ""
    options: tuple[str, ...] = ()
    optional: bool = False
    columns: tuple["Field", ...] = ()
    becomes: str = ""


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
    """The field or column that a place belongs to, if the worksheet has it."""
    key, row, column = parts(place)
    field = fields(sections).get(key)
    if field is None or (field.kind == TABLE) != bool(row and column) or (row and not ROW.fullmatch(row)):
        return None
    return next((each for each in field.columns if each.key == column), None) if row else field


def clean(kind: str, text: str) -> str:
    """A text as it is kept: one kind of line break, none in a line, nothing around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip() if kind == TEXT else " ".join(text.split())


def misfit(field: Field, text: str) -> str:
    """Why a text cannot be the answer to a field; empty when it can."""
    longest = LONGEST[field.kind]
    if not text:
        return ""
    if not _keepable(text):
        return "This has a character in it that can't be kept. Type it again, please."
    if len(text) > longest:
        return f"Keep this under {longest:,} characters; it has {len(text):,}."
    if field.kind == CHOICE and text not in field.options:
        return "Choose one of the answers that are offered."
    if field.kind == DATE and not _is_day(text):
        return "Give a day like 2026-03-31."
    return ""


def misfit_name(text: str) -> str:
    """Why a text cannot be what the person calls the worksheet; empty when it can."""
    if not _keepable(text):
        return "This has a character in it that can't be kept. Type it again, please."
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


def missing(sections: Sequence[Section], flat: Mapping[str, str]) -> dict[str, str]:
    """The fields that are still needed before the worksheet is finished, and what to say at each."""
    filled = {parts(place)[0] for place, text in flat.items() if text and place != NAME}
    said = {TABLE: "Fill at least one row.", CHOICE: "Choose one.", DATE: "Choose a day."}
    return {
        field.key: said.get(field.kind, "This is still empty.")
        for field in fields(sections).values()
        if not field.optional and field.key not in filled
    }


def _keepable(text: str) -> bool:
    # Databases refuse NUL, and UTF-8 has no half of a surrogate pair.
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _is_day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text)) and 1900 <= date.fromisoformat(text).year <= 2200
    except ValueError:
        return False


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
