"""What changed between two wordings, word by word, and between two versions, claim by claim."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, Protocol

Piece = tuple[Literal["same", "out", "in"], str]
SHORT = 5
"""Fewer letters than this between two changes are not worth a break."""
_PIECES = re.compile(r"\w+(?:['’-]\w+)*|\s+|[^\w\s]")


class Said(Protocol):
    """What a diff needs to know of a claim."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def answer(self) -> str: ...


@dataclass(frozen=True)
class Change:
    """A claim that is new, gone, or worded differently."""

    key: str
    kind: str
    state: Literal["new", "gone", "changed"]
    text: list[Piece]
    answer: list[Piece]


def words(before: str, after: str) -> list[Piece]:
    """The words that stayed, went out and came in; 'same' and 'out' make the first text, 'same' and 'in' the second."""
    left, right = _PIECES.findall(before), _PIECES.findall(after)
    told: list[Piece] = []
    out = new = ""
    for kind, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        gone, come = "".join(left[i:j]), "".join(right[k:m])
        # A blank or a "the" between two changes belongs to them; one stroke reads better than three.
        is_between = bool(out or new) and j < len(left) and len(gone.strip()) < SHORT
        if kind == "equal" and not is_between:
            told += [*_changed(out, new), ("same", gone)]
            out = new = ""
        else:
            out, new = out + gone, new + come
    return told + _changed(out, new)


def claims(before: Sequence[Said], after: Sequence[Said]) -> list[Change]:
    """What a version changed, in its order, and then what it dropped. Empty when only the order changed."""
    old = {claim.key: claim for claim in before}
    changes = []
    for claim in after:
        was = old.pop(claim.key, None)
        if was is None:
            changes.append(Change(claim.key, claim.kind, "new", [("in", claim.text)], _answer("", claim.answer)))
        elif (was.kind, was.text, was.answer) != (claim.kind, claim.text, claim.answer):
            changes.append(
                Change(claim.key, claim.kind, "changed", words(was.text, claim.text), _answer(was.answer, claim.answer))
            )
    gone = [
        Change(claim.key, claim.kind, "gone", [("out", claim.text)], _answer(claim.answer, ""))
        for claim in old.values()
    ]
    return changes + gone


def _changed(out: str, new: str) -> list[Piece]:
    pieces: list[Piece] = [("out", out), ("in", new)]
    return [piece for piece in pieces if piece[1]]


def _answer(before: str, after: str) -> list[Piece]:
    return words(before, after) if before or after else []
