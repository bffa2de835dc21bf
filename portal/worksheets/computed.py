"""What the computed fields of a worksheet come to, and how the rows of a table rank."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from portal.worksheets import formulas
from portal.worksheets.definition import COMPUTED, NUMBER, SCALE, TABLE, Field, Flat, Section, fields, misfit, parts

Rows = dict[str, dict[str, Decimal]]
"""The numbers of a table's filled rows, by row and column."""


def worked_out(sections: Sequence[Section], answers: Mapping[str, str]) -> Flat:
    """The results by place, as kept numbers; a place without a result is left out."""
    known = fields(sections)
    tables = {key: _rows(field, answers) for key, field in known.items() if field.kind == TABLE}
    given = {key: _number(field, answers.get(key, "")) for key, field in known.items()}
    numbers = {key: number for key, number in given.items() if number is not None}
    found: Flat = {}
    # Columns may look at any table's answers; fields also at what the columns came to.
    plain = _plain(tables)
    for key, rows in tables.items():
        for row, cells in rows.items():
            for column in known[key].columns:
                if column.kind == COMPUTED:
                    _reckon(column, f"{key}/{row}/{column.key}", cells, plain, found)
    with_results = _plain(tables)
    for key, field in known.items():
        if field.kind == COMPUTED:
            _reckon(field, key, numbers, with_results, found)
    return found


def _reckon(field: Field, place: str, numbers: dict[str, Decimal], tables: formulas.Tables, found: Flat) -> None:
    result = formulas.value(formulas.read(field.formula), numbers, tables)
    if result is not None:
        found[place] = formulas.rounded(result)
        numbers[field.key] = Decimal(found[place])


def _plain(tables: Mapping[str, Rows]) -> dict[str, list[dict[str, Decimal]]]:
    return {key: [dict(cells) for cells in rows.values()] for key, rows in tables.items()}


def _rows(field: Field, answers: Mapping[str, str]) -> Rows:
    columns = {column.key: column for column in field.columns}
    rows: Rows = {}
    for place, text in answers.items():
        key, row, name = parts(place)
        if key == field.key and row and text:
            cells = rows.setdefault(row, {})
            number = _number(columns[name], text) if name in columns else None
            if number is not None:
                cells[name] = number
    return rows


def _number(field: Field, text: str) -> Decimal | None:
    return Decimal(text) if text and field.kind in (NUMBER, SCALE) and not misfit(field, text) else None


def ranked(field: Field, answers: Mapping[str, str], results: Mapping[str, str]) -> list[tuple[str, str]]:
    """The rows of a table with the number they rank by, highest first; rows without one are left out."""
    column = next((each for each in field.columns if each.key == field.rank_by), None)
    if column is None:
        return []
    found = answers if column.kind != COMPUTED else results
    numbers = [
        (parts(place)[1], text)
        for place, text in found.items()
        if text and parts(place)[0] == field.key and parts(place)[2] == field.rank_by and not _misfit(column, text)
    ]
    return sorted(numbers, key=lambda each: -Decimal(each[1]))


def _misfit(column: Field, text: str) -> str:
    return "" if column.kind == COMPUTED else misfit(column, text)
