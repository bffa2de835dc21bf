"""What readers may open, by number and tag, kept in memory; of what changes, only that is read anew."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from heapq import nsmallest
from typing import Any

from sqlalchemy import bindparam, select

from portal import clock
from portal.db import db
from portal.library.models import IS_READABLE, Item, ItemTag
from portal.search import changes, vocabulary
from portal.search.vocabulary import Vocabulary

_ITEMS = select(Item.id, Item.kind, Item.published_at, Item.expires_at).where(IS_READABLE)
_ITEMS_AMONG = _ITEMS.where(Item.id.in_(bindparam("ids", expanding=True)))
_TAGS = (
    select(ItemTag.item_id, ItemTag.facet, ItemTag.value)
    .join(Item, Item.id == ItemTag.item_id)
    .where(IS_READABLE)
    .order_by(ItemTag.item_id, ItemTag.facet, ItemTag.value)
)
_TAGS_AMONG = _TAGS.where(ItemTag.item_id.in_(bindparam("ids", expanding=True)))
MANY = 300
"""When more items than this changed, all are read anew."""
ALIKE_BY = {"industry": 3, "practice": 2, "service": 2, "discipline": 1, "stage": 1}
"""How much a shared tag says about two items being alike; many items share a discipline."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Shelf:
    """The items that readers may open, what each is tagged with, and the words in them."""

    token: str
    published: Mapping[int, datetime]
    tags: Mapping[int, Sequence[Pair]]
    """By item: facet and value; the kind is a facet here too, and comes first."""
    tagged: Mapping[Pair, frozenset[int]]
    """The items by facet and value."""
    vocabulary: Vocabulary
    ends: Mapping[int, datetime]
    """When items expire, of those that do."""

    @cached_property
    def newest(self) -> tuple[int, ...]:
        """The items, newest first."""
        return tuple(sorted(self.published, key=lambda item_id: (self.published[item_id], item_id), reverse=True))

    @cached_property
    def place(self) -> Mapping[int, int]:
        """By item: how many are newer."""
        return {item_id: place for place, item_id in enumerate(self.newest)}

    @cached_property
    def missing(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """By what was looked for: the words, where no item has them all, else none; filled by the search."""
        return {}

    @cached_property
    def _until(self) -> datetime | None:
        return min(self.ends.values(), default=None)

    def is_over(self) -> bool:
        """Whether one of these items has expired since; the shelf is another from that minute on."""
        return self._until is not None and clock.now() >= self._until

    def alike(self, item_id: int, most: int) -> list[int]:
        """The items that share most with this one, by what a shared tag says."""
        return [other for other in self.alike_to(self.tags.get(item_id, ()), most + 1) if other != item_id][:most]

    def alike_to(self, tags: Iterable[tuple[str, str]], most: int) -> list[int]:
        """The items that share most with one that is filed so, but stands on no shelf itself."""
        shared: Counter[int] = Counter()
        for facet, value in tags:
            if facet in ALIKE_BY and (facet, value) in self.tagged:
                shared.update(dict.fromkeys(self.tagged[facet, value], ALIKE_BY[facet]))
        return nsmallest(most, shared, key=lambda other: (-shared[other], -other))


_kept: list[Shelf] = []


def shelf() -> Shelf:
    """The library as it is now."""
    newest = changes.token()
    kept = _kept[0] if _kept else None
    if kept is None or kept.token != newest or kept.is_over():
        kept = (kept and not kept.is_over() and _renewed_or_none(kept, newest)) or _read(newest)
        _kept[:] = [kept]
    return kept


def _read(newest: str) -> Shelf:
    items = db.session.execute(_ITEMS).all()
    tags = _tags(items, db.session.execute(_TAGS))
    tagged: dict[Pair, set[int]] = defaultdict(set)
    for item_id, pairs in tags.items():
        for pair in pairs:
            tagged[pair].add(item_id)
    kept = {pair: frozenset(ids) for pair, ids in tagged.items()}
    published = {row.id: row.published_at for row in items}
    return Shelf(newest, published, tags, kept, vocabulary.read(), _ends(items))


def _renewed_or_none(old: Shelf, newest: str) -> Shelf | None:
    """The shelf with what changed since; nothing when too much did, or when what we know was undone."""
    since = changes.since_or_none(old.token)
    if since is None or len(since[1]) > MANY:
        return None
    number, changed = since
    among = {"ids": sorted(changed)}
    items = db.session.execute(_ITEMS_AMONG, among).all()
    fresh = _tags(items, db.session.execute(_TAGS_AMONG, among))
    published = {item_id: at for item_id, at in old.published.items() if item_id not in changed}
    tags = {item_id: pairs for item_id, pairs in old.tags.items() if item_id not in changed}
    return Shelf(
        newest,
        published | {row.id: row.published_at for row in items},
        tags | fresh,
        _tagged_anew(old, changed, fresh),
        vocabulary.read_since(old.vocabulary, number),
        {item_id: at for item_id, at in old.ends.items() if item_id not in changed} | _ends(items),
    )


def _ends(items: Iterable[Any]) -> dict[int, datetime]:
    return {row.id: row.expires_at for row in items if row.expires_at}


def _tags(items: Iterable[Any], tags: Iterable[Any]) -> dict[int, list[Pair]]:
    found = {row.id: [("kind", str(row.kind))] for row in items}
    for item_id, facet, value in tags:
        found[item_id].append((facet, value))
    return found


def _tagged_anew(old: Shelf, changed: set[int], fresh: Mapping[int, Sequence[Pair]]) -> dict[Pair, frozenset[int]]:
    tagged = dict(old.tagged)
    for item_id in changed:
        for pair in old.tags.get(item_id, ()):
            tagged[pair] -= {item_id}
    for item_id, pairs in fresh.items():
        for pair in pairs:
            tagged[pair] = tagged.get(pair, frozenset()) | {item_id}
    return {pair: ids for pair, ids in tagged.items() if ids}
