"""What a file is called, whatever the name it came with tries to do."""

import re
import unicodedata
from urllib.parse import quote

from portal.attachments.types import TYPES

LONGEST = 100
NAMELESS = "file"
_APART = re.compile(r"[^\w.]+|\.{2,}")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def clean(name: str, content_type: str) -> str:
    """A name to show and to save under: no folders, nothing that can't be seen, and the ending of what it is."""
    last = re.split(r"[/\\]", name)[-1]
    # Nothing invisible stays, above all no signs that turn the direction of reading and hide an ending.
    seen = "".join(
        sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] not in "CZ" or sign == " "
    )
    stem = " ".join(_SUFFIX.sub("", seen).split()).strip(". ")[:LONGEST].strip(". ")
    return f"{stem or NAMELESS}{TYPES[content_type].suffix}"


def slug(name: str) -> str:
    """A name for an address: letters and digits of any script, hyphens and dots."""
    return _APART.sub("-", name).strip("-.")[: LONGEST + 10] or NAMELESS


def address(sha256: str, name: str) -> str:
    """Where a file is opened; the name is for people, the hash says which file it is."""
    return f"/files/{sha256}/{quote(slug(name))}"


def said_size(size: int) -> str:
    """A number of bytes in words."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, round(size / 1000))} kB"
