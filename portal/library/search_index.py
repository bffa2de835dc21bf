"""Keeping the search tables in step with what readers may open: the same tables and words on every engine."""

import html
import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, delete, insert, literal, select, update

from portal.attachments.models import StoredFile
from portal.db import db, insert_or
from portal.library import kinds, postings
from portal.library.kinds import WITHHELD, Kind
from portal.library.labels import said
from portal.library.models import IS_READABLE, Item, ItemFile, ItemTag
from portal.library.postings import BLOCK, Entry, Field
from portal.library.search_tables import CHANGES, ENTRIES, STATE, TEXTS, WORDS

KEPT_CHANGES = 500
"""Who has been asleep for longer than this reads the whole library anew."""
_AT_ONCE = 1000
"""Words in one statement; the engines take a limited number."""
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
_OLD_WORDS = select(TEXTS.c.words).where(TEXTS.c.item_id == bindparam("item_id"))
_BODIES = select(TEXTS.c.item_id, TEXTS.c.text).where(TEXTS.c.item_id.in_(bindparam("ids", expanding=True)))
_ROWS = select(ENTRIES.c.term, ENTRIES.c.entries).where(
    ENTRIES.c.block == bindparam("at_block"), ENTRIES.c.term.in_(bindparam("terms", expanding=True))
)
_FORGET = delete(ENTRIES).where(ENTRIES.c.block == bindparam("at_block"), ENTRIES.c.term == bindparam("of_term"))
_NUMBER = select(STATE.c.number).where(STATE.c.id == 1).scalar_subquery()


def put(item_id: int) -> None:
    """Let an item be found as it is now, if readers may open it; if not, never."""
    db.session.flush()  # what the session holds of it must be read here
    found = db.session.execute(_OF_ITEM, {"item_id": item_id}).first()
    if found is None and db.session.execute(_OLD_WORDS, {"item_id": item_id}).first() is None:
        return
    tags = db.session.execute(_TAGS_OF_ITEM, {"item_id": item_id}).all() if found else []
    _replace(item_id, _fields(found, tags, _files(item_id)) if found else None)


def remove(item_id: int) -> None:
    """Make an item findable no more."""
    _replace(item_id, None)


def rebuild() -> int:
    """Make the search tables anew from the items that readers may open; says how many there are."""
    db.session.flush()
    _say_changed(None)
    for emptied in (ENTRIES, TEXTS, WORDS):
        db.session.execute(delete(emptied))
    blocks: dict[tuple[str, int], bytearray] = defaultdict(bytearray)
    words: Counter[str] = Counter()
    texts = []
    tags = {item_id: list(of) for item_id, of in groupby(db.session.execute(_TAGS), key=lambda tag: tag.item_id)}
    have_files = set(db.session.scalars(_HAVE_FILES))
    for found in db.session.execute(_ITEMS.order_by(Item.id)).all():
        files = _files(found.id) if found.id in have_files else []
        fields = _fields(found, tags.get(found.id, ()), files)
        counted = {field: postings.counted(text) for field, text in fields.items()}
        for term, entry in postings.weighed(counted).items():
            blocks[term, found.id // BLOCK] += postings.packed(found.id, entry)
        texts.append(_text(found.id, fields, counted))
        words.update(_known(texts[-1]["words"].split()))
    if texts:
        db.session.execute(insert(TEXTS), texts)
        _add(blocks)
        number = db.session.execute(select(_NUMBER)).scalar_one()
        known = [{"word": word, "items": n, "changed": number} for word, n in sorted(words.items())]
        if known:
            db.session.execute(insert(WORDS), known)
    return len(texts)


def bodies(ids: Sequence[int]) -> dict[int, str]:
    """What these items say, as plain text."""
    return dict(db.session.execute(_BODIES, {"ids": list(ids)}).all()) if ids else {}


def _say_changed(item_id: int | None) -> None:
    # First of all: whoever publishes at the same moment waits here, so that numbers follow the order of the commits and
    # the word counts never deadlock.
    token = uuid.uuid4().hex
    db.session.execute(update(STATE).where(STATE.c.id == 1).values(token=token, number=STATE.c.number + 1))
    told = select(STATE.c.number, literal(token), literal(item_id, type_=CHANGES.c.item_id.type)).where(STATE.c.id == 1)
    db.session.execute(insert(CHANGES).from_select(["number", "token", "item_id"], told))
    db.session.execute(delete(CHANGES).where(CHANGES.c.number <= _NUMBER - KEPT_CHANGES))


def _replace(item_id: int, fields: Mapping[Field, str] | None) -> None:
    _say_changed(item_id)
    old = (db.session.execute(_OLD_WORDS, {"item_id": item_id}).scalar() or "").split()
    counted = {field: postings.counted(text) for field, text in (fields or {}).items()}
    text = _text(item_id, fields or {}, counted)
    db.session.execute(delete(TEXTS).where(TEXTS.c.item_id == item_id))
    if fields:
        db.session.execute(insert(TEXTS), [text])
    _enter(item_id, {postings.stem(word) for word in old}, postings.weighed(counted))
    _count_words(_known(text["words"].split()), _known(old))


def _files(item_id: int) -> Sequence[Any]:
    return db.session.execute(_FILES, {"item_id": item_id}).all()


def _fields(item: Any, tags: Iterable[Any], files: Iterable[Any]) -> dict[Field, str]:
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
    """The words of a page without its markup."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup))).strip()


def _text(item_id: int, fields: Mapping[Field, str], words: Mapping[Field, Counter[str]]) -> dict[str, Any]:
    passages = [text for field, text in fields.items() if field in Field.FACTS | Field.BODY and text]
    every: set[str] = set().union(*words.values())
    return {"item_id": item_id, "text": "\n".join(passages), "words": " ".join(sorted(every))}


def _enter(item_id: int, gone: set[str], entries: Mapping[str, Entry]) -> None:
    """Put an item's entries into the rows of its block, and take its earlier ones out."""
    block = item_id // BLOCK
    terms = sorted(gone | set(entries))
    keep: list[dict[str, Any]] = []
    forget: list[dict[str, Any]] = []
    for start in range(0, len(terms), _AT_ONCE):
        some = terms[start : start + _AT_ONCE]
        there = dict(db.session.execute(_ROWS, {"at_block": block, "terms": some}).all())
        for term in some:
            row = postings.put(there.get(term, b""), item_id, entries.get(term))
            (keep if row else forget).append({"term": term, "block": block, "entries": row})
    if keep:
        added = insert_or(ENTRIES)
        change = added.on_conflict_do_update(index_elements=["term", "block"], set_={"entries": added.excluded.entries})
        db.session.execute(change, keep)
    if forget:
        db.session.execute(_FORGET, [{"at_block": block, "of_term": row["term"]} for row in forget])


def _add(blocks: Mapping[tuple[str, int], bytearray]) -> None:
    made = [
        {"term": term, "block": block, "entries": bytes(entries)} for (term, block), entries in sorted(blocks.items())
    ]
    db.session.execute(insert(ENTRIES), made)


def _known(words: Iterable[str]) -> set[str]:
    """The words that spelling is corrected by, and beginnings are completed from."""
    return {word for word in words if len(word) >= 3 and not word.isdigit()}


def _count_words(come: set[str], gone: set[str]) -> None:
    change = [{"word": word, "items": 1} for word in sorted(come - gone)]
    change += [{"word": word, "items": -1} for word in sorted(gone - come)]
    if not change:
        return
    number = db.session.execute(select(_NUMBER)).scalar_one()
    added = insert_or(WORDS)
    counted = added.on_conflict_do_update(
        index_elements=["word"],
        set_={"items": WORDS.c["items"] + added.excluded["items"], "changed": added.excluded.changed},
    )
    db.session.execute(counted, [{**row, "changed": number} for row in change])
    # A word that no item has any more stays for a while, so that others learn that it went.
    db.session.execute(delete(WORDS).where(WORDS.c["items"] < 1, WORDS.c.changed <= number - KEPT_CHANGES))
