"""Which revision of an item a link shows, or whether it shows a notice instead; pure."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum


class WhenRevised(StrEnum):
    """What a link shows after the item was revised."""

    NEWER = "newer"
    SENT = "sent"
    """What the sender saw when they made it."""


class WhenStale(StrEnum):
    """What a link shows when the words it would show have changed in the pitch, or are no longer said."""

    NOTICE = "notice"
    NEWER = "newer"
    """The newest revision, if that one holds; else the notice."""


REVISED = {
    WhenRevised.NEWER: "Show the newer revision",
    WhenRevised.SENT: "Keep showing the one I sent",
}
STALE = {
    WhenStale.NOTICE: "Show a notice, and how to reach me",
    WhenStale.NEWER: "Show the newest revision if it holds, else the notice",
}


class Why(StrEnum):
    """Why a visitor sees what they see, for the sender."""

    SENT = "sent"
    NEWER = "newer"
    EXPIRED = "expired"
    GONE = "gone"
    INTERNAL = "internal"
    STALE = "stale"


WHY = {
    Why.SENT: "Visitors see the revision you sent.",
    Why.NEWER: "It was revised; visitors see the newer revision.",
    Why.EXPIRED: "Its time is over; visitors see a notice.",
    Why.GONE: "It is no longer in the library; visitors see a notice.",
    Why.INTERNAL: "It is for colleagues only now; visitors see a notice.",
    Why.STALE: "It uses words of the pitch that have changed; visitors see a notice.",
}
NOTICES = frozenset({Why.EXPIRED, Why.GONE, Why.INTERNAL, Why.STALE})
NAMELESS = frozenset({Why.GONE, Why.INTERNAL})
"""Of these not even the title is told: it may be what was taken back."""


@dataclass(frozen=True)
class Shown:
    """What a link shows of an item."""

    why: Why
    revision: int = 0
    """0 for the notice."""

    @property
    def is_notice(self) -> bool:
        """Whether visitors see the notice."""
        return self.why in NOTICES


def decide(
    *,
    state: str,
    is_internal: bool,
    sent: int,
    published: int,
    when_revised: WhenRevised,
    when_stale: WhenStale,
    stale: Set[int] = frozenset(),
) -> Shown:
    """What to show; `stale` are the revisions that use words which have changed since."""
    if state == "expired":
        return Shown(Why.EXPIRED)
    if state not in {"published", "under-review"} or not published:
        return Shown(Why.GONE)
    if is_internal:
        return Shown(Why.INTERNAL)
    wanted = published if when_revised is WhenRevised.NEWER else sent
    if wanted in stale and when_stale is WhenStale.NEWER:
        wanted = published
    if wanted in stale:
        return Shown(Why.STALE)
    return Shown(Why.SENT if wanted == sent else Why.NEWER, wanted)
