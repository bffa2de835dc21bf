"""How texts and questions are cut into words, and which known word is nearest to a misspelt one."""

import re
import unicodedata
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_WORDS = 8
LONGEST_WORD = 40

_SAYING_NOTHING = """
a about an and are as at be but by can could did do does for from had has have how i if in into is it its me my no not
of on or our out should so than that the their them then there these they this those to up us was we were what when
where which who whom why will with would you your
"""
STOP = frozenset(_SAYING_NOTHING.split())
"""Words that say nothing about what somebody looks for."""


def folded(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).lower()


def words_of(text: str) -> list[str]:
    """Every word of a text, folded, in order."""
    return re.findall(r"[^\W_]+", folded(text))


def asked_for(question: str) -> tuple[str, ...]:
    """The words that a question is about: a handful, without those that say nothing, unless there are no others."""
    every = [word[:LONGEST_WORD] for word in words_of(question)]
    telling = [word for word in every if word not in STOP]
    return tuple(dict.fromkeys(telling or every))[:MOST_WORDS]


def allowed_distance(word: str) -> int:
    """How many letters may be wrong: none in a short word, one in a middling one, two in a long one."""
    if len(word) < 4 or word.isdigit():
        return 0
    return 1 if len(word) < 7 else 2


def nearest_or_none(word: str, known: Mapping[str, int]) -> str | None:
    """The known word that was probably meant: the nearest, then the one in most items, then the first by letter."""
    most = allowed_distance(word)
    if not most:
        return None
    near = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=most, limit=None)
    return min(near, key=lambda found: (found[1], -known[found[0]], found[0]))[0] if near else None
