"""Logging opportunities and what comes of them; what follows does so in the same transaction."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.clients import queries as clients
from portal.clients.models import Service
from portal.counters import services as counters
from portal.db import db
from portal.errors import NotFound, Refused
from portal.network import queries as contacts
from portal.pipeline import handing_over, next_steps, nurture, queries, rates
from portal.pipeline.following import CHANGED, Words, follow, place_of, settle, touch, write
from portal.pipeline.models import Direction, Opportunity, OpportunityKind, StageChange
from portal.pipeline.stages import CLOSED, RESTING, Stage, may_move
from portal.worksheets import linking
from portal.worksheets.models import LinkKind

JUST_NOW = timedelta(days=1)
TWICE = timedelta(minutes=2)
"""Within this time, the same words logged again are a second press of the button."""


def currency() -> str:
    """The firm's currency, that sums are in."""
    return rates.firms_own()


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
    direction: Direction = Direction.ASKED,
    contact_id: int | None = None,
    client_id: int | None = None,
    service_id: int | None = None,
    currency: str | None = None,
    filled_id: int | None = None,
    row: str | None = None,
) -> Opportunity:
    """Log an opportunity: planned, already asked, or come by itself. A second press leads to the first one."""
    direction = direction if kind == OpportunityKind.REFERRAL else Direction.ASKED
    facts = {"kind": kind, "direction": direction, "contact": contact, "organisation": organisation}
    facts |= {"service": service, "ask": ask}
    chosen = {"contact_id": contact_id, "client_id": client_id, "service_id": service_id}
    _check_words(kind, contact=contact, service=service, direction=direction)
    _check_chosen(by, **chosen)
    _check_next(next_step, next_on, by.today(now), present=None)
    _take_turn(by)
    if known := queries.logged_or_none(by, filled_id, row or "") if filled_id else _logged_before(by, facts, now):
        return known
    money = vars(rates.valued(value, currency or rates.firms_own(), by.today(now)))
    stage = _first_stage(direction, is_asked)
    step = {"next_step": next_step, "next_on": next_on}
    return _logged(facts | chosen | money | step | {"stage": stage, "filled_id": filled_id, "row": row}, by, now)


def _logged(given: dict[str, Any], by: Viewer, now: datetime) -> Opportunity:
    opportunity = Opportunity(**given, owner_id=by.id, practice_id=by.practice_id, created_at=now, changed_at=now)
    kept = _kept_once(opportunity, by)
    if kept is opportunity:
        follow(opportunity, None, Words(), by=by, now=now)
    return kept


def _first_stage(direction: Direction, is_asked: bool) -> Stage:
    if direction != Direction.ASKED:
        return Stage.INTRODUCED
    return Stage.ASKED if is_asked else Stage.PLANNED


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
    currency: str | None = None,
    reason: str = "",
    nurture_on: date | None = None,
    nurture_days: int | None = None,
) -> StageChange:
    """Note what happened: a new stage, another value, the next step, or just some words."""
    here, today = place_of(opportunity), by.today(now)
    if version != opportunity.version:
        raise Refused(CHANGED)
    if stage != opportunity.stage and not may_move(opportunity.stage, stage):
        raise Refused("It can't go there from where it stands.", field="stage")
    if stage in RESTING:
        next_step, next_on = "", None
    new: dict[str, Any] = {"stage": stage, "value": value, "next_step": next_step, "next_on": next_on}
    new |= {"currency": currency or opportunity.currency, "reason": reason if stage in CLOSED else ""}
    new |= nurture.kept(opportunity, stage, nurture_on, nurture_days, today)
    if not note and all(getattr(opportunity, name) == given for name, given in new.items()):
        raise Refused("Nothing is different yet. Write a note, or choose another stage.", field="note")
    _check_next(next_step, next_on, today, present=opportunity.next_on)
    if (value, new["currency"]) != (opportunity.value, opportunity.currency):
        new |= vars(rates.valued(value, new["currency"], today))
    for name, given in new.items():
        setattr(opportunity, name, given)
    change = follow(opportunity, here, Words(note, new["reason"]), by=by, now=now)
    if stage in CLOSED:
        handing_over.end_offer(opportunity, by=by, now=now)
    return change


def place(opportunity: Opportunity, *, stage: Stage, version: int, by: Viewer, now: datetime) -> StageChange:
    """Put an opportunity on another stage, and leave everything else as it is."""
    if version != opportunity.version:
        raise Refused("This was changed in another tab meanwhile. The board shows where it stands now.")
    return move(
        opportunity,
        stage=stage,
        note="",
        value=opportunity.value,
        next_step=opportunity.next_step,
        next_on=opportunity.next_on,
        version=version,
        by=by,
        now=now,
    )


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
    contact_id: int | None = None,
    client_id: int | None = None,
    service_id: int | None = None,
) -> None:
    """Correct the facts."""
    if version != opportunity.version:
        raise Refused(CHANGED)
    _check_words(opportunity.kind, contact=contact, service=service, direction=opportunity.direction)
    _check_chosen(by, contact_id=contact_id, client_id=client_id, service_id=service_id)
    if opportunity.asked_on:
        _check_asked(asked_on, by.today(now))
        opportunity.asked_on = asked_on
    opportunity.contact, opportunity.organisation = contact, organisation
    opportunity.service, opportunity.ask = service, ask
    opportunity.contact_id, opportunity.client_id, opportunity.service_id = contact_id, client_id, service_id
    settle(opportunity, by, now)
    write(opportunity)
    touch(opportunity, by=by, now=now)
    counters.active(by, by.today(now))


def _check_words(kind: OpportunityKind, *, contact: str, service: str, direction: Direction) -> None:
    if kind == OpportunityKind.REFERRAL and not contact:
        said = {Direction.RECEIVED: "Say who sent it.", Direction.GIVEN: "Say whom you sent it to."}
        raise Refused(said.get(direction, "Say whom you ask."), field="contact")
    if kind == OpportunityKind.CROSS_SELL and not service:
        raise Refused("Say which service would help.", field="service")


def _check_chosen(by: Viewer, *, contact_id: int | None, client_id: int | None, service_id: int | None) -> None:
    """What was chosen from a list is on that list for this person."""
    try:
        if contact_id:
            contacts.contact_for(by, contact_id)
    except NotFound:
        raise Refused("Choose one of your own contacts, or just write the name.", field="contact") from None
    try:
        if client_id:
            clients.client_for(by, client_id)
    except NotFound:
        raise Refused("Choose a client from the list, or just write the name.", field="organisation") from None
    if service_id and db.session.get(Service, service_id) is None:
        raise Refused("Choose a service from the list, or just write it.", field="service")


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


def _take_turn(by: Viewer) -> None:
    """One at a time for each person: pressed twice in one moment, it is logged once."""
    db.session.execute(select(Person.id).where(Person.id == by.id).with_for_update(key_share=True))


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


def undo(opportunity: Opportunity, *, change_id: int, version: int, by: Viewer, now: datetime) -> None:
    """Take back the last move: a move in the other direction, and both stay in the history."""
    if version != opportunity.version:
        raise Refused(CHANGED)
    last, before = _last_two(opportunity)
    if last.id != change_id or before is None or not _is_move(last, by):
        raise Refused("There is nothing to undo here: something happened since.")
    here = place_of(opportunity)
    opportunity.stage, opportunity.reason = before.after, before.reason
    opportunity.next_step, opportunity.next_on = before.next_step, before.next_on
    opportunity.nurture_on = None
    if before.after == Stage.NURTURE:  # its history keeps the day it was to come back
        opportunity.nurture_on, opportunity.next_on = before.next_on, None
    if (before.value, before.currency) != (opportunity.value, opportunity.currency):
        for name, given in vars(rates.valued(before.value, before.currency, by.today(now))).items():
            setattr(opportunity, name, given)
    follow(opportunity, here, Words(reason=before.reason, undoes=last), by=by, now=now)
    if opportunity.stage in CLOSED:
        handing_over.end_offer(opportunity, by=by, now=now)


def undoable(last: StageChange, by: Viewer, now: datetime) -> int | None:
    """The id of the last change, where it is a move that was made just now; older ones are moved like any other."""
    return last.id if _is_move(last, by) and last.at > now - JUST_NOW else None


def _is_move(last: StageChange, by: Viewer) -> bool:
    return last.before not in {None, last.after} and last.undoes_id is None and last.by_id == by.id


def _last_two(opportunity: Opportunity) -> tuple[StageChange, StageChange | None]:
    found = db.session.scalars(
        select(StageChange).where(StageChange.opportunity_id == opportunity.id).order_by(StageChange.id.desc()).limit(2)
    ).all()
    return found[0], found[1] if len(found) > 1 else None
