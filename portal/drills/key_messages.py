"""Whether a typed answer says what matters, told so that anybody can follow: the words found, and those missed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.words import places, stem

_SHORT_FORM = re.compile(r"['’](?:s|d|ll|re|ve|m|t)\b", re.I)
"""What is left out of 'we've' and 'client's': whoever writes it out says the same."""
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
    return [stem(word) for _said, word in _words(text)]


def _words(text: str) -> list[tuple[str, str]]:
    """Each word as it was said, and folded."""
    plain = _SHORT_FORM.sub("", text)
    return [(plain[start:stop], word) for start, stop, word in places(plain) if word not in LITTLE]


def _nearest(says: str, accept: Sequence[str], said: set[str]) -> Told:
    best: tuple[int, str, list[str]] | None = None
    for wording in accept:
        missing = [said_so.lower() for said_so, word in _words(wording) if stem(word) not in said]
        if best is None or len(missing) < best[0]:
            best = len(missing), wording, missing
    assert best is not None, "a message has wordings"
    return Told(says, best[0] == 0, best[1], best[2])
