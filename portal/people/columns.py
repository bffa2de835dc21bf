"""From the cells of a sheet to rows about people: which column is which, whatever it is called."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields

from portal.errors import Refused
from portal.sheets import DANGEROUS

MOST_ROWS = 20_000
LONGEST_CELL = 500
"""What is kept of a cell; anything near it is refused as too long anyway."""


@dataclass(frozen=True)
class Row:
    """One row of the sheet, as it was typed."""

    line: int
    """Its number in the sheet, counting from 1, as spreadsheets show it."""
    email: str = ""
    name: str = ""
    practice: str = ""
    title: str = ""
    role: str = ""
    zone: str = ""


HEADINGS = {
    "email": "E-mail",
    "name": "Name",
    "practice": "Practice",
    "title": "Title",
    "role": "Role",
    "zone": "Time zone",
}
"""How we head the columns ourselves, in exports and in the file to start from."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "email": ("email", "emailaddress", "mail", "mailaddress", "workemail", "businessemail", "userprincipalname", "upn"),
    "name": ("name", "fullname", "displayname", "personname", "person", "employeename", "employee"),
    "first": ("firstname", "givenname", "forename"),
    "last": ("lastname", "surname", "familyname"),
    "practice": (
        "practice",
        "practicegroup",
        "practicearea",
        "department",
        "team",
        "serviceline",
        "businessunit",
        "division",
        "unit",
        "group",
    ),
    "title": ("title", "jobtitle", "position", "grade"),
    "role": ("role", "roles", "portalrole"),
    "zone": ("timezone", "zone", "tz"),
}
"""Headings we recognise, without spaces, signs and capitals; where two columns fit, the earlier word wins."""

NEEDED = {"email": "the e-mail address", "name": "the name", "practice": "the practice"}


@dataclass(frozen=True)
class Sheet:
    """What a file says about people."""

    rows: list[Row]
    unused: list[str]
    """Headings that mean nothing to us."""


def understood(cells: Sequence[Sequence[str]]) -> Sheet:
    """The rows of a sheet whose first filled row names the columns. Raises Refused."""
    numbered = [(number, row) for number, row in enumerate(cells, 1) if any(cell.strip() for cell in row)]
    if not numbered:
        raise Refused("That file is empty.", field="file")
    heading = [_clean(cell) for cell in numbered[0][1]]
    columns = _columns(heading)
    _check_needed(columns, heading)
    rows = numbered[1:]
    if not rows:
        raise Refused("That file has headings, but nobody below them.", field="file")
    if len(rows) > MOST_ROWS:
        raise Refused(
            f"That file has {len(rows):,} rows; we take {MOST_ROWS:,} at a time. Split it in two.", field="file"
        )
    used = set(columns.values())
    return Sheet(
        [_row(number, row, columns) for number, row in rows],
        [name for place, name in enumerate(heading) if name and place not in used],
    )


def _columns(heading: Sequence[str]) -> dict[str, int]:
    spelled: dict[str, int] = {}
    for place, name in enumerate(heading):
        spelled.setdefault(re.sub(r"[\W_]", "", name.casefold()), place)
    found = {}
    for field, words in SYNONYMS.items():
        place_or_none = next((spelled[word] for word in words if word in spelled), None)
        if place_or_none is not None:
            found[field] = place_or_none
    return found


def _check_needed(columns: dict[str, int], heading: Sequence[str]) -> None:
    has = set(columns) | ({"name"} if {"first", "last"} <= set(columns) else set())
    missing = [words for field, words in NEEDED.items() if field not in has]
    if missing:
        there = ", ".join(f"“{name[:40]}”" for name in heading[:12] if name)
        raise Refused(
            f"We found no column for {' and '.join(missing)}. The first row must name the columns; yours says {there}.",
            field="file",
        )


def _row(line: int, cells: Sequence[str], columns: dict[str, int]) -> Row:
    def cell(field: str) -> str:
        place = columns.get(field)
        return _clean(cells[place]) if place is not None and place < len(cells) else ""

    values = {field.name: cell(field.name) for field in fields(Row) if field.name != "line"}
    if "name" not in columns:
        values["name"] = f"{cell('first')} {cell('last')}".strip()
    return Row(line, **values)


def _clean(cell: str) -> str:
    # An apostrophe that an export put before a formula is not part of the text.
    if cell.startswith("'") and cell[1:].startswith(DANGEROUS):
        cell = cell[1:]
    kept = "".join(sign for sign in " ".join(cell.split()) if unicodedata.category(sign) not in {"Cc", "Cs"})
    return kept.strip("\ufeff\u200b ")[:LONGEST_CELL]
