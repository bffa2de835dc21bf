"""Every word that documents have, kept in memory: by it spelling is corrected, and beginnings are completed."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from sqlalchemy import bindparam, select

from portal.db import db
from portal.search.tables import WORDS
from portal.search.words import nearest_beginning_or_none, nearest_or_none
from portal.words import stem

_WORDS = select(WORDS.c.word, WORDS.c["items"])
_SINCE = _WORDS.where(WORDS.c.changed > bindparam("number"))
MOST_COMPLETIONS = 20


@dataclass(frozen=True)
class Vocabulary:
    """The words."""

    words: Mapping[str, int]
    """How many documents have a word."""
    in_order: Sequence[str]

    @cached_property
    def _by_length(self) -> Mapping[int, Sequence[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for word in self.in_order:
            found[len(word)].append(word)
        return found

    def completions(self, beginning: str) -> list[str]:
        """Known words that begin so, those in most documents first."""
        most = MOST_COMPLETIONS if len(beginning) > 3 else MOST_COMPLETIONS // 3
        return nsmallest(most, self._beginning(beginning), key=lambda word: (-self.words[word], word))

    def knows(self, word: str, *, as_beginning: bool) -> bool:
        """Whether some document has this word in any form, or one that begins so."""
        if word in self.words or word.isdigit() or len(word) < 3:
            return True
        if as_beginning and self._beginning(word):
            return True
        root = stem(word)
        return any(stem(other) == root for other in self._beginning(root))

    def meant(self, word: str, *, as_beginning: bool) -> str:
        """The word itself if it is known, else the nearest known one if there is any."""
        if self.knows(word, as_beginning=as_beginning):
            return word
        near = (other for length in range(len(word) - 2, len(word) + 3) for other in self._by_length.get(length, ()))
        whole = nearest_or_none(word, list(near), self.words)
        if whole is None and as_beginning:
            whole = nearest_beginning_or_none(word, self.in_order, self.words)
        return whole or word

    def _beginning(self, beginning: str) -> Sequence[str]:
        first = bisect_left(self.in_order, beginning)
        return self.in_order[first : bisect_left(self.in_order, beginning + "\U0010ffff", first)]


def read() -> Vocabulary:
    """All words as they are now."""
    words = dict(db.session.execute(_WORDS.where(WORDS.c["items"] > 0)).all())
    return Vocabulary(words, sorted(words))


def read_since(old: Vocabulary, number: int) -> Vocabulary:
    """The words with what changed after the change of this number."""
    fresh = dict(db.session.execute(_SINCE, {"number": number}).all())
    words = dict(old.words) | fresh
    gone = [word for word, n in fresh.items() if n < 1]
    for word in gone:
        del words[word]
    same = not gone and all(word in old.words for word in fresh)
    return Vocabulary(words, old.in_order if same else sorted(words))
