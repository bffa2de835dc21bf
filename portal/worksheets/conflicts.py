"""Two tabs, one worksheet: what each changed is kept; where both changed the same place, the person decides."""

from collections.abc import Mapping
from dataclasses import dataclass

Flat = dict[str, str]


@dataclass(frozen=True)
class Merged:
    """What comes of bringing two changes together."""

    answers: Flat
    theirs: Flat
    """Where both changed the same place to different texts: what is saved there. `answers` keeps the saved text too."""


def merged(*, before: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    """Bring what was changed from `before` to `mine` into `theirs`, which was saved since. An empty text is no text."""
    answers, held = dict(theirs), {}
    for place, text in mine.items():
        known, saved = before.get(place, ""), theirs.get(place, "")
        if text in (known, saved):
            continue
        if saved == known:
            answers[place] = text
        else:
            held[place] = saved
    return Merged(answers, held)
