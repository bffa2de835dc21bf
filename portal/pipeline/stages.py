"""The stages of an opportunity and the ways between them."""

from enum import StrEnum


class Stage(StrEnum):
    """Where an opportunity stands, in the order in which it usually moves."""

    PLANNED = "planned"
    ASKED = "asked"
    INTRODUCED = "introduced"
    IN_CONVERSATION = "in-conversation"
    PROPOSAL = "proposal"
    WON = "won"
    LOST = "lost"
    DECLINED = "declined"


LABELS = {
    Stage.PLANNED: "Planned",
    Stage.ASKED: "Asked",
    Stage.INTRODUCED: "Introduced",
    Stage.IN_CONVERSATION: "In conversation",
    Stage.PROPOSAL: "Proposal",
    Stage.WON: "Won",
    Stage.LOST: "Lost",
    Stage.DECLINED: "Declined",
}
OPEN = (Stage.PLANNED, Stage.ASKED, Stage.INTRODUCED, Stage.IN_CONVERSATION, Stage.PROPOSAL)
CLOSED = (Stage.WON, Stage.LOST, Stage.DECLINED)
UNASKED = (Stage.PLANNED, Stage.LOST)
"""Where an opportunity can stand without ever having been asked for."""


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
