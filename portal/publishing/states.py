"""Which step leads an item from where to where, and who may take it; one table, pure."""

from collections.abc import Set
from dataclasses import dataclass, replace
from enum import StrEnum

from portal.library.models import READABLE, ItemState, Step


class Act(StrEnum):
    """What somebody, or the clock, does with an item."""

    ASK = "ask"
    APPROVE = "approve"
    RETURN = "return"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    CANCEL = "cancel"
    DOUBT = "doubt"
    CONFIRM = "confirm"
    EXPIRE = "expire"
    PROLONG = "prolong"
    ARCHIVE = "archive"
    RESTORE = "restore"
    PASS_ON = "pass-on"
    HOLD = "hold"


DONE = {
    Act.ASK: "asked for a review",
    Act.APPROVE: "approved",
    Act.RETURN: "returned with a note",
    Act.PUBLISH: "published",
    Act.SCHEDULE: "scheduled",
    Act.CANCEL: "schedule taken back",
    Act.DOUBT: "put under review",
    Act.CONFIRM: "still holds",
    Act.EXPIRE: "expired",
    Act.PROLONG: "expiry changed",
    Act.ARCHIVE: "archived",
    Act.RESTORE: "put back",
    Act.PASS_ON: "passed on",
    Act.HOLD: "held back",
}
NOT_NOW = {
    Act.ASK: "This waits for a review already, or nothing changed since it was published.",
    Act.APPROVE: "This doesn’t wait for a review.",
    Act.RETURN: "This doesn’t wait for a review.",
    Act.PUBLISH: "This is archived. Put it back first.",
    Act.SCHEDULE: "Nothing changed since this was published.",
    Act.CANCEL: "This isn’t scheduled.",
    Act.DOUBT: "Only what is published can be put under review.",
    Act.CONFIRM: "Only what is in the library can be said to hold.",
    Act.EXPIRE: "Only what is in the library can expire.",
    Act.PROLONG: "Only what was published and isn’t archived has an expiry.",
    Act.ARCHIVE: "This is archived already.",
    Act.RESTORE: "Only an archived or expired item can be put back.",
}
"""Why an act is refused from where an item stands."""


class Who(StrEnum):
    """In which part somebody acts."""

    AUTHOR = "author"
    """They own the item, or wrote it."""
    OWNER = "owner"
    PUBLISHER = "publisher"
    CLOCK = "clock"


class Stage(StrEnum):
    """Where an item stands, in one word: what readers have, and before that where the first revision stands."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    UNDER_REVIEW = "under-review"
    EXPIRED = "expired"
    ARCHIVED = "archived"


STAGES = {
    Stage.DRAFT: "Draft",
    Stage.IN_REVIEW: "In review",
    Stage.SCHEDULED: "Scheduled",
    Stage.PUBLISHED: "Published",
    Stage.UNDER_REVIEW: "Under review",
    Stage.EXPIRED: "Expired",
    Stage.ARCHIVED: "Archived",
}


@dataclass(frozen=True)
class Stand:
    """What readers have, and where the newest revision stands."""

    state: ItemState
    step: Step
    was_published: bool = False
    """Whether readers ever had it."""

    @property
    def stage(self) -> Stage:
        """In one word."""
        return Stage(str(self.step if self.state is ItemState.DRAFT else self.state))


@dataclass(frozen=True)
class Rule:
    """From where an act is possible, where it leads, and who may do it. Nothing named leaves things as they are."""

    who: Set[Who]
    states: Set[ItemState]
    steps: Set[Step]
    state: ItemState | None = None
    step: Step | None = None


_ANY_STEP = frozenset(Step)
_IN_LIBRARY = frozenset(READABLE)
_HERE = frozenset(ItemState) - {ItemState.ARCHIVED}
_UNPUBLISHED = frozenset(Step) - {Step.PUBLISHED}
_PUBLISHER, _AUTHORS = frozenset({Who.PUBLISHER}), frozenset({Who.AUTHOR, Who.OWNER, Who.PUBLISHER})
_OWNERS = frozenset({Who.OWNER, Who.PUBLISHER})

RULES: dict[Act, Rule] = {
    Act.ASK: Rule(_AUTHORS, _HERE, frozenset({Step.DRAFT}), step=Step.IN_REVIEW),
    Act.APPROVE: Rule(_PUBLISHER, _HERE, frozenset({Step.IN_REVIEW})),
    Act.RETURN: Rule(_PUBLISHER, _HERE, frozenset({Step.IN_REVIEW}), step=Step.DRAFT),
    Act.PUBLISH: Rule(_PUBLISHER | {Who.CLOCK}, _HERE, _ANY_STEP, state=ItemState.PUBLISHED, step=Step.PUBLISHED),
    Act.SCHEDULE: Rule(_PUBLISHER, _HERE, _UNPUBLISHED, step=Step.SCHEDULED),
    Act.CANCEL: Rule(_PUBLISHER, _HERE, frozenset({Step.SCHEDULED}), step=Step.DRAFT),
    Act.DOUBT: Rule(_OWNERS, frozenset({ItemState.PUBLISHED}), _ANY_STEP, state=ItemState.UNDER_REVIEW),
    Act.CONFIRM: Rule(_OWNERS, _IN_LIBRARY, _ANY_STEP, state=ItemState.PUBLISHED),
    Act.EXPIRE: Rule(_OWNERS | {Who.CLOCK}, _IN_LIBRARY, _ANY_STEP, state=ItemState.EXPIRED),
    Act.PROLONG: Rule(_OWNERS, _IN_LIBRARY | {ItemState.EXPIRED}, _ANY_STEP),
    Act.ARCHIVE: Rule(_OWNERS, _HERE, _ANY_STEP, state=ItemState.ARCHIVED),
    Act.RESTORE: Rule(_OWNERS, frozenset({ItemState.ARCHIVED, ItemState.EXPIRED}), _ANY_STEP),
    Act.PASS_ON: Rule(_OWNERS, frozenset(ItemState), _ANY_STEP),
    Act.HOLD: Rule(frozenset({Who.CLOCK}), _HERE, frozenset({Step.SCHEDULED}), step=Step.DRAFT),
}


def is_possible(act: Act, stand: Stand) -> bool:
    """Whether an act makes sense from here, whoever does it."""
    rule = RULES[act]
    return stand.state in rule.states and stand.step in rule.steps


def may(act: Act, stand: Stand, parts: Set[Who]) -> bool:
    """Whether somebody in these parts may do this from here."""
    return is_possible(act, stand) and bool(RULES[act].who & parts)


def after(act: Act, stand: Stand) -> Stand:
    """Where an act leads from here."""
    rule = RULES[act]
    if act is Act.RESTORE or (act is Act.PROLONG and stand.state is ItemState.EXPIRED):
        return replace(stand, state=ItemState.PUBLISHED if stand.was_published else ItemState.DRAFT)
    if act is Act.ARCHIVE and stand.step in {Step.SCHEDULED, Step.IN_REVIEW}:
        stand = replace(stand, step=Step.DRAFT)
    found = replace(stand, state=rule.state or stand.state, step=rule.step or stand.step)
    return replace(found, was_published=stand.was_published or act is Act.PUBLISH)


def acts(stand: Stand, parts: Set[Who]) -> frozenset[Act]:
    """All that somebody in these parts may do from here."""
    return frozenset(act for act in Act if may(act, stand, parts))
