"""Which few items are chosen for a person in a week; pure.

What fits a person best comes first: what their practice, industry, module or open asks have to do with it. The choice
is made once, from what was there when the week began, and is kept; so nothing that happens in the week adds to it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.library.kinds import Kind

MOST = 4
"""So many items in a week, whatever is published."""
NEW_FOR = timedelta(weeks=8)
"""Older items wait in the library; nobody is shown them."""
MOST_CANDIDATES = 200
WEIGHTS = {"practice": 4, "industry": 3, "discipline": 2, "stage": 2}
"""What it says that an item is about a person's practice, industry, module or the stage of what they work on."""
JUST_NEW = "New in the library"

Tag = tuple[str, str]


@dataclass(frozen=True)
class Candidate:
    """An item that was published lately."""

    id: int
    kind: Kind
    published_at: datetime
    tags: frozenset[Tag]


def ranked(candidates: Iterable[Candidate], interests: Mapping[Tag, str]) -> list[tuple[Candidate, str]]:
    """The items that concern a person, best first, each with why; `interests` says why a tag is theirs."""
    fitting = [(weight, why, each) for each in candidates for weight, why in [_fit(each, interests)] if why is not None]
    fitting.sort(key=lambda found: (-found[0], -found[2].published_at.timestamp(), -found[2].id))
    return [(each, why) for _weight, why, each in fitting]


def _fit(item: Candidate, interests: Mapping[Tag, str]) -> tuple[int, str | None]:
    """How well an item fits, and why in words; no words for one that is for other practices."""
    shared = sorted((tag for tag in item.tags if tag in interests), key=lambda tag: (-WEIGHTS.get(tag[0], 0), tag))
    is_for_some = any(facet == "practice" for facet, _value in item.tags)
    if is_for_some and not any(facet == "practice" for facet, _value in shared):
        return 0, None
    weight = sum(WEIGHTS.get(facet, 0) for facet in {facet for facet, _value in shared})
    return weight, interests[shared[0]] if shared else JUST_NEW


def choose(
    fitting: Sequence[tuple[Candidate, str]],
    *,
    known: Collection[int] = (),
    muted: Collection[Kind] = (),
    most: int = MOST,
) -> list[tuple[int, str]]:
    """The first few that a person has neither read nor been shown, of kinds they want: item and why."""
    found = ((each.id, why) for each, why in fitting if each.id not in known and each.kind not in muted)
    return [chosen for _number, chosen in zip(range(most), found, strict=False)]
