"""Office files: a zip of parts that is looked at before anybody unpacks it."""

import re
import zipfile
import zlib
from pathlib import Path

from portal.attachments.types import DOCX, PPTX, XLSX
from portal.errors import Refused

MOST_PARTS = 10_000
MOST_UNPACKED = 300_000_000
MOST_TIMES = 200
"""How many times its size a file may unpack to; what people write stays well below."""
SMALL = 5_000_000
"""Below this much unpacked, nobody counts."""
MOST_LISTED = 2_000_000
CONTENTS = "[Content_Types].xml"
_MAIN = re.compile(rb'ContentType="application/([^"]{1,200})\.main\+xml"')
_MAINS = {
    b"vnd.openxmlformats-officedocument.wordprocessingml.document": DOCX,
    b"vnd.openxmlformats-officedocument.presentationml.presentation": PPTX,
    b"vnd.openxmlformats-officedocument.spreadsheetml.sheet": XLSX,
}
NOT_OFFICE = "This is an archive, not a Word, PowerPoint or Excel file. Bring what is in it, file by file."
OLD = (
    "This is in an old Office format, or locked with a password. "
    "Take the password off, save it as DOCX, PPTX or XLSX, and bring that."
)
MACROS = "This file has macros in it, which are programs. Save it without them, as DOCX, PPTX or XLSX."
BROKEN = "This file is damaged. Open it where it comes from, save it once more, and bring that."
TOO_MUCH = "This file unpacks to far more than a document does, so it isn’t opened."


def content_type(path: Path) -> str:
    """Which of the three it is. Raises Refused for any other archive, and for one that would do harm."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            _check_parts(parts, path.stat().st_size)
            listed = _listed(packed)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError, EOFError, RuntimeError):
        raise Refused(BROKEN, "file") from None
    if b"macroenabled" in listed.lower() or b"vbaproject" in listed.lower():
        raise Refused(MACROS, "file")
    found = {_MAINS[main] for main in _MAIN.findall(listed) if main in _MAINS}
    if len(found) != 1:
        raise Refused(NOT_OFFICE, "file")
    return found.pop()


def _check_parts(parts: list[zipfile.ZipInfo], size: int) -> None:
    names = [part.orig_filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    if len(names) > MOST_PARTS or unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked > MOST_TIMES * size):
        raise Refused(TOO_MUCH, "file")
    if len({name.lower() for name in names}) != len(names) or any(map(_leads_out, names)):
        raise Refused(BROKEN, "file")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(OLD, "file")
    if any("vbaproject" in name.lower() or name.lower().endswith((".exe", ".dll", ".js", ".vbs")) for name in names):
        raise Refused(MACROS, "file")


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or "\x00" in name or ":" in name or ".." in name.split("/")


def _listed(packed: zipfile.ZipFile) -> bytes:
    if CONTENTS not in packed.namelist():
        raise Refused(NOT_OFFICE, "file")
    with packed.open(CONTENTS) as listing:
        return listing.read(MOST_LISTED)
