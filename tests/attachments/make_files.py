"""Files for tests, made on the spot."""

import io
import struct
import zipfile
from functools import cache

import typst
import xlsxwriter
from PIL import Image
from pptx import Presentation

from portal.accounts.viewer import of
from portal.attachments import services
from portal.attachments.models import StoredFile
from tests.make import NOON

DOCX_CONTENTS = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def picture(format="PNG", size=(40, 30), colour=(10, 90, 160), mode="RGB", **saved) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, format, **saved)
    return out.getvalue()


@cache
def pdf(words="A page of words.") -> bytes:
    """A page; the same bytes for the same words, though it says when it was made."""
    return typst.compile(words.encode())


def xlsx(words="Hello") -> bytes:
    """A workbook of one cell."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write(0, 0, words)
    book.close()
    return out.getvalue()


def pptx() -> bytes:
    """A presentation without slides."""
    out = io.BytesIO()
    Presentation().save(out)
    return out.getvalue()


def packed(parts: dict[str, bytes | str], contents: str = DOCX_CONTENTS) -> bytes:
    """An archive that says that it is a Word document."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", contents)
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def docx() -> bytes:
    """A Word document, as far as we look."""
    return packed({"word/document.xml": "<w:document/>"})


def boxes(brand: bytes) -> bytes:
    """The smallest whole MP4: what it is, and a film of no length."""
    head = struct.pack(">I4s4sI", 16, b"ftyp", brand, 0)
    return head + struct.pack(">I4s", 8, b"moov") + struct.pack(">I4s", 12, b"mdat") + b"\0\0\0\0"


def stored(content: bytes, name: str, by=None, now=NOON) -> StoredFile:
    """A file in the store, brought by somebody."""
    return services.take(io.BytesIO(content), name=name, by=by and of(by), now=now)
