"""Whether a typed answer says what matters, told so that anybody can follow: the words found, and those missed."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDINGS = ("ingly", "edly", "ies", "ing", "ied", "ed", "es", "ly", "s", "y", "e")
_LEAST = 3
"""A stem keeps at least so many letters."""
_LITTLE = """
a an and are as at be been but by can do does for from had has have he her his i in is it its me my of on or our
she so that the their them then there they this to us was we were what which who will with would you your
"""
LITTLE = frozenset(_LITTLE.split())
"""Words that carry no message."""


@dataclass(frozen=True)
class Told:
    """One key message, and whether an answer said it."""

    says: str
    is_found: bool
    wording: str
    """The accepted wording that was found, or that came nearest."""
    missing: list[str]
    """The words of that wording which the answer doesn't have."""


def told(answer: str, messages: Sequence[dict[str, Any]]) -> list[Told]:
    """Each message with what was found of it: one of its wordings counts when all its words are there, in any order."""
    said = set(stems(answer))
    return [_nearest(message["says"], message["accept"], said) for message in messages]


def stems(text: str) -> list[str]:
    """The words of a text without their endings, accents and capitals, and without the little words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [stem(word) for word in _words(plain)]


def stem(word: str) -> str:
    """A word without its ending: 'asked', 'asking' and 'asks' are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)]
    return word


def _words(plain: str) -> list[str]:
    words = [re.sub(r"['’].*", "", word) for word in _WORD.findall(plain)]
    return [word for word in words if word and word not in LITTLE]


def _nearest(says: str, accept: Sequence[str], said: set[str]) -> Told:
    best: tuple[int, str, list[str]] | None = None
    for wording in accept:
        missing = [word for word in _words(wording.casefold()) if not set(stems(word)) <= said]
        if best is None or len(missing) < best[0]:
            best = len(missing), wording, missing
    assert best is not None, "a message has wordings"
    return Told(says, best[0] == 0, best[1], best[2])
