"""How much a document is about a word: by the place where it stands, how often, and among how many others. Pure."""

import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import IntFlag
from typing import NamedTuple

from portal.words import LONGEST, WORD, parts, stem

BLOCK = 256
"""Documents whose numbers lie so near share a row, so that a word of every one is read in few rows."""
_HYPHEN = re.compile("[-‐‑]")
_JOINED = re.compile(r"[^\W_]+[-‐‑][^\W_]+")
_ENTRY = struct.Struct("<IHB")
MOST = 65_535
"""What one entry can hold of a word."""


class Field(IntFlag):
    """Where a word stands in a document."""

    TITLE = 1
    FACTS = 2
    TAGS = 4
    """Its kind, the name of the content file it came from, what it is filed under, and who wrote it."""
    SUMMARY = 8
    BODY = 16
    FILES = 32


WEIGHTS = {
    Field.TITLE: (9.0, 7),
    Field.FACTS: (4.0, 40),
    Field.TAGS: (3.5, 16),
    Field.SUMMARY: (3.0, 25),
    Field.BODY: (1.0, 450),
    Field.FILES: (0.3, 3000),
}
"""What one mention is worth, and how many words such a field usually has: in a longer one it is worth less."""
_LENGTH_MATTERS = 0.5
_ENOUGH = 4.0
"""The more often a word was said, the less another mention adds; with this much, half of all that is possible."""


class Entry(NamedTuple):
    """One document that has a word."""

    weight: float
    """From 0 to 1."""
    fields: int


def counted(text: str) -> Counter[str]:
    """Every word of a text with how often it says it; those that a hyphen joins once more as one: 'einvoicing'."""
    found: Counter[str] = Counter()
    for said, times in Counter(WORD.findall(text)).items():
        for word in parts(said):
            found[word[:LONGEST]] += times
    # Only where there is a hyphen at all: the longest of files are read here.
    joined = " ".join(piece for piece in text.split() if _HYPHEN.search(piece))
    for said, times in Counter(_JOINED.findall(joined)).items():
        one, other = _HYPHEN.split(said)
        found["".join((*parts(one), *parts(other)))[:LONGEST]] += times
    return found


def weighed(fields: Mapping[Field, Counter[str]]) -> dict[str, Entry]:
    """Each stem of a document with its weight, from the counted words of its fields."""
    said: dict[str, float] = defaultdict(float)
    where: dict[str, int] = defaultdict(int)
    for field, words in fields.items():
        worth, usual = WEIGHTS[field]
        each = worth / (1 - _LENGTH_MATTERS + _LENGTH_MATTERS * max(words.total(), usual / 4) / usual)
        for word, times in words.items():
            term = stem(word)
            said[term] += each * times
            where[term] |= field.value
    return {term: Entry(n / (n + _ENOUGH), where[term]) for term, n in said.items()}


def packed(document_id: int, entry: Entry) -> bytes:
    """An entry as a row keeps it; a row has them in the order of the documents."""
    return _ENTRY.pack(document_id, round(entry.weight * MOST), entry.fields)


def put(row: bytes, document_id: int, entry: Entry | None) -> bytes:
    """A row with this document's entry in place of an earlier one; without an entry, taken out."""
    pieces = [row[start : start + _ENTRY.size] for start in range(0, len(row), _ENTRY.size)]
    kept = {int.from_bytes(piece[:4], "little"): piece for piece in pieces}
    kept.pop(document_id, None)
    if entry is not None:
        kept[document_id] = packed(document_id, entry)
    return b"".join(kept[each] for each in sorted(kept))


def unpacked(found: Iterable[bytes]) -> Iterator[tuple[int, int, int]]:
    """Document, weight (0 to MOST) and fields of each entry."""
    for row in found:
        yield from _ENTRY.iter_unpack(row)
