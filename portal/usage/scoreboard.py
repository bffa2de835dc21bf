"""In which of four boxes an item belongs, or why it is too early to say; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MONTH = 30


class Box(StrEnum):
    """What the figures of an item say."""

    USEFUL = "useful"
    NOT_USEFUL = "not-useful"
    NOT_FOUND = "not-found"
    UNUSED = "unused"
    TOO_FEW = "too-few"
    TOO_EARLY = "too-early"


JUDGED = (Box.USEFUL, Box.NOT_USEFUL, Box.NOT_FOUND, Box.UNUSED)
LABELS = {
    Box.USEFUL: "Used and useful",
    Box.NOT_USEFUL: "Used, but not useful",
    Box.NOT_FOUND: "Useful, but not found",
    Box.UNUSED: "Unused",
    Box.TOO_FEW: "Too few people to say",
    Box.TOO_EARLY: "Too early to say",
}
ADVICE = {
    Box.USEFUL: "Keep these fresh, and write more like them.",
    Box.NOT_USEFUL: "People come and leave without what they came for. Read why, and fix them.",
    Box.NOT_FOUND: "Few come, and it helps those who do. Better titles, tags and links would pay.",
    Box.UNUSED: "Hardly anybody comes. Fix what is needed, and retire the rest.",
    Box.TOO_FEW: "One or two people come back to these. That says much about them and little about the item.",
    Box.TOO_EARLY: "Give them time.",
}


@dataclass(frozen=True)
class Thresholds:
    """From where on something counts; all in one place, so that they can be read and argued about."""

    youngest: int = MONTH
    """Days that readers had it, before anything is said."""
    people: int = 5
    """Fewer different people than this are too few to judge whether it is useful."""
    reads: int = 4
    """Reads in thirty days from which on it is used."""
    votes: int = 3
    """Fewer words on whether it helped than this decide nothing."""
    helped: int = 60
    """Percent of those words that say it helped, for it to be useful."""
    deeds: int = 2
    """Where too few said whether it helped: times it was copied, downloaded, shared or used, for it to be useful."""


THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class Usage:
    """How an item was used in a time."""

    days: int
    """How long readers had it in this time."""
    reads: int = 0
    people: int = 0
    """Different people who ever read it."""
    helped: int = 0
    did_not_help: int = 0
    deeds: int = 0
    """Times it was copied, downloaded, shared or used."""

    @classmethod
    def of(cls, days: int, people: int, counted: Mapping[str, int]) -> "Usage":
        """From what is counted by day, which may be below zero where something of an earlier time was taken back."""
        deeds = sum(max(0, counted[key]) for key in ("copied", "downloaded", "shared", "used"))
        votes = (max(0, counted["helped"]), max(0, counted["did_not_help"]))
        return cls(days, max(0, counted["views"]), people, *votes, deeds)

    @property
    def votes(self) -> int:
        """How many said whether it helped."""
        return self.helped + self.did_not_help

    @property
    def monthly(self) -> int:
        """Reads in thirty days, rounded down."""
        return self.reads * MONTH // max(1, self.days)


def is_useful(usage: Usage, limits: Thresholds = THRESHOLDS) -> bool:
    """Whether something shows that it helps: what people say where enough do, else what they did with it."""
    if usage.votes >= limits.votes:
        return usage.helped * 100 >= limits.helped * usage.votes
    return usage.deeds >= limits.deeds


def box(usage: Usage, limits: Thresholds = THRESHOLDS) -> Box:
    """Where an item belongs."""
    if usage.days < limits.youngest:
        return Box.TOO_EARLY
    is_used = usage.reads * MONTH >= limits.reads * usage.days
    if usage.people < limits.people:
        return Box.TOO_FEW if is_used else Box.UNUSED
    if is_useful(usage, limits):
        return Box.USEFUL if is_used else Box.NOT_FOUND
    return Box.NOT_USEFUL if is_used else Box.UNUSED


def why(usage: Usage, limits: Thresholds = THRESHOLDS) -> str:
    """The figures behind the box, in a sentence or two."""
    if usage.days < limits.youngest:
        return f"Readers have had it for {_said(usage.days, 'day')}."
    read = f"{_said(usage.monthly, 'read')} in thirty days, by {_said(usage.people, 'person', 'people')} so far."
    if usage.people < limits.people:
        return read + f" Fewer than {limits.people} people don’t tell whether it helps."
    if usage.votes >= limits.votes:
        return read + f" {usage.helped} of {usage.votes} say that it helped."
    said = f" Only {usage.votes} said whether it helped" if usage.votes else " Nobody said whether it helped"
    did = (
        f"copied, downloaded, shared or used {_said(usage.deeds, 'time')}"
        if usage.deeds
        else "nothing was done with it"
    )
    return read + f"{said}; {did}."


def _said(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"
