"""Which words a question is about, and which known word is nearest to a misspelt one."""

from collections.abc import Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.words import LONGEST, STOP, words_of

MOST_WORDS = 8


def asked_for(question: str) -> tuple[str, ...]:
    """The words that a question is about: a handful, without those that say nothing, unless there are no others."""
    every = [word[:LONGEST] for word in words_of(question)]
    telling = [word for word in every if word not in STOP]
    return tuple(dict.fromkeys(telling or every))[:MOST_WORDS]


def allowed_distance(word: str) -> int:
    """How many letters may be wrong: none in a short word, one in a middling one, two in a long one."""
    if len(word) < 4 or word.isdigit():
        return 0
    return 1 if len(word) < 7 else 2


def nearest_or_none(word: str, among: Sequence[str], known: Mapping[str, int]) -> str | None:
    """The word among these that was probably meant: the nearest; of two as near, the one in more documents."""
    most = allowed_distance(word)
    near = process.extract(word, among, scorer=OSA.distance, score_cutoff=most, limit=None) if most else []
    # Two wrong letters and another beginning make another word.
    near = [found for found in near if found[1] < 2 or found[0][0] == word[0]]
    return min(near, key=lambda found: (found[1], -known[found[0]], found[0]))[0] if near else None


def nearest_beginning_or_none(typed: str, among: Sequence[str], known: Mapping[str, int]) -> str | None:
    """The same for a word that is still being typed: one letter of its beginning may be wrong."""
    if len(typed) < 5 or typed.isdigit():
        return None
    beginnings = [word[: len(typed)] for word in among]
    near = process.extract(typed, beginnings, scorer=OSA.distance, score_cutoff=1, limit=None)
    return min(
        (among[place] for _beginning, _distance, place in near), key=lambda word: (-known[word], word), default=None
    )
