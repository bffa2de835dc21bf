"""Tables in and out: CSV and XLSX, written so that no cell can run as a formula, read whatever Excel saved."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from flask import Response

from portal import workbooks
from portal.errors import Refused

MOST_ROWS = 50_000
MOST_LINE = 100_000
"""Characters in one line of a CSV file."""
MOST_LOOKED_AT = 100
"""Lines by which we tell what parts the cells."""
MOST_CELLS = 2_000_000
MOST_UNPACKED = 60_000_000
"""Bytes that a workbook may unpack to."""
TOO_LARGE = "That sheet is larger than we can take. Keep the rows and columns that are needed, and try again."
UNREADABLE = (workbooks.Unreadable, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)
"""What readers raise for a workbook that is broken, locked, or something else."""
NO_WORKBOOK = "We couldn't open that as a workbook. Save it as XLSX or CSV and try again."

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", *"\uff1d\uff0b\uff0d\uff20")
"""What spreadsheets may take for the start of a formula (OWASP, CSV injection); the last four are full-width signs."""

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(value: Any) -> Any:
    """A cell for CSV; text that could run as a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return "'" + value
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return "" if value is None else value


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV file; with a byte order mark, so that Excel reads the accents."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def workbook(out: io.BytesIO) -> Any:
    """A workbook to write into, where text stays text."""
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    return xlsxwriter.Workbook(out, settings)


def xlsx_bytes(title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """An Excel workbook with one sheet; text stays text."""
    out = io.BytesIO()
    book = workbook(out)
    sheet = book.add_worksheet(title[:31] or "Sheet")
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, list(head), bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell)
    sheet.set_column(0, max(len(head) - 1, 0), 18)
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, bool) or cell is None:
        sheet.write_string(row, column, "" if cell is None else "yes" if cell else "no")
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, datetime):
        sheet.write_string(row, column, cell.isoformat(timespec="minutes"))
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day))
    else:
        sheet.write_string(row, column, str(cell))


def download(name: str, kind: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """A table as a file to save; `kind` is csv or xlsx."""
    body, content_type = (
        (xlsx_bytes(name, head, rows), XLSX_TYPE) if kind == "xlsx" else (csv_bytes(head, rows), CSV_TYPE)
    )
    answer = Response(body, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def read(body: bytes, filename: str) -> list[list[str]]:
    """The cells of an uploaded CSV or XLSX file, as text. Raises Refused."""
    if not body.strip():
        raise Refused("That file is empty.", field="file")
    if body[:4] == b"PK\x03\x04" or filename.lower().endswith((".xlsx", ".xls", ".ods")):
        return _read_workbook(body)
    return _read_csv(body)


def _read_workbook(body: bytes) -> list[list[str]]:
    try:
        _check_size(body)
        return workbooks.read(body)
    except UNREADABLE:
        raise Refused(NO_WORKBOOK, field="file") from None


def read_all(body: bytes) -> list[tuple[str, list[list[str]]]]:
    """The name and the cells of each sheet of an uploaded XLSX file, as text. Raises Refused."""
    if not body.strip():
        raise Refused("That file is empty.", field="file")
    try:
        _check_size(body)
        return workbooks.read_all(body)
    except UNREADABLE:
        raise Refused("We couldn't open that as a workbook. Save it as XLSX and try again.", field="file") from None


def _check_size(body: bytes) -> None:
    """Refuse what would not fit into memory: readers make room for every cell up to the last one, filled or not."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        parts = book.infolist()
        if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
            raise Refused(NO_WORKBOOK, field="file")
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Refused(TOO_LARGE, field="file")
        for part in parts:
            # Any part may be named as the sheet.
            _check_reach(book.read(part))


def _check_reach(sheet: bytes) -> None:
    rows, last = 1, (0, b"")
    for cell in re.finditer(rb"""\br\s*=\s*["']\s*([A-Za-z]*)([0-9]+)""", sheet):
        rows = max(rows, int(cell[2][:9]))
        last = max(last, (len(cell[1]), cell[1].upper()))
    columns = sum((letter - 64) * 26**place for place, letter in enumerate(reversed(last[1])))
    if rows > MOST_ROWS or rows * columns > MOST_CELLS:
        raise Refused(TOO_LARGE, field="file")


def _read_csv(body: bytes) -> list[list[str]]:
    text = decoded(body)
    if "\x00" in text:
        raise Refused("That doesn't look like a table. Save it as CSV or XLSX and try again.", field="file")
    lines = text.splitlines() or [""]
    if len(lines) > MOST_ROWS or max(map(len, lines)) > MOST_LINE:
        raise Refused(TOO_LARGE, field="file")
    delimiter = _delimiter(lines[:MOST_LOOKED_AT])
    try:
        return [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise Refused(f"We couldn't read that file: {error}.", field="file") from None


def _delimiter(lines: Sequence[str]) -> str:
    """The sign that stands in most lines: some files begin with lines of words, and words have commas."""
    return max(";,\t", key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines)))


def decoded(body: bytes) -> str:
    """Text in UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", errors="replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")
