"""What changed between two long texts: line by line first, and word by word only where lines changed."""

from difflib import SequenceMatcher

from portal.message.diff import Piece, words

LONGEST_CHANGE = 4000
"""Comparing words takes time that grows with the square of their number; a longer change is shown whole."""


def compared(before: str, after: str) -> list[Piece]:
    """The pieces that stayed, went out and came in, in reading order."""
    # Browsers send line ends of their own; they are no change.
    left, right = (text.replace("\r\n", "\n").splitlines(keepends=True) for text in (before, after))
    told: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        gone, come = "".join(left[i:j]), "".join(right[k:m])
        if kind == "equal":
            told.append(("same", gone))
        elif max(len(gone), len(come)) > LONGEST_CHANGE:
            told += [piece for piece in (("out", gone), ("in", come)) if piece[1]]  # type: ignore[misc]
        else:
            told += words(gone, come)
    return told
