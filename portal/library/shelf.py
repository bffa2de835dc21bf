"""What the published library holds, kept in memory until something is published, revised or archived."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select, text

from portal.db import db, rows
from portal.library.models import IS_READABLE, Item, ItemTag

_TOKEN = text("select token from item_search_state where id = 1")
_WORDS = text("select word, items from item_search_words order by word")
_ITEMS = select(Item.id, Item.kind).where(IS_READABLE).order_by(Item.published_at.desc(), Item.id.desc())
_TAGS = select(ItemTag.item_id, ItemTag.facet, ItemTag.value).join(Item, Item.id == ItemTag.item_id).where(IS_READABLE)
MOST_COMPLETIONS = 20
ALIKE_BY = {"industry": 3, "practice": 2, "service": 2, "discipline": 1, "stage": 1}
"""How much a shared tag says about two items being alike; many items share a discipline."""


@dataclass(frozen=True)
class Shelf:
    """The published items by number, what each is tagged with, and the words in them."""

    token: str
    newest: tuple[int, ...]
    tags: Mapping[int, list[tuple[str, str]]]
    tagged: Mapping[tuple[str, str], frozenset[int]]
    """The items by facet and value; the kind is a facet here too."""
    words: Mapping[str, int]
    """How many items have a word."""
    in_order: tuple[str, ...]

    def completions(self, beginning: str) -> list[str]:
        """Known words that begin so, those in most items first."""
        first = bisect_left(self.in_order, beginning)
        last = bisect_left(self.in_order, beginning + "\U0010ffff")
        found = self.in_order[first : min(last, first + 500)]
        return sorted(found, key=lambda word: (-self.words[word], word))[:MOST_COMPLETIONS]

    def knows(self, word: str, *, as_beginning: bool) -> bool:
        """Whether some item has this word, or one that begins so."""
        return word in self.words or (as_beginning and bool(self.completions(word)))

    def alike(self, item_id: int, most: int) -> list[int]:
        """The items that share most with this one, by what a shared tag says."""
        return [other for other in self.alike_to(self.tags.get(item_id, ()), most + 1) if other != item_id][:most]

    def alike_to(self, tags: Iterable[tuple[str, str]], most: int) -> list[int]:
        """The items that share most with one that is filed so, but stands on no shelf itself."""
        shared: Counter[int] = Counter()
        for pair in tags:
            for other in self.tagged.get(pair, ()):
                shared[other] += ALIKE_BY.get(pair[0], 0)
        ranked = sorted(
            (other for other, weight in shared.items() if weight), key=lambda other: (-shared[other], -other)
        )
        return ranked[:most]


_kept: list[Shelf] = []


def shelf() -> Shelf:
    """The library as it is now; read anew when its token changed."""
    token = rows(_TOKEN).scalar_one()
    if not _kept or _kept[0].token != token:
        _kept[:] = [_read(token)]
    return _kept[0]


def _read(token: str) -> Shelf:
    items = db.session.execute(_ITEMS).all()
    tags: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for item_id, kind in items:
        tags[item_id].append(("kind", str(kind)))
    for item_id, facet, value in db.session.execute(_TAGS):
        tags[item_id].append((facet, value))
    tagged: dict[tuple[str, str], set[int]] = defaultdict(set)
    for item_id, pairs in tags.items():
        for pair in pairs:
            tagged[pair].add(item_id)
    words = {word: number for word, number in db.session.execute(_WORDS)}
    return Shelf(
        token,
        tuple(item_id for item_id, _kind in items),
        dict(tags),
        {pair: frozenset(ids) for pair, ids in tagged.items()},
        words,
        tuple(sorted(words)),
    )
