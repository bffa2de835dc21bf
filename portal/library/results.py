"""What a search shows of each item that it found: its title and a passage with the words marked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from sqlalchemy import bindparam, select

from portal.attachments.models import StoredFile
from portal.db import rows
from portal.library.freshness import Freshness, freshness
from portal.library.kinds import Kind
from portal.library.models import ItemFile
from portal.library.queries import in_list
from portal.library.search import Found
from portal.search import index, snippets
from portal.search.snippets import marked

_FILES = (
    select(ItemFile.item_id, ItemFile.name, StoredFile.text)
    .join(StoredFile, StoredFile.id == ItemFile.file_id)
    .where(ItemFile.item_id.in_(bindparam("ids", expanding=True)), ItemFile.removed_at.is_(None))
    .where(ItemFile.is_inline.is_(False))
    .order_by(ItemFile.position, ItemFile.id)
)


@dataclass(frozen=True)
class FileResult:
    """A file of an item that has words the item itself has not."""

    marked: Markup
    """Its name."""
    text: Markup | None


@dataclass(frozen=True)
class Result:
    """One item that a search found, with its words marked."""

    key: str
    kind: Kind
    title: Markup
    text: Markup
    """The passage that has the words; the summary where only the title or the summary has them."""
    file: FileResult | None
    minutes: int
    review_on: date | None
    freshness: Freshness
    is_whole: bool
    """Whether it has all the words."""


def results(ids: Sequence[int], found: Found, today: date) -> list[Result]:
    """Items for the list of a search, in this order."""
    bodies = index.bodies(ids) if found.terms else {}
    files = _files([item_id for item_id in ids if item_id in found.in_files], found.terms)
    return [
        Result(
            row.key,
            row.kind,
            marked(row.title, found.terms),
            _passage(row.summary, bodies.get(row.id, ""), found.terms),
            files.get(row.id),
            row.minutes,
            row.review_on,
            freshness(row.review_on, today),
            row.id in found.whole,
        )
        for row in in_list(ids)
    ]


def _passage(summary: str, body: str, terms: Collection[str]) -> Markup:
    passage = snippets.snippet(body, terms) if terms and not snippets.has(summary, terms) else None
    return passage or marked(summary, terms)


def _files(ids: Sequence[int], terms: Collection[str]) -> dict[int, FileResult]:
    """By item: the file that has most of the words."""
    best: dict[int, tuple[int, FileResult]] = {}
    for item_id, name, text in rows(_FILES, ids=list(ids)) if ids else ():
        number, part = snippets.around(text, terms)
        number += snippets.has(name, terms)
        if number > best.get(item_id, (0, None))[0]:
            best[item_id] = number, FileResult(marked(name, terms), snippets.snippet(part, terms))
    return {item_id: file for item_id, (_number, file) in best.items()}
