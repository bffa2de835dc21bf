"""What a practice's pitch says: its own claims, and those of the pitch above that it neither repeats nor replaces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

OPENER = "opener"


@dataclass(frozen=True)
class Wording:
    """One claim as it is said, or as it is to be published."""

    key: str
    kind: str
    text: str
    answer: str = ""
    wordings: Mapping[str, str] = field(default_factory=dict)
    """Other words for the same claim, by audience."""
    replaces: str = ""
    inherited_from_id: int | None = None

    @property
    def is_own(self) -> bool:
        """Whether the pitch says this for itself."""
        return self.inherited_from_id is None


def complete(own: Sequence[Wording], above: Sequence[Wording], above_id: int | None) -> list[Wording]:
    """All that a pitch says. An own claim stands for the one it names, or of its key; and there is one opener."""
    taken = {claim.key for claim in own} | {claim.replaces for claim in own if claim.replaces}
    has_opener = any(claim.kind == OPENER for claim in own)
    inherited = [
        replace(claim, replaces="", inherited_from_id=claim.inherited_from_id or above_id)
        for claim in above
        if claim.key not in taken and not (has_opener and claim.kind == OPENER)
    ]
    return [*own, *inherited]


def replaced(own: Sequence[Wording], above: Sequence[Wording]) -> list[str]:
    """The keys of the claims above that people who speak with this pitch no longer say."""
    kept = {claim.key for claim in complete(own, above, 0) if not claim.is_own}
    return [claim.key for claim in above if claim.key not in kept]


def nearest(path: str, pitches: Mapping[str, int], firm: int | None) -> int | None:
    """The pitch of the practice at this path, or of the nearest one above, or the firm's; `pitches` by path."""
    steps = path.strip("/").split("/")
    ways = ("/" + "/".join(steps[:length]) + "/" for length in range(len(steps), 0, -1))
    return next((pitches[way] for way in ways if way in pitches), firm)
