"""Keeping what documents say so that it can be searched: the same tables and words on every engine."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from portal.db import db, insert_or
from portal.search import changes, postings
from portal.search.postings import BLOCK, Entry, Field
from portal.search.tables import ENTRIES, TEXTS, WORDS

Says = Mapping[Field, str]
"""What a document says in each of its places."""
_AT_ONCE = 1000
"""Words in one statement; the engines take a limited number."""
_OLD_WORDS = select(TEXTS.c.words).where(TEXTS.c.item_id == bindparam("document_id"))
_BODIES = select(TEXTS.c.item_id, TEXTS.c.text).where(TEXTS.c.item_id.in_(bindparam("ids", expanding=True)))
_ROWS = select(ENTRIES.c.term, ENTRIES.c.entries).where(
    ENTRIES.c.block == bindparam("at_block"), ENTRIES.c.term.in_(bindparam("terms", expanding=True))
)
_FORGET = delete(ENTRIES).where(ENTRIES.c.block == bindparam("at_block"), ENTRIES.c.term == bindparam("of_term"))


def put(document_id: int, says: Says | None) -> None:
    """Let a document be found by what it says; one that says nothing is found no more."""
    changes.say(document_id)
    old = (_old_words_or_none(document_id) or "").split()
    counted = {field: postings.counted(text) for field, text in (says or {}).items()}
    text = _text(document_id, says or {}, counted)
    db.session.execute(delete(TEXTS).where(TEXTS.c.item_id == document_id))
    if says:
        db.session.execute(insert(TEXTS), [text])
    _enter(document_id, {postings.stem(word) for word in old}, postings.weighed(counted))
    _count_words(_known(text["words"].split()), _known(old))


def has(document_id: int) -> bool:
    """Whether a document can be found."""
    return _old_words_or_none(document_id) is not None


def rebuild(documents: Iterable[tuple[int, Says]]) -> int:
    """Make the tables anew from these, in the order of their numbers; says how many there are."""
    changes.say(None)
    for emptied in (ENTRIES, TEXTS, WORDS):
        db.session.execute(delete(emptied))
    blocks: dict[tuple[str, int], bytearray] = defaultdict(bytearray)
    words: Counter[str] = Counter()
    texts = []
    for document_id, says in documents:
        counted = {field: postings.counted(text) for field, text in says.items()}
        for term, entry in postings.weighed(counted).items():
            blocks[term, document_id // BLOCK] += postings.packed(document_id, entry)
        texts.append(_text(document_id, says, counted))
        words.update(_known(texts[-1]["words"].split()))
    if texts:
        db.session.execute(insert(TEXTS), texts)
        _add(blocks)
        number = changes.number()
        known = [{"word": word, "items": n, "changed": number} for word, n in sorted(words.items())]
        if known:
            db.session.execute(insert(WORDS), known)
    return len(texts)


def bodies(ids: Sequence[int]) -> dict[int, str]:
    """What these documents say, as plain text."""
    return dict(db.session.execute(_BODIES, {"ids": list(ids)}).all()) if ids else {}


def _old_words_or_none(document_id: int) -> str | None:
    return db.session.execute(_OLD_WORDS, {"document_id": document_id}).scalar()


def _text(document_id: int, says: Says, words: Mapping[Field, Counter[str]]) -> dict[str, Any]:
    passages = [text for field, text in says.items() if field in Field.FACTS | Field.BODY and text]
    every: set[str] = set().union(*words.values())
    return {"item_id": document_id, "text": "\n".join(passages), "words": " ".join(sorted(every))}


def _enter(document_id: int, gone: set[str], entries: Mapping[str, Entry]) -> None:
    """Put a document's entries into the rows of its block, and take its earlier ones out."""
    block = document_id // BLOCK
    terms = sorted(gone | set(entries))
    keep: list[dict[str, Any]] = []
    forget: list[dict[str, Any]] = []
    for start in range(0, len(terms), _AT_ONCE):
        some = terms[start : start + _AT_ONCE]
        there = dict(db.session.execute(_ROWS, {"at_block": block, "terms": some}).all())
        for term in some:
            row = postings.put(there.get(term, b""), document_id, entries.get(term))
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
    number = changes.number()
    added = insert_or(WORDS)
    counted = added.on_conflict_do_update(
        index_elements=["word"],
        set_={"items": WORDS.c["items"] + added.excluded["items"], "changed": added.excluded.changed},
    )
    db.session.execute(counted, [{**row, "changed": number} for row in change])
    # A word that no document has any more stays for a while, so that others learn that it went.
    db.session.execute(delete(WORDS).where(WORDS.c["items"] < 1, WORDS.c.changed <= number - changes.KEPT))
