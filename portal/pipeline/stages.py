"""The stages of an opportunity and the ways between them."""

from enum import StrEnum


class Stage(StrEnum):
    """Where an opportunity stands, in the order in which it usually moves."""

    PLANNED = "planned"
    ASKED = "asked"
    INTRODUCED = "introduced"
    IN_CONVERSATION = "in-conversation"
    PROPOSAL = "proposal"
    NURTURE = "nurture"
    """Not now: kept warm until a day, or with a rhythm."""
    WON = "won"
    LOST = "lost"
    DECLINED = "declined"


LABELS = {
    Stage.PLANNED: "Planned",
    Stage.ASKED: "Asked",
    Stage.INTRODUCED: "Introduced",
    Stage.IN_CONVERSATION: "In conversation",
    Stage.PROPOSAL: "Proposal",
    Stage.NURTURE: "Not now",
    Stage.WON: "Won",
    Stage.LOST: "Lost",
    Stage.DECLINED: "Declined",
}
"""What the stages are called until the firm names them."""
OPEN = (Stage.PLANNED, Stage.ASKED, Stage.INTRODUCED, Stage.IN_CONVERSATION, Stage.PROPOSAL)
CLOSED = (Stage.WON, Stage.LOST, Stage.DECLINED)
RESTING = (Stage.NURTURE, *CLOSED)
"""Where nothing is promised for now."""
UNASKED = (Stage.PLANNED, Stage.NURTURE, Stage.LOST)
"""Where an opportunity can stand without ever having been asked for."""
PROBABILITIES = {
    Stage.PLANNED: 5,
    Stage.ASKED: 10,
    Stage.INTRODUCED: 25,
    Stage.IN_CONVERSATION: 40,
    Stage.PROPOSAL: 60,
    Stage.NURTURE: 5,
}
"""How many of a hundred are won from a stage, until the firm says otherwise."""
STALE_DAYS = {
    Stage.PLANNED: 21,
    Stage.ASKED: 14,
    Stage.INTRODUCED: 14,
    Stage.IN_CONVERSATION: 21,
    Stage.PROPOSAL: 14,
}
"""After how many days without anything an opportunity is stale, until the firm says otherwise."""


def probability(stage: Stage, said: dict[Stage, int]) -> int:
    """How likely a win is from a stage, in percent: certain once won, out of question once lost or declined."""
    return 100 if stage == Stage.WON else said.get(stage, 0)


def may_move(here: Stage, there: Stage) -> bool:
    """Whether an opportunity may go from one stage to another: anywhere else, save that nothing closed is planned anew
    and only what was asked can be declined."""
    if here == there:
        return False
    if there == Stage.DECLINED:
        return here != Stage.PLANNED
    return not (here in CLOSED and there == Stage.PLANNED)


def leaves_planning(here: Stage, there: Stage) -> bool:
    """Whether this move is the ask itself, unless it was asked before."""
    return here in UNASKED and there not in UNASKED


def ways_from(here: Stage) -> list[Stage]:
    """Where an opportunity can be put next, staying first."""
    return [here, *(stage for stage in Stage if may_move(here, stage))]
