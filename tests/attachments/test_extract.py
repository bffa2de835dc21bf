"""The words in files: every kind that is taken, damaged ones, locked ones, and ones that would never end."""

import io

import pytest
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader, PdfWriter

from portal.attachments import extraction
from portal.attachments.types import DOCX, PPTX, XLSX
from tests.attachments import make_files

PDF = "application/pdf"


def words(body: bytes, content_type: str) -> str:
    return extraction.text_of(io.BytesIO(body), content_type)


def slides() -> bytes:
    """Two slides: a title with notes, and a table."""
    shown = Presentation()
    first = shown.slides.add_slide(shown.slide_layouts[0])
    first.shapes.title.text = "Handing over the mill"
    first.notes_slide.notes_text_frame.text = "Ask who will miss it."
    table = shown.slides.add_slide(shown.slide_layouts[6]).shapes.add_table(1, 2, *[Inches(1)] * 4).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Turnover", "4.2 million"
    kept = io.BytesIO()
    shown.save(kept)
    return kept.getvalue()


def locked() -> bytes:
    """A PDF that needs a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_files.pdf("Secret words."))))
    writer.encrypt("a password", algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TO_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def letter(words: str) -> bytes:
    """A Word document of one paragraph."""
    text = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>'
    link = f'<Relationship Id="r1" Type="{TO_DOCUMENT}" Target="word/document.xml"/>'
    kind = "http://schemas.openxmlformats.org/package/2006/relationships"
    return make_files.packed(
        {"word/document.xml": text, "_rels/.rels": f'<Relationships xmlns="{kind}">{link}</Relationships>'}
    )


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (make_files.pdf("Quiet words of a page."), PDF),
        (letter("Quiet words of a letter"), DOCX),
        (make_files.xlsx("Quiet words in a cell"), XLSX),
        ("Quiet words, café".encode("cp1252"), "text/plain"),
        (b"name;said\nBo;Quiet words", "text/csv"),
        ("Quiet words".encode("utf-16"), "text/plain"),
    ],
    ids=["pdf", "docx", "xlsx", "old text", "csv", "utf-16"],
)
def test_the_words_come_out(body, content_type):
    assert "Quiet words" in words(body, content_type)


def test_slides_are_read_with_their_tables_and_notes():
    said = words(slides(), PPTX)
    assert (
        said.index("Handing over the mill") < said.index("Ask who will miss it.") < said.index("Turnover 4.2 million")
    )


@pytest.mark.parametrize("content_type", [PDF, DOCX, PPTX, XLSX])
@pytest.mark.parametrize("body", [b"", b"nothing of the sort", make_files.pdf()[:200], make_files.xlsx()[:500]])
def test_what_is_damaged_or_something_else_is_refused(body, content_type):
    with pytest.raises(extraction.Unreadable):
        words(body, content_type)


def test_what_is_locked_is_refused():
    with pytest.raises(extraction.Unreadable):
        words(locked(), PDF)


def test_who_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(extraction, "SECONDS", 0.01)
    with pytest.raises(extraction.Unreadable):
        words(b"quiet words", "text/plain")


def test_a_kind_without_words_is_refused():
    with pytest.raises(extraction.Unreadable):
        words(make_files.picture(), "image/png")


def test_of_a_long_file_the_beginning_is_kept():
    said = words(b"quiet words " * 100_000, "text/plain")
    assert len(said) == extraction.LONGEST_TEXT


def test_what_no_database_keeps_is_left_out():
    assert "\x00" not in words(b"quiet\x00words", "text/plain")
