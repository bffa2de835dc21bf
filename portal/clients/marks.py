"""How uses and flags are said and shown: words, short marks and the letters that set them."""

from collections.abc import Mapping
from datetime import date

from portal.clients.models import ClientService, FlagKind, Use
from portal.clock import said_day

LABELS: Mapping[Use, str] = {
    Use.USES: "Uses",
    Use.COULD_USE: "Could use",
    Use.OFFERED: "Offered",
    Use.DECLINED: "Declined",
    Use.NOT_A_FIT: "Not a fit",
}
SHORT: Mapping[Use, str] = {
    Use.USES: "Uses",
    Use.COULD_USE: "Could",
    Use.OFFERED: "Offered",
    Use.DECLINED: "No",
    Use.NOT_A_FIT: "No fit",
}
"""What fits into a cell of the matrix."""
LETTERS: Mapping[str, Use | None] = {
    "u": Use.USES,
    "c": Use.COULD_USE,
    "o": Use.OFFERED,
    "d": Use.DECLINED,
    "n": Use.NOT_A_FIT,
    "x": None,
}
"""Which key sets what in the matrix."""
UNKNOWN = "Nobody has said"
FLAGS: Mapping[FlagKind, str] = {
    FlagKind.DO_NOT_APPROACH: "Do not approach",
    FlagKind.INDEPENDENCE: "Independence",
    FlagKind.ASK_FIRST: "Ask first",
}
FLAG_MEANS: Mapping[FlagKind, str] = {
    FlagKind.DO_NOT_APPROACH: "Nobody proposes anything to them for now.",
    FlagKind.INDEPENDENCE: "The firm audits them; what else it may do for them is restricted.",
    FlagKind.ASK_FIRST: "Have a word with the steward before you raise anything.",
}


def said(use: Use | None) -> str:
    """How a client stands, in words."""
    return LABELS[use] if use else UNKNOWN


def said_whole(state: ClientService | None, today: date) -> str:
    """How a client stands, since when, and who said so: 'Uses since 3 March, Ana Ferreira'."""
    return f"{said(state.use)} since {said_day(state.since_on, today)}, {state.by.name}" if state else UNKNOWN
