"""What follows from a change of an opportunity, in the same transaction: its history, the totals that leaders see, the
touch with the contact, what is known of the client, and the thanks that are due."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlalchemy.orm.exc import StaleDataError

from portal import clock
from portal.accounts.viewer import Viewer
from portal.clients import services as clients
from portal.clients.models import Use
from portal.counters import services as counters
from portal.db import db
from portal.errors import NotFound, Refused
from portal.network import queries as contacts
from portal.network import services as network
from portal.network.models import Contact, TouchKind
from portal.pipeline import agreement, next_steps, origination, thanks
from portal.pipeline.levels import Place, steps
from portal.pipeline.models import Direction, Opportunity, OpportunityKind, StageChange
from portal.pipeline.stages import UNASKED, Stage, leaves_planning

CHANGED = "This was changed in another tab since you opened it. Look at it again; what you wrote is kept here."
TOLD = {Direction.ASKED: "Asked", Direction.RECEIVED: "Sent us work", Direction.GIVEN: "We sent them work"}


@dataclass(frozen=True)
class Words:
    """What somebody says about a change."""

    note: str = ""
    reason: str = ""
    undoes: StageChange | None = None


def place_of(opportunity: Opportunity) -> Place:
    """Where an opportunity stands now."""
    return Place(opportunity.stage, opportunity.worth or 0, opportunity.practice_id)


def write(opportunity: Opportunity) -> None:
    """Write what was changed, unless another tab was quicker."""
    try:
        db.session.flush()
    except StaleDataError:
        raise Refused(CHANGED) from None


def follow(opportunity: Opportunity, before: Place | None, words: Words, *, by: Viewer, now: datetime) -> StageChange:
    """Write down what happened, and let everything else follow."""
    today = by.today(now)
    here = before.stage if before else Stage.PLANNED
    was_asked = opportunity.asked_on is not None
    is_ask = _ask(opportunity, here, words, today, by.zone)
    if was_asked and opportunity.asked_on is None:
        _take_back_the_touch(opportunity, by=by, now=now)
    settle(opportunity, by, now)
    write(opportunity)
    # Taking a win back, or correcting its value, is counted on the day of the win.
    count(opportunity, before, _won_on(opportunity, by) if here == Stage.WON else today)
    change = _written(opportunity, before, words, by, now)
    if opportunity.is_counted:
        origination.follow(opportunity, by_id=by.id, on=today)
    if is_ask or before is None:
        touch(opportunity, by=by, now=now)
    _tell_the_client(opportunity, here, by, now)
    if before is None or here != opportunity.stage:
        is_taken_back = words.undoes or here == Stage.WON  # for what is won no longer, nobody is thanked
        thanks.follow(opportunity, here if is_taken_back else None, today)
    counters.active(by, today)
    return change


def settle(opportunity: Opportunity, by: Viewer, now: datetime) -> None:
    """It was changed now; that decides when it grows stale."""
    opportunity.changed_at = now
    opportunity.stale_on = next_steps.stale_on(
        opportunity.stage, by.today(now), opportunity.next_on, agreement.in_force().stale_days
    )


def _ask(opportunity: Opportunity, here: Stage, words: Words, today: date, zone: str) -> bool:
    """Whether this is the ask itself; counted once, and no longer when the move that was the ask is undone."""
    if not opportunity.is_ask:
        return False
    if words.undoes and opportunity.asked_on and _was_the_ask(words.undoes):
        asked_on = clock.day_in(words.undoes.at, zone)  # it was counted then, whatever day was corrected since
        counters.happened("asks", practice_id=opportunity.practice_id, on=asked_on, n=-1)
        opportunity.asked_on = None
    is_ask = opportunity.asked_on is None and leaves_planning(here, opportunity.stage)
    if is_ask:
        opportunity.asked_on = today
        counters.happened("asks", practice_id=opportunity.practice_id, on=today)
    return is_ask


def _was_the_ask(change: StageChange) -> bool:
    """Whether a move was the first that left the plan, and stood."""
    if not leaves_planning(change.before or Stage.PLANNED, change.after):
        return False
    earlier = db.session.execute(
        select(StageChange.id, StageChange.before, StageChange.after, StageChange.undoes_id).where(
            StageChange.opportunity_id == change.opportunity_id, StageChange.id < change.id
        )
    ).all()
    undone = {row.undoes_id for row in earlier}
    return not any(leaves_planning(row.before or Stage.PLANNED, row.after) for row in earlier if row.id not in undone)


def count(opportunity: Opportunity, before: Place | None, on: date) -> None:
    """Let the levels and the wins follow."""
    if not opportunity.is_counted:
        return
    for step in steps(before, place_of(opportunity)):
        counters.moved(
            opportunity.kind.value,
            practice_id=step.practice_id,
            of=step.stage.value,
            n=step.n,
            amount=step.amount,
        )
        if step.stage == Stage.WON:
            counters.happened("won", practice_id=step.practice_id, on=on, n=step.n, amount=step.amount)


def _won_on(opportunity: Opportunity, by: Viewer) -> date:
    at = db.session.scalars(
        select(StageChange.at)
        .where(StageChange.opportunity_id == opportunity.id, StageChange.after == Stage.WON)
        .where((StageChange.before != Stage.WON) | StageChange.before.is_(None))
        .order_by(StageChange.id.desc())
        .limit(1)
    ).one()
    return clock.day_in(at, by.zone)


def _written(opportunity: Opportunity, before: Place | None, words: Words, by: Viewer, now: datetime) -> StageChange:
    change = StageChange(
        opportunity_id=opportunity.id,
        before=before.stage if before else None,
        after=opportunity.stage,
        note=words.note,
        reason=words.reason,
        value=opportunity.value,
        currency=opportunity.currency,
        worth=opportunity.worth,
        next_step=opportunity.next_step,
        next_on=opportunity.nurture_on or opportunity.next_on,
        undoes_id=words.undoes.id if words.undoes else None,
        at=now,
        by_id=by.id,
    )
    db.session.add(change)
    db.session.flush()  # who asked wants its number
    return change


def touch(opportunity: Opportunity, *, by: Viewer, now: datetime) -> None:
    """An ask, and work that was sent either way, is a touch with the contact; however often this is said, it is one."""
    if opportunity.contact_id is None or (opportunity.is_ask and opportunity.asked_on is None):
        return
    contact = _contact_or_none(opportunity, by)
    if contact is None:
        return
    network.touch(
        contact,
        kind=TouchKind.ASK if opportunity.is_ask else TouchKind.OTHER,
        happened_on=opportunity.asked_on or by.today(now),
        note=f"{TOLD[opportunity.direction]}: {opportunity.organisation}",
        key=_touch_key(opportunity),
        by=by,
        now=now,
    )


def _take_back_the_touch(opportunity: Opportunity, *, by: Viewer, now: datetime) -> None:
    contact = _contact_or_none(opportunity, by)
    if contact:
        network.take_back_by_key(contact, _touch_key(opportunity), by=by, now=now)


def _contact_or_none(opportunity: Opportunity, by: Viewer) -> Contact | None:
    try:
        return contacts.contact_for(by, opportunity.contact_id or 0)
    except NotFound:
        return None


def _touch_key(opportunity: Opportunity) -> str:
    """Another one after each ask that was undone: what is asked anew is another touch."""
    undo = aliased(StageChange)
    undone_asks = db.session.scalar(
        select(func.count())
        .join_from(StageChange, undo, undo.undoes_id == StageChange.id)
        .where(StageChange.opportunity_id == opportunity.id, StageChange.after.not_in(UNASKED))
        .where(StageChange.before.is_(None) | StageChange.before.in_(UNASKED))
    )
    key = f"opportunity-{opportunity.id}-{opportunity.direction}"
    return f"{key}-{undone_asks}" if undone_asks else key


def _tell_the_client(opportunity: Opportunity, here: Stage, by: Viewer, now: datetime) -> None:
    """A service that was offered, bought or declined is known of the client from now on."""
    if here == opportunity.stage or opportunity.kind != OpportunityKind.CROSS_SELL:
        return
    if not (opportunity.client_id and opportunity.service_id):
        return
    use = _use(opportunity.stage, here)
    if use:
        clients.set_use(opportunity.client_id, opportunity.service_id, use, by=by, now=now)


def _use(stage: Stage, here: Stage) -> Use | None:
    known = {Stage.WON: Use.USES, Stage.DECLINED: Use.DECLINED}
    if stage in known:
        return known[stage]
    if stage not in UNASKED or (here == Stage.WON and stage != Stage.PLANNED):
        return Use.OFFERED
    return Use.COULD_USE if stage == Stage.PLANNED and here not in UNASKED else None
