"""Files that try to be something else: refused in kind words, or harmless to whoever opens them."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from portal import files
from portal.attachments import names
from portal.attachments.types import DOCX, TYPES
from portal.errors import Refused
from tests.attachments.make_files import DOCX_CONTENTS, boxes, docx, packed, pdf, picture, stored, xlsx
from tests.recitals.make_recitals import wav

PAGE = b"<!doctype html><script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
MACRO = DOCX_CONTENTS.replace(
    "openxmlformats-officedocument.wordprocessingml.document.main", "ms-word.document.macroEnabled.main"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def encrypted():
    content = bytearray(docx())
    for sign in (b"PK\x03\x04", b"PK\x01\x02"):
        place = content.find(sign)
        content[place + (6 if sign[2] == 3 else 8)] |= 1
    return bytes(content)


def twice():
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("WORD/document.xml", "another")
    return out.getvalue()


def bomb_picture(width=60_000, height=60_000):
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def large_photograph():
    """A small one that says that it is 8,000 by 7,501."""
    content = bytearray(picture("JPEG"))
    place = content.find(b"\xff\xc0") + 5
    content[place : place + 4] = struct.pack(">HH", 7501, 8000)
    return bytes(content)


def words_of_a_picture():
    words = PngInfo()
    words.add_text("Comment", PAGE.decode())
    words.add_itxt("XML:com.adobe.xmp", PAGE.decode())
    return words


def moving():
    out = io.BytesIO()
    first, second = Image.new("RGB", (5, 5), "red"), Image.new("RGB", (5, 5), "blue")
    first.save(out, "GIF", save_all=True, append_images=[second])
    return out.getvalue()


REFUSED = {
    "a page": (PAGE, "a.html", "web page"),
    "a page called a picture": (PAGE, "a.png", "web page"),
    "a page called a text": (PAGE, "a.txt", "web page"),
    "a page called a table": (PAGE, "a.csv", "web page"),
    "a page after a byte order mark": (b"\xef\xbb\xbf  " + PAGE, "a.txt", "web page"),
    "a page of XML": (b"<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'/>", "a.txt", "web page"),
    "a script": (b"alert(document.domain)", "a.js", "can’t take"),
    "an SVG": (SVG, "a.svg", "Save it as PNG"),
    "an SVG called PNG": (SVG, "a.png", "Save it as PNG"),
    "an SVG called text": (SVG, "a.txt", "Save it as PNG"),
    "an SVG after a declaration": (b'<?xml version="1.0"?><!DOCTYPE svg>' + SVG, "a.jpg", "Save it as PNG"),
    "a packed SVG": (b"\x1f\x8b\x08" + bytes(30), "a.svgz", "can’t take"),
    "a program": (b"MZ" + bytes(300), "report.pdf.exe", "can’t take"),
    "a program called PDF": (b"MZ" + bytes(300), "report.pdf", "can’t take"),
    "a program of Linux": (b"\x7fELF" + bytes(300), "a.mp4", "can’t take"),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", "a.sh", "can’t take"),
    "a PDF with a page before it": (PAGE + pdf(), "a.pdf", "web page"),
    "a PDF that begins with a page": (b"%PDF-1.7\n" + PAGE + pdf()[8:], "a.pdf", "web page"),
    "half a PDF": (pdf()[:600], "a.pdf", "end of this PDF"),
    "a GIF that is a script": (b"GIF89a/*" + bytes(4) + b"*/=1;alert(1)//", "a.gif", "can’t be opened"),
    "a JPEG that is a script": (b"\xff\xd8\xff\xe0/*alert(1)*/", "a.jpg", "can’t be opened"),
    "a picture of a telephone": (boxes(b"heic"), "IMG_0001.HEIC", "Save it as JPEG"),
    "a picture of a telephone called JPEG": (boxes(b"avif"), "a.jpg", "Save it as JPEG"),
    "a bomb of a picture": (bomb_picture(), "a.png", "too large"),
    "a picture just above the limit": (bomb_picture(5000, 5001), "a.png", "too large"),
    "a photograph just above the limit": (large_photograph(), "a.jpg", "too large"),
    "a picture that moves": (moving(), "a.gif", "moves"),
    "half a picture": (picture("JPEG", (300, 300))[:400], "a.jpg", "can’t be opened"),
    "an archive": (packed({"a.txt": "x"}, contents="<Types/>"), "a.zip", "archive"),
    "an archive called Word": (packed({"a.txt": "x"}, contents="<Types/>"), "a.docx", "archive"),
    "macros by type": (packed({"word/document.xml": "x"}, contents=MACRO), "a.docm", "macros"),
    "macros by type, called harmless": (packed({"word/document.xml": "x"}, contents=MACRO), "a.docx", "macros"),
    "macros by part": (packed({"word/vbaProject.bin": "x"}), "a.docx", "macros"),
    "a program inside": (packed({"word/embeddings/run.EXE": "x"}), "a.docx", "macros"),
    "a name that leads out": (packed({"../../etc/passwd": "x"}), "a.docx", "damaged"),
    "a name from the root": (packed({"/etc/passwd": "x"}), "a.docx", "damaged"),
    "a name with backslashes": (packed({"..\\..\\x": "x"}), "a.docx", "damaged"),
    "a name of a drive": (packed({"C:x": "x"}), "a.docx", "damaged"),
    "a part that is there twice": (twice(), "a.docx", "damaged"),
    "a bomb of a document": (packed({"word/document.xml": bytes(20_000_000)}), "a.docx", "unpacks to far more"),
    "too many parts": (packed({f"x/{n}": "" for n in range(10_001)}), "a.docx", "unpacks to far more"),
    "a locked document": (encrypted(), "a.docx", "password"),
    "an old document": (OLE, "a.doc", "old Office format"),
    "an old document called new": (OLE, "a.docx", "old Office format"),
    "half a document": (xlsx()[:-40], "a.xlsx", "damaged"),
    "both Word and Excel": (
        packed(
            {},
            contents=DOCX_CONTENTS
            + '<Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>',
        ),
        "a.docx",
        "archive",
    ),
    "half a film": (boxes(b"isom")[:-6], "a.mp4", "end of this file"),
    "half a sound": (wav()[:60], "a.wav", "end of this file"),
    "a film in Ogg": (
        b"OggS\x00\x02" + bytes(20) + b"\x01\x2a\x80theora" + bytes(20) + b"OggS\x00\x04" + bytes(30),
        "a.ogg",
        "can’t take",
    ),
    "text with NUL": (b"some\x00thing", "a.txt", "can’t take"),
    "text with escapes of a terminal": (b"\x1b]0;title\x07", "a.txt", "can’t take"),
    "text that is none": (b"\xff\xfe\xfa\xfb", "a.txt", "UTF-8"),
    "text too long to read": (b"a" * 5_000_001, "a.txt", "5 MB"),
    "nothing that is known": (bytes(range(256)), "a.bin", "can’t take"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_kind_words(case):
    content, name, said = REFUSED[case]
    with pytest.raises(Refused, match=said) as refusal:
        stored(content, name)
    assert refusal.value.field == "file"


HIDDEN = {
    "a page behind a picture": picture("PNG") + PAGE,
    "a page in a picture's words": picture("PNG", pnginfo=words_of_a_picture()),
    "a page behind a JPEG": picture("JPEG") + PAGE,
    "a page in a JPEG's comment": picture("JPEG", comment=PAGE),
    "a page behind a GIF": picture("GIF") + PAGE,
    "a page behind a WebP": picture("WEBP") + PAGE,
    "an archive behind a picture": picture("PNG") + docx(),
    "an archive behind a JPEG": picture("JPEG") + docx(),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_what_hides_in_a_picture_is_gone_when_it_is_made_anew(case):
    row = stored(HIDDEN[case], "a.png")
    kept = files.store().path(row.sha256).read_bytes()
    assert b"script" not in kept
    assert b"PK\x03\x04" not in kept


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("report.pdf", "report.pdf"),
        ("report.PDF", "report.pdf"),
        ("report.pdf.exe", "report.pdf.pdf"),
        ("report", "report.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\secret.html", "secret.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
        ("  .pdf", "file.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("Übersicht für Ärzte.pdf", "Übersicht für Ärzte.pdf"),
        ("x" * 400 + ".pdf", "x" * 100 + ".pdf"),
        ('quo"te;.pdf', 'quo"te;.pdf'),
    ],
)
def test_a_name_ends_as_what_it_is(name, called):
    assert names.clean(name, "application/pdf") == called


@pytest.mark.parametrize(
    "name", ["a b(1).pdf", "../x", "Ärzte & Co.pdf", "a?b#c.pdf", "]](javascript:x)", "%2e%2e", ""]
)
def test_an_address_has_no_sign_that_means_something(name):
    address = names.address("0" * 64, name)
    assert address.startswith(f"/files/{'0' * 64}/")
    assert set("()[]<>\"' ?#\\:&") & set(address) == set()
    assert ".." not in address
    assert address.count("/") == 3
    assert not address.endswith("/")


def test_a_name_cannot_break_out_of_its_header(browser, ana):
    row = stored(pdf(), "x.pdf", ana)
    browser.forget_who()
    browser.sign_in(ana)
    browser.forget_who()
    with browser.client.get(f"/files/{row.sha256}/a%0d%0aSet-Cookie:%20b=1%22%3b.pdf") as answer:
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Content-Disposition"].startswith("attachment;")
    with browser.client.get(f"/files/{row.sha256}/%C3%9Cbersicht.pdf") as answer:
        assert answer.headers["Content-Disposition"].endswith("filename*=UTF-8''%C3%9Cbersicht.pdf")


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (b"ID3\x03" + PAGE, "a.html", "audio/mpeg"),
        (boxes(b"isom")[:-12] + struct.pack(">I4s", 8 + len(PAGE), b"free") + PAGE, "a.html", "video/mp4"),
        (pdf() + PAGE, "a.html", "application/pdf"),
        (b"Some words first. " + PAGE, "a.txt", "text/plain"),
        (b"=cmd|'/c calc'!A1,2\n", "a.csv", "text/csv"),
        (packed({"word/media/a.svg": SVG}), "a.docx", DOCX),
    ],
)
def test_what_holds_a_page_is_never_opened_as_one(browser, ana, content, name, content_type):
    row = stored(content, name, ana)
    browser.forget_who()
    browser.sign_in(ana)
    browser.forget_who()
    with browser.client.get(f"/files/{row.sha256}/{name}") as answer:
        assert answer.headers["Content-Type"].partition(";")[0] == content_type
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Content-Disposition"].rstrip('"').endswith(TYPES[content_type].suffix)
        is_media = content_type.startswith(("audio/", "video/"))
        assert answer.headers["Content-Disposition"].startswith("inline" if is_media else "attachment")
