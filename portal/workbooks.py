"""Reading an Excel workbook in a process of its own: a hostile file can end the reader, but not the portal."""

import io
import json
import resource
import subprocess
import sys
from typing import Any

from python_calamine import CalamineWorkbook

MEMORY = 1_500_000_000
SECONDS = 30


class Unreadable(Exception):
    """The reader gave up."""


def read(body: bytes) -> list[list[str]]:
    """The cells of a workbook's first sheet, as text."""
    # -P keeps this folder off the path, where our `mail` and `access` would stand before other people's.
    command = [sys.executable, "-P", __file__]
    try:
        reader = subprocess.run(command, input=body, capture_output=True, timeout=SECONDS, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise Unreadable from None
    return json.loads(reader.stdout)


def _cells(body: bytes) -> list[list[str]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0)
    return [[_said(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _said(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(_cells(sys.stdin.buffer.read()), sys.stdout)
