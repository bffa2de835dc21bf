"""Reading an Excel workbook in a process of its own: a hostile file can end the reader, but not the portal."""

import io
import json
import resource
import subprocess
import sys
from decimal import Decimal
from typing import Any

from python_calamine import CalamineWorkbook

MEMORY = 1_500_000_000
SECONDS = 30


class Unreadable(Exception):
    """The reader gave up."""


Rows = list[list[str]]


def read(body: bytes) -> Rows:
    """The cells of a workbook's first sheet, as text."""
    sheets: list[tuple[str, Rows]] = _read(body, "first")
    return sheets[0][1]


def read_all(body: bytes) -> list[tuple[str, Rows]]:
    """The name and the cells of each sheet of a workbook, as text."""
    return [(name, rows) for name, rows in _read(body, "all")]


def _read(body: bytes, which: str) -> Any:
    # -P keeps this folder off the path, where our `mail` and `access` would stand before other people's; and in the
    # environment stand the keys.
    command = [sys.executable, "-P", __file__, which]
    try:
        reader = subprocess.run(command, input=body, capture_output=True, timeout=SECONDS, check=True, env={})
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise Unreadable from None
    return json.loads(reader.stdout)


def _cells(body: bytes, which: str) -> list[tuple[str, Rows]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    names = book.sheet_names if which == "all" else book.sheet_names[:1]
    return [(name, _rows(book.get_sheet_by_name(name))) for name in names]


def _rows(sheet: Any) -> Rows:
    return [[_said(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _said(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}"  # never 1e-07
    return str(cell).strip()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(_cells(sys.stdin.buffer.read(), sys.argv[1]), sys.stdout)
