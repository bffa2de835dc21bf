"""Saying a text from memory: at each step more of its words fade, until only how each sentence begins is left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

STEPS = 4
"""0 shows everything, 4 only the first word of each sentence."""
LEAST_LETTERS = 4
"""Shorter words hold a sentence together and are the last to go."""
_PIECES = re.compile(r"\w+(?:['’&-]\w+)*|[^\w\s]+|\s+")
_ENDS = re.compile(r"[.!?:]")


@dataclass(frozen=True)
class Piece:
    """A word, or what stands between two."""

    text: str
    is_faded: bool


def faded(text: str, step: int) -> list[Piece]:
    """The text with its words faded as far as this step goes; what faded at a step stays so at the next."""
    return [Piece(piece, step > 0 and at <= step) for piece, at in _fading(text)]


def _fading(text: str) -> Iterator[tuple[str, int]]:
    """Each piece with the step from which on it is gone; what never goes has one past the last."""
    is_first, long_words = True, 0
    for piece in _PIECES.findall(text):
        if not piece[0].isalnum():
            is_first = is_first or bool(_ENDS.search(piece))
            yield piece, STEPS + 1
        elif is_first:
            is_first = False
            yield piece, STEPS + 1
        elif len(piece) < LEAST_LETTERS:
            yield piece, STEPS
        else:
            long_words += 1
            # Every third of the words that carry the meaning goes first, then every second of the rest, then all.
            yield piece, 1 if long_words % 3 == 0 else 2 if long_words % 3 == 1 else 3
