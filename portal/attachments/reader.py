"""The process that reads one file: bytes come in, words go out. It knows nothing of the portal, and has limits."""

import io
import re
import resource
import sys
from collections.abc import Iterator
from typing import Any

import mammoth
from pptx import Presentation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

MEMORY = 1_500_000_000
SECONDS = 45
"""Of work; whoever started this waits a little longer."""


def pdf(file: io.BytesIO) -> Iterator[str]:
    """Page by page."""
    reader = PdfReader(file)
    if reader.is_encrypted:
        reader.decrypt("")
    for page in reader.pages:
        yield page.extract_text()


def docx(file: io.BytesIO) -> Iterator[str]:
    """The running text, with what stands in tables and footnotes."""
    yield mammoth.extract_raw_text(file).value


def pptx(file: io.BytesIO) -> Iterator[str]:
    """Slide by slide: what is on it, and the speaker's notes."""
    for slide in Presentation(file).slides:
        for shape in slide.shapes:
            yield from _shape(shape)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            yield slide.notes_slide.notes_text_frame.text


def _shape(shape: Any, depth: int = 0) -> Iterator[str]:
    if depth < 20:
        for inner in getattr(shape, "shapes", ()):
            yield from _shape(inner, depth + 1)
    if getattr(shape, "has_text_frame", False):
        yield shape.text_frame.text
    if getattr(shape, "has_table", False):
        for row in shape.table.rows:
            yield " ".join(cell.text for cell in row.cells)


def xlsx(file: io.BytesIO) -> Iterator[str]:
    """Sheet by sheet, row by row."""
    book = CalamineWorkbook.from_filelike(file)
    for name in book.sheet_names:
        yield name
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=True):
            yield " ".join(str(cell) for cell in row if cell != "")


def text(file: io.BytesIO) -> Iterator[str]:
    """As it stands, in whatever encoding it seems to be."""
    body = file.getvalue()
    for encoding in ("utf-8-sig", "utf-16") if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252"):
        try:
            yield body.decode(encoding)
            return
        except UnicodeDecodeError:
            continue
    yield body.decode("utf-8", "replace")


def within(parts: Iterator[str], longest: int) -> str:
    """The parts one below the other, empty space taken out, until it is enough."""
    kept: list[str] = []
    length = 0
    for part in parts:
        said = re.sub(r"[^\S\n]+", " ", re.sub(r"\s*\n\s*", "\n", part)).strip()
        if said:
            kept.append(said)
            length += len(said) + 1
        if length > longest:
            break
    return "\n".join(kept)[:longest]


def main() -> None:
    """Read the file that comes in as the kind that is asked for."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    kinds = {"pdf": pdf, "docx": docx, "pptx": pptx, "xlsx": xlsx, "text": text}
    found = within(kinds[sys.argv[1]](io.BytesIO(sys.stdin.buffer.read())), int(sys.argv[2]))
    sys.stdout.buffer.write(found.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
