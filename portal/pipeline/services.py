"""Logging opportunities and what comes of them; the totals that leaders see follow in the same transaction."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from portal import clock
from portal.accounts.viewer import Viewer
from portal.counters import services as counters
from portal.db import db
from portal.errors import Refused
from portal.pipeline import ledger, next_steps, queries
from portal.pipeline.models import Opportunity, OpportunityKind, StageChange
from portal.pipeline.stages import CLOSED, Stage, leaves_planning, may_move
from portal.worksheets import linking
from portal.worksheets.models import LinkKind

TWICE = timedelta(minutes=2)
"""Within this time, the same words logged again are a second press of the button."""
CHANGED = "This was changed in another tab since you opened it. Look at it again; what you wrote is kept here."


def currency() -> str:
    """The currency of new amounts."""
    return str(current_app.extensions["portal_config"].CURRENCY)


def log(
    *,
    kind: OpportunityKind,
    contact: str,
    organisation: str,
    service: str,
    ask: str,
    value: int | None,
    next_step: str,
    next_on: date | None,
    is_asked: bool,
    by: Viewer,
    now: datetime,
    filled_id: int | None = None,
    row: str | None = None,
) -> Opportunity:
    """Log an opportunity, planned or already asked. A second press leads to the first one."""
    facts = {"kind": kind, "contact": contact, "organisation": organisation, "service": service, "ask": ask}
    _check_words(kind, contact=contact, service=service)
    _check_next(next_step, next_on, by.today(now), present=None)
    if known := queries.logged_or_none(by, filled_id, row or "") if filled_id else _logged_before(by, facts, now):
        return known
    opportunity = Opportunity(
        **facts,
        owner_id=by.id,
        practice_id=by.practice_id,
        stage=Stage.ASKED if is_asked else Stage.PLANNED,
        value=value,
        currency=currency(),
        next_step=next_step,
        next_on=next_on,
        filled_id=filled_id,
        row=row,
        created_at=now,
        changed_at=now,
    )
    kept = _kept_once(opportunity, by)
    if kept is opportunity:
        _follow(opportunity, None, note="", by=by, now=now)
    return kept


def move(
    opportunity: Opportunity,
    *,
    stage: Stage,
    note: str,
    value: int | None,
    next_step: str,
    next_on: date | None,
    version: int,
    by: Viewer,
    now: datetime,
) -> None:
    """Note what happened: a new stage, another value, the next step, or just some words."""
    here = ledger.Place(opportunity.stage, opportunity.value or 0)
    if version != opportunity.version:
        raise Refused(CHANGED)
    if stage != opportunity.stage and not may_move(opportunity.stage, stage):
        raise Refused("It can't go there from where it stands.", field="stage")
    if stage in CLOSED:
        next_step, next_on = "", None
    new = {"stage": stage, "value": value, "next_step": next_step, "next_on": next_on}
    if not note and all(getattr(opportunity, name) == given for name, given in new.items()):
        raise Refused("Nothing is different yet. Write a note, or choose another stage.", field="note")
    _check_next(next_step, next_on, by.today(now), present=opportunity.next_on)
    for name, given in new.items():
        setattr(opportunity, name, given)
    _follow(opportunity, here, note=note, by=by, now=now)


def edit(
    opportunity: Opportunity,
    *,
    contact: str,
    organisation: str,
    service: str,
    ask: str,
    asked_on: date | None,
    version: int,
    by: Viewer,
    now: datetime,
) -> None:
    """Correct the facts."""
    if version != opportunity.version:
        raise Refused(CHANGED)
    _check_words(opportunity.kind, contact=contact, service=service)
    if opportunity.asked_on:
        _check_asked(asked_on, by.today(now))
        opportunity.asked_on = asked_on
    opportunity.contact, opportunity.organisation = contact, organisation
    opportunity.service, opportunity.ask = service, ask
    opportunity.changed_at = now
    _write(opportunity)
    counters.active(by, by.today(now))


def _check_words(kind: OpportunityKind, *, contact: str, service: str) -> None:
    if kind == OpportunityKind.REFERRAL and not contact:
        raise Refused("Say whom you ask.", field="contact")
    if kind == OpportunityKind.CROSS_SELL and not service:
        raise Refused("Say which service would help.", field="service")


def _check_next(step: str, day: date | None, today: date, *, present: date | None) -> None:
    if day is not None and day != present and not next_steps.is_sensible(day, today):
        raise Refused("Choose a day within ten years of today.", field="next_on")
    if day is not None and not step:
        raise Refused("Say what you will do on that day.", field="next_step")


def _check_asked(asked_on: date | None, today: date) -> None:
    if asked_on is None:
        raise Refused("You have asked already, so a day is needed.", field="asked_on")
    if asked_on > today or not next_steps.is_sensible(asked_on, today):
        raise Refused("Choose a day in the last ten years, up to today.", field="asked_on")


def _logged_before(by: Viewer, facts: dict[str, Any], now: datetime) -> Opportunity | None:
    return db.session.scalar(
        queries.visible_to(by)
        .filter_by(**facts)
        .where(Opportunity.created_at > now - TWICE, Opportunity.filled_id.is_(None))
        .order_by(Opportunity.id)
        .limit(1)
    )


def _kept_once(opportunity: Opportunity, by: Viewer) -> Opportunity:
    try:
        with db.session.begin_nested():
            db.session.add(opportunity)
    except IntegrityError:  # another tab logged the same row in this moment
        known = queries.logged_or_none(by, opportunity.filled_id or 0, opportunity.row or "")
        if known is None:
            raise
        return known
    if opportunity.filled_id is not None and opportunity.row:
        row = (opportunity.filled_id, opportunity.row)
        linking.link(*row, LinkKind.OPPORTUNITY, opportunity.id, now=opportunity.created_at)
    return opportunity


def _follow(opportunity: Opportunity, before: ledger.Place | None, *, note: str, by: Viewer, now: datetime) -> None:
    """Write down what happened, and let the totals follow."""
    today = by.today(now)
    here = before.stage if before else Stage.PLANNED
    is_ask = opportunity.asked_on is None and leaves_planning(here, opportunity.stage)
    if is_ask:
        opportunity.asked_on = today
    opportunity.changed_at = now
    _write(opportunity)
    if is_ask:
        counters.happened("asks", practice_id=opportunity.practice_id, on=today)
    # Taking a win back, or correcting its value, is counted on the day of the win.
    _count(opportunity, before, _won_on(opportunity, by) if here == Stage.WON else today)
    db.session.add(
        StageChange(
            opportunity_id=opportunity.id,
            before=before.stage if before else None,
            after=opportunity.stage,
            note=note,
            value=opportunity.value,
            next_step=opportunity.next_step,
            next_on=opportunity.next_on,
            at=now,
            by_id=by.id,
        )
    )
    counters.active(by, today)


def _count(opportunity: Opportunity, before: ledger.Place | None, on: date) -> None:
    after = ledger.Place(opportunity.stage, opportunity.value or 0)
    for step in ledger.steps(before, after):
        counters.moved(
            opportunity.kind.value,
            practice_id=opportunity.practice_id,
            of=step.stage.value,
            n=step.n,
            amount=step.amount,
        )
        if step.stage == Stage.WON:
            counters.happened("won", practice_id=opportunity.practice_id, on=on, n=step.n, amount=step.amount)


def _won_on(opportunity: Opportunity, by: Viewer) -> date:
    at = db.session.scalars(
        select(StageChange.at)
        .where(StageChange.opportunity_id == opportunity.id, StageChange.after == Stage.WON)
        .where(StageChange.before != Stage.WON)
        .order_by(StageChange.id.desc())
        .limit(1)
    ).one()
    return clock.day_in(at, by.zone)


def _write(opportunity: Opportunity) -> None:
    try:
        db.session.flush()
    except StaleDataError:
        raise Refused(CHANGED) from None
