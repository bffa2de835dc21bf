"""Taking a file in: what it is by its bytes, once under its hash, and who brought it."""

import hashlib
import io

import pytest
from PIL import Image
from sqlalchemy import func, select

from portal import files
from portal.attachments import types
from portal.attachments.models import StoredFile, TextState
from portal.db import db
from portal.errors import Refused
from portal.jobs.models import Job
from tests.attachments.make_files import boxes, docx, pdf, picture, pptx, stored, xlsx
from tests.recitals.make_recitals import wav, webm

OGG = b"OggS\x00\x02" + bytes(20) + b"\x01\x1eOpusHead" + bytes(20) + b"OggS\x00\x04" + bytes(30)


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (pdf(), "report.pdf", "application/pdf"),
        (docx(), "report.docx", types.DOCX),
        (pptx(), "slides.pptx", types.PPTX),
        (xlsx(), "figures.xlsx", types.XLSX),
        (picture("PNG"), "a.png", "image/png"),
        (picture("JPEG"), "a.jpeg", "image/jpeg"),
        (picture("WEBP"), "a.webp", "image/webp"),
        (picture("GIF"), "a.gif", "image/png"),
        (b"ID3\x03" + bytes(40), "a.mp3", "audio/mpeg"),
        (boxes(b"M4A "), "a.m4a", "audio/mp4"),
        (boxes(b"isom"), "a.mp4", "video/mp4"),
        (OGG, "a.ogg", "audio/ogg"),
        (wav(), "a.wav", "audio/wav"),
        (webm(bytes(40)), "a.webm", "video/webm"),
        ("Grüße".encode(), "a.txt", "text/plain"),
        (b"a,b\n1,2\n", "a.csv", "text/csv"),
    ],
)
def test_it_is_what_its_bytes_say(ana, content, name, content_type):
    row = stored(content, name, ana)
    assert row.content_type == content_type
    assert files.hash_of(files.store().path(row.sha256)) == row.sha256
    assert row.size == files.store().size(row.sha256)
    assert stored(content, "another name.txt" if content_type.startswith("text/") else "x", ana).id == row.id


@pytest.mark.parametrize("content", [pdf(), picture("JPEG"), xlsx(), wav()])
def test_its_name_decides_nothing(content):
    assert stored(content, "invoice.exe").content_type == stored(content, "").content_type


def test_the_same_bytes_are_one_row_and_one_file(ana, ben):
    first, second = stored(pdf("one"), "a.pdf", ana), stored(pdf("one"), "b.pdf", ben)
    assert first.id == second.id
    assert first.by_id == ana.id
    assert db.session.scalar(select(func.count()).where(StoredFile.sha256 == first.sha256)) == 1


def test_words_are_read_in_the_background_once(ana):
    row = stored(b"some words to be found", "a.txt", ana)
    stored(b"some words to be found", "a.txt", ana)
    assert row.text_state is TextState.WAITING
    assert db.session.scalars(select(Job.payload).where(Job.handler == "read-file")).all() == [{"file_id": row.id}]
    assert stored(picture(), "a.png").text_state is TextState.NONE


def test_nothing_and_too_much_are_refused(app):
    with pytest.raises(Refused, match="no bytes"):
        stored(b"", "a.pdf")
    too_much = bytes(app.extensions["portal_config"].MAX_UPLOAD_BYTES + 1)
    with pytest.raises(Refused, match="larger than 16 MB"):
        stored(too_much, "a.pdf")
    assert not list(files.store().part("x").parent.glob("file-*"))


def test_a_picture_is_turned_upright_and_says_nothing_of_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "at home"
    row = stored(picture("JPEG", (60, 20), exif=exif, comment=b"a secret"), "a.jpg")
    kept = files.store().path(row.sha256).read_bytes()
    assert (row.width, row.height) == (20, 60)
    assert b"at home" not in kept
    assert b"secret" not in kept
    assert b"Exif" not in kept


def test_a_large_picture_is_made_smaller():
    row = stored(picture("PNG", (3000, 1500)), "a.png")
    assert (row.width, row.height) == (2000, 1000)
    exif = Image.Exif()
    exif[0x0112] = 6
    row = stored(picture("JPEG", (6000, 4500), exif=exif), "a.jpg")
    assert (row.width, row.height) == (1500, 2000)
    with Image.open(files.store().path(row.sha256)) as kept:
        assert not kept.getexif()


@pytest.mark.parametrize("mode", ["P", "1", "L", "LA", "I;16"])
def test_a_picture_of_any_mode_is_made_smaller_in_common_colours(mode):
    out = io.BytesIO()
    Image.new(mode, (2400, 10)).save(out, "PNG")
    row = stored(out.getvalue(), "a.png")
    with Image.open(files.store().path(row.sha256)) as kept:
        assert (kept.size, kept.mode) == ((2000, 8), "RGBA" if mode == "LA" else "RGB")


def test_what_can_be_seen_through_stays_so():
    row = stored(picture("PNG", mode="RGBA", colour=(1, 2, 3, 100)), "a.png")
    with Image.open(files.store().path(row.sha256)) as kept:
        assert kept.getpixel((0, 0)) == (1, 2, 3, 100)


def test_print_colours_and_grey_become_those_of_a_screen():
    for mode, colour in (("CMYK", (0, 0, 0, 0)), ("L", 128)):
        row = stored(picture("JPEG", mode=mode, colour=colour), "a.jpg")
        with Image.open(files.store().path(row.sha256)) as kept:
            assert kept.mode == "RGB"


def test_two_who_bring_the_same_picture_have_the_same_hash():
    content = picture("PNG", (50, 50))
    assert stored(content, "a.png").sha256 == stored(content, "b.png").sha256
    assert stored(content, "a.png").sha256 != hashlib.sha256(b"").hexdigest()


def test_what_is_left_of_a_stream_is_read_in_pieces(ana):
    class Slow(io.BytesIO):
        def read(self, size=-1):
            return super().read(min(size, 7))

    from portal.accounts.viewer import of
    from portal.attachments import services
    from tests.make import NOON

    content = b"slowly, piece by piece"
    row = services.take(Slow(content), name="a.txt", by=of(ana), now=NOON)
    assert row.sha256 == hashlib.sha256(content).hexdigest()
