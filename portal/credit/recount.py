"""Working out shares, parts and sums anew from the ledger and the history of the stages."""

from collections import defaultdict
from datetime import date
from itertools import groupby
from typing import Any

from flask import current_app
from sqlalchemy import delete, insert, select

from portal import clock
from portal.accounts.models import Person
from portal.credit import ledger, queries
from portal.credit.models import CreditEntry, CreditHead
from portal.db import db
from portal.pipeline import origination
from portal.pipeline.models import Direction, Opportunity, StageChange
from portal.pipeline.origination_models import CreditedPart, CreditShare, OriginationSum
from portal.pipeline.shares import Shares, source
from portal.pipeline.stages import Stage

BATCH = 5_000
_OPPORTUNITIES = (
    select(
        *(Opportunity.id, Opportunity.owner_id, Opportunity.practice_id, Opportunity.stage),
        Opportunity.worth,
    )
    .where(Opportunity.direction != Direction.GIVEN)
    .order_by(Opportunity.id)
)


def recount() -> None:
    """Replace what follows from the evidence by what follows from the evidence."""
    replayed, firsts, wins = _replayed(), _logged_by(), _won_on()
    for table in (CreditShare, CreditedPart, OriginationSum):
        db.session.execute(delete(table))
    shares: list[dict[str, Any]] = []
    parts: list[dict[str, Any]] = []
    for opportunity in db.session.execute(_OPPORTUNITIES):
        held = replayed.get(opportunity.id) or source(firsts.get(opportunity.id, opportunity.owner_id))
        shares += origination.as_shares(opportunity.id, held)
        if opportunity.stage == Stage.WON and opportunity.id in wins:
            parts += origination.made(opportunity, held, wins[opportunity.id])
    n, amount = origination.sums(parts)
    _insert(CreditShare, shares)
    _insert(CreditedPart, parts)
    _insert(OriginationSum, [origination.as_row(key, n[key], amount[key]) for key in n])


def _replayed() -> dict[int, Shares]:
    heads = db.session.execute(select(CreditHead.opportunity_id, CreditHead.posting))
    closed = {row.opportunity_id: row.posting for row in heads}
    entry = CreditEntry
    lines = db.session.execute(
        select(
            *(entry.opportunity_id, entry.id, entry.posting, entry.role, entry.person_id, entry.item_key),
            *(entry.points, entry.reverses_id),
        ).order_by(entry.opportunity_id, entry.id)
    )
    return {
        opportunity_id: ledger.replay(
            (ledger.Entry(row.id, row.posting, queries.holder_of(row), row.points, row.reverses_id) for row in found),
            closed.get(opportunity_id, 0),
        )
        for opportunity_id, found in groupby(lines, key=lambda row: row.opportunity_id)
    }


def _logged_by() -> dict[int, int]:
    found: dict[int, int] = {}
    for opportunity_id, by_id in db.session.execute(
        select(StageChange.opportunity_id, StageChange.by_id).order_by(StageChange.id)
    ):
        found.setdefault(opportunity_id, by_id)
    return found


def _won_on() -> dict[int, date]:
    """The day on which each opportunity was won last, where its owner is."""
    own = current_app.extensions["portal_config"].TIME_ZONE
    zones: dict[int, str] = defaultdict(lambda: own)
    zones |= {id: zone or own for id, zone in db.session.execute(select(Person.id, Person.zone))}
    changes = db.session.execute(
        select(StageChange.opportunity_id, Opportunity.owner_id, StageChange.at)
        .join(Opportunity, Opportunity.id == StageChange.opportunity_id)
        .where(StageChange.after == Stage.WON, StageChange.before != Stage.WON)
        .order_by(StageChange.id)
    )
    return {opportunity_id: clock.day_in(at, zones[owner_id]) for opportunity_id, owner_id, at in changes}


def _insert(table: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        db.session.execute(insert(table), rows[start : start + BATCH])
