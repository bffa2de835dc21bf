"""What a file is, by its bytes: puremagic's guess, and a look of our own before it is believed."""

import re
from pathlib import Path
from typing import NoReturn

import puremagic

from portal.attachments import containers, office
from portal.attachments.types import SAID
from portal.errors import Refused

PICTURE = "image/*"
"""Some picture; which one it becomes is seen when it is made anew."""
HEAD, TAIL = 4096, 2048
MOST_TEXT = 5_000_000
_TEXT_NAMES = (".txt", ".csv", ".md", ".tsv", ".log")
_ACTIVE = re.compile(
    rb"<\s*(!doctype|html|head|body|script|iframe|object|embed|svg|\?xml|img|a\s|x:|math|style|link|meta)", re.I
)
"""What a browser could take for a page of its own."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
NOT_TAKEN = f"We can’t take this kind of file. Choose a {SAID} file."
OF_A_PHONE = "This picture is in a format (HEIC or AVIF) that not everybody can open. Save it as JPEG and bring that."
_OF_PHONES = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
IS_SVG = "An SVG can carry a program, so it isn’t taken. Save it as PNG and bring that."
IS_PAGE = "This is a web page, whatever its name says. Save it as PDF and bring that."
_ENDINGS = {
    ".pdf": "pdf",
    ".png": "picture",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".webp": "picture",
    ".gif": "picture",
    ".docx": "office",
    ".pptx": "office",
    ".xlsx": "office",
    ".zip": "office",
}


def content_type(path: Path, name: str) -> str:
    """The content type of a file that is on the list; for pictures `image/…`, to be made anew. Raises Refused."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise Refused("This file has no bytes in it. Choose another one.", "file")
    signs = _signs(head)
    if "office" in signs:
        return office.content_type(path)
    if "pdf" in signs:
        return _pdf(path, head)
    if "picture" in signs:
        return PICTURE
    if head[4:8] == b"ftyp" and head[8:12] in _OF_PHONES:
        raise Refused(OF_A_PHONE, "file")
    return _sound_or_film(path, head) or _text(path, name, head)


def _signs(head: bytes) -> set[str]:
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return set()
    # What stands further in may be a second file inside the first; a file is what it begins with.
    return {_ENDINGS[each.extension] for each in found if each.extension in _ENDINGS and each.offset == 0} & _begins(
        head
    )


def _begins(head: bytes) -> set[str]:
    signatures = {
        "pdf": head.startswith(b"%PDF-"),
        "office": head.startswith(b"PK\x03\x04"),
        "picture": head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8"))
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    }
    return {sign for sign, is_there in signatures.items() if is_there}


def _pdf(path: Path, head: bytes) -> str:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        if b"%%EOF" not in file.read():
            raise Refused("The end of this PDF is missing. Save it once more where it comes from.", "file")
    if _ACTIVE.search(head[:1024]):
        raise Refused(IS_PAGE, "file")
    return "application/pdf"


def _sound_or_film(path: Path, head: bytes) -> str | None:
    with path.open("rb") as file:
        found = containers.read(file)
    if found is None:
        return None
    if found.is_cut_off:
        raise Refused("The end of this file is missing. Save it once more where it comes from.", "file")
    if found.kind is containers.MP4:
        return "audio/mp4" if head[8:11] == b"M4A" else "video/mp4"
    if found.kind is containers.OGG and b"theora" in head[:200]:
        _refuse(head)
    return found.kind.video if found.kind is containers.WEBM else found.kind.audio


def _text(path: Path, name: str, head: bytes) -> str:
    if not name.lower().endswith(_TEXT_NAMES):
        _refuse(head)
    if path.stat().st_size > MOST_TEXT:
        raise Refused(f"Text is taken up to {MOST_TEXT // 1_000_000} MB. Split it in two.", "file")
    try:
        words = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("This isn’t text that we can read. Save it as UTF-8 and bring that.", "file") from None
    if _UNSEEN.search(words):
        _refuse(head)
    if _ACTIVE.match(words.lstrip()[:200].encode()):
        _refuse(head)
    return "text/csv" if name.lower().endswith(".csv") else "text/plain"


def _refuse(head: bytes) -> NoReturn:
    if re.search(rb"<\s*svg", head, re.I):
        raise Refused(IS_SVG, "file")
    if _ACTIVE.match(head.lstrip(b"\xef\xbb\xbf \t\r\n")):
        raise Refused(IS_PAGE, "file")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(office.OLD, "file")
    raise Refused(NOT_TAKEN, "file")
