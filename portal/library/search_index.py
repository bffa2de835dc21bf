"""What an item is found by, and keeping that in step with what readers may open."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select

from portal.attachments.models import StoredFile
from portal.db import db
from portal.library import kinds
from portal.library.kinds import WITHHELD, Kind
from portal.library.labels import said
from portal.library.models import IS_READABLE, Item, ItemFile, ItemTag
from portal.search import index
from portal.search.postings import Field

_ITEMS = select(
    *(Item.id, Item.key, Item.file_hash, Item.kind, Item.title, Item.summary, Item.facts, Item.byline, Item.html)
).where(IS_READABLE)
_OF_ITEM = _ITEMS.where(Item.id == bindparam("item_id"))
_TAGS = select(ItemTag.item_id, ItemTag.facet, ItemTag.value).where(ItemTag.facet != "claim")
_TAGS = _TAGS.order_by(ItemTag.item_id, ItemTag.facet, ItemTag.value)
_TAGS_OF_ITEM = _TAGS.where(ItemTag.item_id == bindparam("item_id"))
_FILES = (
    select(ItemFile.name, StoredFile.text)
    .join(StoredFile, StoredFile.id == ItemFile.file_id)
    .where(ItemFile.item_id == bindparam("item_id"), ItemFile.removed_at.is_(None), ItemFile.is_inline.is_(False))
    .order_by(ItemFile.position, ItemFile.id)
)
_HAVE_FILES = select(ItemFile.item_id).where(ItemFile.removed_at.is_(None)).distinct()


_END = re.compile(r"([^\s.!?:;,…>])(\s*</(?:h\d|p|li|tr|dd|dt)>)")


def put(item_id: int) -> None:
    """Let an item be found as it is now, if readers may open it; if not, never."""
    db.session.flush()  # what the session holds of it must be read here
    found = db.session.execute(_OF_ITEM, {"item_id": item_id}).first()
    if found is None and not index.has(item_id):
        return
    tags = db.session.execute(_TAGS_OF_ITEM, {"item_id": item_id}).all() if found else []
    index.put(item_id, _says(found, tags, _files(item_id)) if found else None)


def remove(item_id: int) -> None:
    """Make an item findable no more."""
    index.put(item_id, None)


def rebuild() -> int:
    """Make the search tables anew from the items that readers may open; says how many there are."""
    db.session.flush()
    return index.rebuild(_every())


def _every() -> Iterator[tuple[int, index.Says]]:
    tags = {item_id: list(of) for item_id, of in groupby(db.session.execute(_TAGS), key=lambda tag: tag.item_id)}
    have_files = set(db.session.scalars(_HAVE_FILES))
    for found in db.session.execute(_ITEMS.order_by(Item.id)).all():
        files = _files(found.id) if found.id in have_files else []
        yield found.id, _says(found, tags.get(found.id, ()), files)


def _files(item_id: int) -> Sequence[Any]:
    return db.session.execute(_FILES, {"item_id": item_id}).all()


def _says(item: Any, tags: Iterable[Any], files: Iterable[Any]) -> index.Says:
    """What an item says in each of its places; a client's words only where readers see them."""
    kind = Kind(item.kind)
    told = [value for _fact, value in kinds.shown(kind, item.facts) if value != WITHHELD]
    file = item.key.replace("-", " ") if item.file_hash else ""
    filed = [said("kind", kind), *(said(tag.facet, tag.value) for tag in tags), *map(str, item.byline), file]
    return {
        Field.TITLE: item.title,
        Field.FACTS: ". ".join(told),
        Field.TAGS: ". ".join(filed),
        Field.SUMMARY: item.summary,
        Field.BODY: plain(item.html),
        Field.FILES: "\n".join(f"{name}\n{text}" for name, text in files),
    }


def plain(markup: str) -> str:
    """The words of a page without its markup; a heading or a row of a table ends like a sentence."""
    markup = _END.sub(r"\1.\2", markup)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup))).strip()
