"""How the pipeline speaks of what is in it."""

from typing import Any

from flask_login import current_user

from portal import clock
from portal.pipeline.agreement import Terms
from portal.pipeline.models import Direction, Opportunity, OpportunityKind
from portal.pipeline.next_steps import said_due, said_still
from portal.pipeline.stages import CLOSED, OPEN, ways_from

KIND_LABELS = {OpportunityKind.REFERRAL: "Referral", OpportunityKind.CROSS_SELL: "Cross-sell"}
DIRECTION_LABELS = {
    Direction.ASKED: "Referral",
    Direction.RECEIVED: "Referral received",
    Direction.GIVEN: "Referral given",
}
WHO = {Direction.ASKED: "Who", Direction.RECEIVED: "Who sent it", Direction.GIVEN: "Whom we sent it to"}


def kind_of(row: Opportunity) -> str:
    """What something is: a referral and which way, or a cross-sell."""
    return KIND_LABELS[row.kind] if row.kind == OpportunityKind.CROSS_SELL else DIRECTION_LABELS[row.direction]


def _said_still(row: Opportunity) -> str:
    return said_still(clock.day_in(row.changed_at, current_user.zone), current_user.today())


def shown(terms: Terms) -> dict[str, Any]:
    """What every page of the pipeline speaks with."""
    return {
        "labels": terms.labels,
        "kind_of": kind_of,
        "who": WHO,
        "open_stages": OPEN,
        "closed_stages": CLOSED,
        "today": current_user.today(),
        "said_due": said_due,
        "said_still": _said_still,
        "ways_from": ways_from,
        "zone": current_user.zone,
    }
