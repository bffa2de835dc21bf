"""How much an item is about a word: by the place where it stands, how often, and among how many others. Pure."""

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntFlag
from itertools import pairwise

from portal.words import LONGEST, WORD, parts, stem

BLOCK = 256
"""Items whose numbers lie so near share a row, so that a word of every item is read in few rows."""
_ENTRY = struct.Struct("<IHB")
MOST = 65_535
"""What one entry can hold of a word."""


class Field(IntFlag):
    """Where a word stands in an item."""

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


@dataclass(frozen=True)
class Entry:
    """One item that has a word."""

    weight: float
    """From 0 to 1."""
    fields: int


def terms_of(text: str) -> list[str]:
    """The stems of a text, in order; 'e-invoicing' is found as one word too."""
    return [stem(word) for word in every_word(text)]


def every_word(text: str) -> Iterator[str]:
    """Every word of a text, and those that a hyphen joins once more as one."""
    matches = list(WORD.finditer(text))
    for match in matches:
        yield from (word[:LONGEST] for word in parts(match[0]))
    for one, next_one in pairwise(matches):
        if next_one.start() == one.end() + 1 and text[one.end()] in "-‐‑":
            yield "".join((*parts(one[0]), *parts(next_one[0])))[:LONGEST]


def weighed(texts: Mapping[Field, str]) -> dict[str, Entry]:
    """Each stem of an item with its weight, from the texts of its fields."""
    said: dict[str, float] = defaultdict(float)
    where: dict[str, int] = defaultdict(int)
    for field, text in texts.items():
        worth, usual = WEIGHTS[field]
        terms = terms_of(text)
        each = worth / (1 - _LENGTH_MATTERS + _LENGTH_MATTERS * max(len(terms), usual / 4) / usual)
        for term in terms:
            said[term] += each
            where[term] |= field
    return {term: Entry(n / (n + _ENOUGH), where[term]) for term, n in said.items()}


def packed(entries: Mapping[int, Entry]) -> bytes:
    """Entries by item, as a row keeps them: in the order of the items."""
    return b"".join(
        _ENTRY.pack(item_id, round(entry.weight * MOST), entry.fields) for item_id, entry in sorted(entries.items())
    )


def put(row: bytes, item_id: int, entry: Entry | None) -> bytes:
    """A row with this item's entry in place of an earlier one; without an entry, taken out."""
    pieces = [row[start : start + _ENTRY.size] for start in range(0, len(row), _ENTRY.size)]
    kept = {int.from_bytes(piece[:4], "little"): piece for piece in pieces}
    kept.pop(item_id, None)
    if entry is not None:
        kept[item_id] = _ENTRY.pack(item_id, round(entry.weight * MOST), entry.fields)
    return b"".join(kept[each] for each in sorted(kept))


def unpacked(found: Iterable[bytes]) -> Iterator[tuple[int, int, int]]:
    """Item, weight (0 to MOST) and fields of each entry."""
    for row in found:
        yield from _ENTRY.iter_unpack(row)
