"""Handing an opportunity over: offered, then accepted or returned with a reason, or withdrawn."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.counters import services as counters
from portal.db import changed, db
from portal.errors import NotFound, Refused
from portal.pipeline import agreement, leads, sales_desk
from portal.pipeline.following import CHANGED, Words, follow, place_of
from portal.pipeline.models import HandOver, HandOverState, HandOverStep, Opportunity, SalesDesk
from portal.pipeline.stages import CLOSED

LATE = "Somebody was quicker: this was answered or withdrawn in the meantime."


def _is_at_the_desk(viewer: Viewer) -> ColumnElement[bool]:
    return exists().where(SalesDesk.person_id == viewer.id)


def _received(viewer: Viewer) -> ColumnElement[bool]:
    """What was offered to this person, or to the sales desk they sit at."""
    to_the_desk = HandOver.to_id.is_(None) & (HandOver.state == HandOverState.OFFERED) & _is_at_the_desk(viewer)
    return or_(HandOver.to_id == viewer.id, to_the_desk)


def visible_to(viewer: Viewer) -> Select[HandOver]:
    """The hand-overs that this person sent or may answer. What was withdrawn is the sender's alone."""
    received = _received(viewer) & (HandOver.state != HandOverState.WITHDRAWN)
    people = (joinedload(HandOver.sender), joinedload(HandOver.receiver), joinedload(HandOver.opportunity))
    return select(HandOver).where(or_(HandOver.from_id == viewer.id, received)).options(*people)


def hand_over_for(viewer: Viewer, hand_over_id: int) -> HandOver:
    """One of them."""
    row = db.session.scalar(visible_to(viewer).where(HandOver.id == hand_over_id))
    if row is None:
        raise NotFound
    return row


def answerable_for(viewer: Viewer, hand_over_id: int) -> HandOver:
    """One that this person may answer, or sent. Who comes too late for what was offered to them, or to the sales desk
    they sit at, is told so."""
    row = db.session.scalar(visible_to(viewer).where(HandOver.id == hand_over_id))
    if row is not None:
        return row
    asked_them = or_(HandOver.to_id == viewer.id, _is_at_the_desk(viewer))
    is_over = (HandOver.id == hand_over_id) & (HandOver.state != HandOverState.OFFERED)
    if db.session.scalar(select(HandOver.id).where(is_over, asked_them)) is not None:
        raise Refused(LATE)
    raise NotFound


def listed(viewer: Viewer, *, sent: bool) -> Select[HandOver]:
    """What this person sent, or what was sent to them; what waits comes first."""
    mine = HandOver.from_id == viewer.id if sent else HandOver.from_id != viewer.id
    waits_first = (HandOver.state != HandOverState.OFFERED, HandOver.due_on, HandOver.id.desc())
    return visible_to(viewer).where(mine).order_by(*waits_first)


def offered(opportunity: Opportunity) -> HandOver | None:
    """The hand-over of an opportunity that waits for an answer."""
    return db.session.scalar(
        select(HandOver)
        .where(HandOver.opportunity_id == opportunity.id, HandOver.state == HandOverState.OFFERED)
        .options(joinedload(HandOver.receiver))
    )


def around(viewer: Viewer, opportunity: Opportunity) -> tuple[HandOver | None, HandOver | None]:
    """The hand-over of an opportunity that waits for an answer, and the one by which it came to this person."""
    found = db.session.scalars(
        select(HandOver)
        .where(HandOver.opportunity_id == opportunity.id)
        .where(HandOver.state.in_((HandOverState.OFFERED, HandOverState.ACCEPTED)))
        .options(joinedload(HandOver.sender), joinedload(HandOver.receiver))
        .order_by(HandOver.id.desc())
    ).all()
    waits = next((row for row in found if row.state == HandOverState.OFFERED), None)
    came = next((row for row in found if row.state == HandOverState.ACCEPTED and row.to_id == viewer.id), None)
    return waits, came


def steps(hand_over: HandOver) -> list[HandOverStep]:
    """What became of it, in order."""
    found = select(HandOverStep).where(HandOverStep.hand_over_id == hand_over.id).order_by(HandOverStep.id)
    return list(db.session.scalars(found.options(joinedload(HandOverStep.by))))


def desk() -> list[Person]:
    """Who takes what is handed over to sales."""
    found = select(Person).join(SalesDesk, SalesDesk.person_id == Person.id).where(Person.is_active)
    return list(db.session.scalars(found.order_by(Person.name, Person.id)))


def offer(
    opportunity: Opportunity,
    *,
    to_id: int | None,
    to_sales: bool,
    note: str,
    with_contact: bool,
    with_notes: bool,
    version: int,
    by: Viewer,
    now: datetime,
) -> HandOver:
    """Offer an opportunity to a colleague, or to the sales desk. It stays the sender's until it is accepted."""
    receiver_id = None if to_sales else to_id
    known = offered(opportunity)
    if known and (known.to_id, known.note) == (receiver_id, note):
        return known  # pressed twice
    if version != opportunity.version or known:
        raise Refused(CHANGED)
    _check(opportunity, receiver_id, to_sales, by)
    terms = agreement.in_force()
    hand_over = HandOver(
        opportunity_id=opportunity.id,
        from_id=by.id,
        to_id=receiver_id,
        note=note,
        contact=opportunity.contact,
        contact_id=opportunity.contact_id,
        with_contact=with_contact,
        with_notes=with_notes,
        due_on=agreement.working_days_later(by.today(now), terms.answer_days),
    )
    try:
        with db.session.begin_nested():
            db.session.add(hand_over)
    except IntegrityError:  # another tab offered it in this moment
        raise Refused(CHANGED) from None
    _step(hand_over, HandOverState.OFFERED, note, by, now)
    counters.active(by, by.today(now))
    return hand_over


def _check(opportunity: Opportunity, receiver_id: int | None, to_sales: bool, by: Viewer) -> None:
    if opportunity.stage in CLOSED or not opportunity.is_counted:
        raise Refused("Only what is still open can be handed over.")
    if missing := leads.missing(opportunity):
        raise Refused(f"First hold it against the definition of a good lead: {missing}.", field="note")
    if to_sales:
        if not any(person.id != by.id for person in desk()):
            raise Refused("Nobody sits at the sales desk yet. Choose a colleague.", field="colleague")
        return
    if sales_desk.colleague(receiver_id).id == by.id:
        raise Refused("It is yours already. Choose a colleague.", field="colleague")


def accept(hand_over: HandOver, *, by: Viewer, now: datetime) -> None:
    """Take it over: the opportunity and its figures are this person's from now on. A second press changes nothing."""
    if hand_over.state == HandOverState.ACCEPTED and hand_over.to_id == by.id:
        return
    opportunity = hand_over.opportunity
    if opportunity.stage in CLOSED:
        raise Refused("It was closed in the meantime, so there is nothing to take over any more.")
    _answer(hand_over, HandOverState.ACCEPTED, "", by, now)
    hand_over.to_id = by.id
    here = place_of(opportunity)
    opportunity.owner_id, opportunity.practice_id = by.id, by.practice_id
    opportunity.contact, opportunity.contact_id = _source(hand_over, by)
    follow(opportunity, here, Words(f"Taken over from {hand_over.sender.name}."), by=by, now=now)


def _source(hand_over: HandOver, by: Viewer) -> tuple[str, int | None]:
    """What the new owner knows of the source. The contact stays the sender's, and the name alone may go along; but what
    comes back to whoever knew it first, they know again."""
    own = db.session.execute(
        select(HandOver.contact, HandOver.contact_id)
        .where(HandOver.opportunity_id == hand_over.opportunity_id, HandOver.from_id == by.id)
        .where(HandOver.state == HandOverState.ACCEPTED, HandOver.contact != "")
        .limit(1)
    ).first()
    if own:
        return own.contact, own.contact_id
    return (hand_over.contact if hand_over.with_contact else ""), None


def give_back(hand_over: HandOver, *, reason: str, by: Viewer, now: datetime) -> None:
    """Return it, with a reason that the sender sees."""
    if hand_over.state == HandOverState.RETURNED and hand_over.to_id == by.id:
        return
    _answer(hand_over, HandOverState.RETURNED, reason, by, now)
    hand_over.to_id = by.id  # of the sales desk, too, the sender reads who answered
    counters.active(by, by.today(now))


def withdraw(hand_over: HandOver, *, by: Viewer, now: datetime) -> None:
    """The sender keeps it after all."""
    if hand_over.from_id != by.id:
        raise NotFound
    if hand_over.state == HandOverState.WITHDRAWN:
        return
    _settle(hand_over, HandOverState.WITHDRAWN, "", by, now)


def end_offer(opportunity: Opportunity, *, by: Viewer, now: datetime) -> None:
    """What is closed is offered to nobody any more."""
    waits = offered(opportunity)
    if waits:
        _settle(waits, HandOverState.WITHDRAWN, "It was closed.", by, now)


def mark_seen(hand_over: HandOver, *, by: Viewer, now: datetime) -> None:
    """The sender has read that it came back."""
    if hand_over.from_id != by.id:
        raise NotFound
    hand_over.seen_at = hand_over.seen_at or now


def _answer(hand_over: HandOver, state: HandOverState, note: str, by: Viewer, now: datetime) -> None:
    if hand_over.from_id == by.id:
        raise Refused("You sent this one. It is for your colleague to answer.")
    _settle(hand_over, state, note, by, now)


def _settle(hand_over: HandOver, state: HandOverState, note: str, by: Viewer, now: datetime) -> None:
    """The first answer counts: the row is taken only while it still waits."""
    taken = update(HandOver).where(HandOver.id == hand_over.id, HandOver.state == HandOverState.OFFERED)
    if not changed(taken.values(state=state)):
        raise Refused(LATE)
    db.session.refresh(hand_over, ["state"])
    _step(hand_over, state, note, by, now)


def _step(hand_over: HandOver, state: HandOverState, note: str, by: Viewer, now: datetime) -> None:
    db.session.add(HandOverStep(hand_over_id=hand_over.id, state=state, note=note, at=now, by_id=by.id))


def said_late(hand_over: HandOver, today: date) -> str:
    """How an answer stands against the agreed time, in words."""
    late = (today - hand_over.due_on).days
    if hand_over.state != HandOverState.OFFERED or late <= 0:
        return ""
    return f"{late} {'day' if late == 1 else 'days'} past the agreed time"
