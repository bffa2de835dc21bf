"""Suggestions: what an editor changed, piece by piece, and the text that any choice of them makes. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from portal.message.comparison import compared


@dataclass(frozen=True)
class Part:
    """A stretch of the text: unchanged, or one suggestion that is taken or left as a whole."""

    before: str
    after: str
    number: int | None = None
    """Which suggestion it is; none where nothing changes."""


def parts(before: str, after: str, first: int = 0) -> list[Part]:
    """The text in stretches. Those that change are numbered from `first`, in reading order."""
    found: list[Part] = []
    number = first
    for is_same, pieces in groupby(compared(before, after), key=lambda piece: piece[0] == "same"):
        told = list(pieces)
        if is_same:
            text = "".join(words for _, words in told)
            found.append(Part(text, text))
            continue
        gone = "".join(words for kind, words in told if kind == "out")
        come = "".join(words for kind, words in told if kind == "in")
        found.append(Part(gone, come, number))
        number += 1
    return found


def mixed(found: list[Part], accepted: Collection[int]) -> str:
    """The text with the accepted suggestions, and without the others."""
    return "".join(part.after if part.number in accepted else part.before for part in found)


def numbers(found: list[Part]) -> list[int]:
    """Which suggestions there are."""
    return [part.number for part in found if part.number is not None]


def plain_lines(text: str) -> str:
    """Line ends as we keep them; browsers send their own."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
