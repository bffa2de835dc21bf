"""A worksheet as a workbook to fill away from the portal; hidden cells say where each answer belongs."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from portal import sheets
from portal.worksheets.definition import (
    CHOICE,
    COMPUTED,
    DATE,
    MOST_ROWS,
    NAME,
    NUMBER,
    SCALE,
    TABLE,
    TEXT,
    Field,
    Section,
    fields,
    said,
)
from portal.worksheets.reading import rows_of

FIELDS, TABLE_OF = "portal:fields", "portal:table:"
"""What stands in the first, hidden cell of a sheet."""
TICKET = "portal"
"""The hidden sheet with the ticket, in pieces that fit into cells."""
LISTS = "lists"
PIECE = 30_000
FIRST_FIELD, FIRST_ROW = 4, 4
"""The rows, counted from zero, where answers begin."""
EARLIEST = date(1900, 3, 1)
"""Before this, spreadsheets count days wrongly."""
CELL = {"valign": "top", "border": 1, "border_color": "#cfc9bb"}
WARN = {"error_type": "warning", "error_title": "Is this right?"}


def workbook(title: str, sections: Sequence[Section], answers: Mapping[str, str], *, ticket: str, where: str) -> bytes:
    """The workbook: a sheet with the fields, one for each table, and hidden ones."""
    out = io.BytesIO()
    book = _Book(sheets.workbook(out), answers)
    names = _names(sections)
    book.fields(title, sections, names, where)
    for key, field in fields(sections).items():
        if field.kind == TABLE:
            book.table(field, names[key])
    book.hide(ticket)
    return out.getvalue()


def _names(sections: Sequence[Section]) -> dict[str, str]:
    """A name for the sheet of each table: its label, as far as spreadsheets take it, each once."""
    taken, names = {"worksheet", TICKET, LISTS, "history"}, {}
    for key, field in fields(sections).items():
        if field.kind == TABLE:
            plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", field.label).strip(" '")[:27].strip(" '") or "Table"
            name, number = plain, 1
            while name.casefold() in taken:
                number += 1
                name = f"{plain} {number}"
            taken.add(name.casefold())
            names[key] = name
    return names


def helped(field: Field) -> str:
    """What is said beside a field."""
    scale = f"From {field.least} ({field.low}) to {field.most} ({field.high})." if field.kind == SCALE else ""
    example = f"For example: {field.example}" if field.example else ""
    day = "A day, like 2026-03-31." if field.kind == DATE else ""
    optional = "Optional." if field.optional else ""
    return " ".join(part for part in (field.help, scale.replace(" ()", ""), day, optional, example) if part)


def is_exact(text: str) -> bool:
    """Whether a number is the same after a spreadsheet has had it."""
    number = float(text)
    kept = str(int(number)) if number.is_integer() else f"{Decimal(repr(number)):f}"
    return kept == text


class _Book:
    """Writes the sheets."""

    def __init__(self, book: Any, answers: Mapping[str, str]):
        self._book, self._answers = book, answers
        self._lists: dict[tuple[str, ...], str] = {}
        formats = {
            "title": {"bold": True, "font_size": 16},
            "section": {"bold": True, "font_size": 12, "font_color": "#0b5d57", "top": 1},
            "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
            "label": {"text_wrap": True, "valign": "top", "bold": True},
            "help": {"text_wrap": True, "valign": "top", "italic": True, "font_color": "#5d5a52"},
            "text": CELL | {"text_wrap": True, "num_format": "@"},
            "day": CELL | {"num_format": "yyyy-mm-dd", "align": "left"},
            "number": CELL | {"num_format": "General", "align": "left"},
        }
        self._formats = {name: book.add_format(given) for name, given in formats.items()}
        self._first = book.add_worksheet("Worksheet")

    def fields(self, title: str, sections: Sequence[Section], names: Mapping[str, str], where: str) -> None:
        """The sheet with the fields: where each belongs, its label, the answer, and help."""
        sheet, formats = self._first, self._formats
        sheet.write_string(0, 0, FIELDS)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, 2, None, {"hidden": True})
        sheet.set_column(1, 1, 36)
        sheet.set_column(2, 2, 60)
        sheet.set_column(3, 3, 60)
        self._on_paper(sheet)
        sheet.write_string(1, 1, title, formats["title"])
        sheet.write_string(2, 1, f"Write into the column “Your answer”, save, and bring the file back: {where}")
        for column, head in enumerate(("", "Question", "Your answer", "Help")):
            sheet.write_string(3, column, head, formats["head"])
        sheet.freeze_panes(FIRST_FIELD, 0)
        number = FIRST_FIELD
        name = Field(NAME, "What you call it", "line", optional=True)
        for section_title, asked in [("", [name]), *((each.title, each.fields) for each in sections)]:
            if section_title:
                sheet.write_string(number, 1, section_title, formats["section"])
                number += 1
            for field in asked:
                if field.kind != COMPUTED:
                    self._field(sheet, number, field, names)
                    number += 1

    def _field(self, sheet: Any, number: int, field: Field, names: Mapping[str, str]) -> None:
        sheet.write_string(number, 1, field.label, self._formats["label"])
        sheet.write_string(number, 3, helped(field), self._formats["help"])
        if field.kind == TABLE:
            sheet.write_string(number, 2, f"On the sheet “{names[field.key]}”", self._formats["help"])
            return
        sheet.write_string(number, 0, field.key)
        self._answer(sheet, number, 2, field, self._answers.get(field.key, ""))
        self._check(sheet, number, number, 2, field)
        if field.kind == TEXT and not self._answers.get(field.key):
            sheet.set_row(number, 60)

    def table(self, field: Field, name: str) -> None:
        """The sheet of a table: the rows' ids are hidden beside them, the columns' keys above them."""
        sheet, formats = self._book.add_worksheet(name), self._formats
        columns = [column for column in field.columns if column.kind != COMPUTED]
        sheet.write_string(0, 0, TABLE_OF + field.key)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, 2, None, {"hidden": True})
        self._on_paper(sheet)
        sheet.write_string(1, 1, f"{field.label}. Add rows below; one row is one line.", formats["section"])
        last = FIRST_ROW + MOST_ROWS - 1
        for place, column in enumerate(columns, start=1):
            sheet.set_column(place, place, 36 if column.kind == TEXT else 22)
            sheet.write_string(0, place, column.key)
            sheet.write_string(2, place, column.label, formats["head"])
            sheet.write_string(3, place, helped(column), formats["help"])
            self._check(sheet, FIRST_ROW, last, place, column)
        sheet.freeze_panes(FIRST_ROW, 0)
        rows = rows_of(field.key, self._answers)
        for number in range(FIRST_ROW, FIRST_ROW + max(len(rows) + 10, 20)):
            row = rows[number - FIRST_ROW] if number - FIRST_ROW < len(rows) else ""
            if row:
                sheet.write_string(number, 0, row)
            for place, column in enumerate(columns, start=1):
                text = self._answers.get(f"{field.key}/{row}/{column.key}", "") if row else ""
                self._answer(sheet, number, place, column, text)

    def _on_paper(self, sheet: Any) -> None:
        """As wide as a page, when somebody prints it."""
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _answer(self, sheet: Any, row: int, column: int, field: Field, text: str) -> None:
        if field.kind == DATE:
            if text and date.fromisoformat(text) >= EARLIEST:
                sheet.write_datetime(row, column, datetime.fromisoformat(text), self._formats["day"])
            else:
                sheet.write(row, column, text or None, self._formats["day"])
        elif field.kind in (NUMBER, SCALE):
            if text and is_exact(text):
                sheet.write_number(row, column, float(text), self._formats["number"])
            else:
                sheet.write(row, column, text or None, self._formats["number"])
        elif text:
            sheet.write_string(row, column, said(field, text), self._formats["text"])
        else:
            sheet.write_blank(row, column, None, self._formats["text"])

    def _check(self, sheet: Any, first: int, last: int, column: int, field: Field) -> None:
        """Lists to choose from; days and numbers that are doubted where they don't look like it."""
        options = field.options if field.kind == CHOICE else field.steps if field.kind == SCALE else ()
        if options:
            rule: dict[str, Any] = {"validate": "list", "source": self._list(options)}
            rule |= {"error_title": "Not offered", "error_message": "Choose one of the answers in the list."}
            sheet.data_validation(first, column, last, column, rule)
        elif field.kind == DATE:
            rule = {"validate": "date", "criteria": ">", "value": date(1900, 1, 1)}
            sheet.data_validation(first, column, last, column, rule | WARN | {"error_message": "This is no day."})
        elif field.kind == NUMBER:
            rule = {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12}
            sheet.data_validation(first, column, last, column, rule | WARN | {"error_message": "This is no number."})

    def _list(self, options: tuple[str, ...]) -> str:
        if options not in self._lists:
            column = xl_col_to_name(len(self._lists))
            self._lists[options] = f"={LISTS}!${column}$1:${column}${len(options)}"
        return self._lists[options]

    def hide(self, ticket: str) -> None:
        """The hidden sheets, and the end of the file."""
        lists = self._book.add_worksheet(LISTS)
        for column, options in enumerate(self._lists):
            for row, option in enumerate(options):
                if option.isdecimal() and str(int(option)) == option:
                    lists.write_number(row, column, int(option))
                else:
                    lists.write_string(row, column, option)
        hidden = self._book.add_worksheet(TICKET)
        hidden.write_string(0, 0, "Please leave this sheet as it is: it says where your answers belong.")
        for number, start in enumerate(range(0, len(ticket), PIECE), start=1):
            hidden.write_string(number, 0, ticket[start : start + PIECE])
        lists.hide()
        hidden.very_hidden()
        self._first.activate()
        self._book.close()
