"""What the pipeline puts on Today: next steps, hand-overs, thanks, what rested and is back, what has gone quiet."""

from datetime import date
from typing import Any

from sqlalchemy import Select, String, bindparam, cast, exists, func, or_, select

from portal.clock import said_day, said_on
from portal.home.queue import Entry, capital, next_step, things
from portal.home.sources.reading import Part, asking
from portal.pipeline.models import HandOver, HandOverState, HandOverStep, Opportunity, SalesDesk, Thanks
from portal.pipeline.stages import OPEN, Stage
from portal.pipeline.thanks import OCCASIONS

_ME: Any = bindparam("person")
_TODAY: Any = bindparam("today")
FEW = 3
"""Of each, Today shows so many at most; the rest are on their own page."""


def _next_step(row: Any, today: date) -> Entry:
    kind, _, contact = row.second.partition("|")
    return next_step(
        kind=kind,
        opportunity_id=row.id,
        organisation=row.first,
        contact=contact,
        step=row.third,
        on=row.on,
        today=today,
    )


def _offered(row: Any, today: date) -> Entry:
    late = row.on < today
    when = f"it was to be answered {said_on(row.on, today)}" if late else f"answer by {said_day(row.on, today)}"
    what = f"Handed over to you: {row.first}"
    return Entry(6 if late else 14, 2, what, f"{capital(when)}.", f"/pipeline/hand-overs/{row.id}", "Look", late)


def _returned(row: Any, _today: date) -> Entry:
    why = f"“{row.second}”" if row.second else "Read why."
    return Entry(7, 1, f"It came back: {row.first}", why, f"/pipeline/hand-overs/{row.id}", "Read it")


def _overdue(row: Any, today: date) -> Entry:
    why = f"Nobody has answered; that was agreed for {said_day(row.on, today)}."
    return Entry(16, 1, f"Your hand-over waits: {row.first}", why, f"/pipeline/hand-overs/{row.id}", "See it", True)


def _thanks(row: Any, _today: date) -> Entry:
    occasion, _, organisation = row.second.partition("|")
    why = f"{organisation}: {OCCASIONS[Stage(occasion)]}."
    return Entry(13, 2, f"Thank {row.first}", why, f"/pipeline/thanks/{row.id}", "Say thank you")


def _back(row: Any, today: date) -> Entry:
    why = f"You put it aside until {said_day(row.on, today)}. Is it ripe?"
    return Entry(24, 2, f"Back again: {row.first}", why, f"/pipeline/{row.id}", "Look")


def _stale(row: Any, _today: date) -> Entry:
    n = int(row.first)
    what = f"{capital(things(n, 'opportunity', 'opportunities'))} {'has' if n == 1 else 'have'} gone quiet"
    why = f"The longest: {row.second}. A next step, or a kind end." if row.second else "A next step, or a kind end."
    return Entry(33, 3, what, why, "/pipeline?care=stale", "Show them")


_waits = HandOver.state == HandOverState.OFFERED
_at_the_desk = exists().where(SalesDesk.person_id == _ME)
_to_me = or_(HandOver.to_id == _ME, HandOver.to_id.is_(None) & _at_the_desk)
_is_stale = (Opportunity.owner_id == _ME) & Opportunity.stage.in_(OPEN) & (Opportunity.stale_on <= _TODAY)
_longest = (
    select(Opportunity.organisation)
    .where(_is_stale)
    .order_by(Opportunity.stale_on, Opportunity.id)
    .limit(1)
    .scalar_subquery()
)


def _hand_overs(kind: str, second: Any = "") -> Select[Any]:
    return (
        asking(kind, HandOver.id, Opportunity.organisation, second, HandOver.due_on)
        .join(Opportunity, Opportunity.id == HandOver.opportunity_id)
        .order_by(HandOver.due_on, HandOver.id)
        .limit(FEW)
    )


PARTS: list[Part] = [
    Part(
        "next-step",
        asking(
            "next-step",
            Opportunity.id,
            Opportunity.organisation,
            cast(Opportunity.kind, String) + "|" + Opportunity.contact,
            Opportunity.next_on,
            Opportunity.next_step,
        )
        .where(Opportunity.owner_id == _ME, Opportunity.next_on <= _TODAY, Opportunity.stage.in_(OPEN))
        .order_by(Opportunity.next_on, Opportunity.id)
        .limit(20),
        _next_step,
    ),
    Part("offered", _hand_overs("offered").where(_waits, HandOver.from_id != _ME, _to_me), _offered),
    Part(
        "overdue",
        _hand_overs("overdue").where(_waits, HandOver.from_id == _ME, HandOver.due_on < _TODAY),
        _overdue,
    ),
    Part(
        "returned",
        _hand_overs("returned", HandOverStep.note)
        .join(HandOverStep, (HandOverStep.hand_over_id == HandOver.id) & (HandOverStep.state == HandOverState.RETURNED))
        .where(HandOver.from_id == _ME, HandOver.state == HandOverState.RETURNED, HandOver.seen_at.is_(None)),
        _returned,
    ),
    Part(
        "thanks",
        asking(
            "thanks",
            Thanks.id,
            Thanks.contact,
            cast(Thanks.occasion, String) + "|" + Opportunity.organisation,
            Thanks.since_on,
        )
        .join(Opportunity, Opportunity.id == Thanks.opportunity_id)
        .where(Thanks.owner_id == _ME, Thanks.done_on.is_(None))
        .order_by(Thanks.since_on, Thanks.id)
        .limit(FEW),
        _thanks,
    ),
    Part(
        "back",
        asking("back", Opportunity.id, Opportunity.organisation, "", Opportunity.nurture_on)
        .where(Opportunity.owner_id == _ME, Opportunity.stage == Stage.NURTURE, Opportunity.nurture_on <= _TODAY)
        .order_by(Opportunity.nurture_on, Opportunity.id)
        .limit(FEW),
        _back,
    ),
    Part(
        "stale",
        asking("stale", func.count(Opportunity.id), cast(func.count(Opportunity.id), String), _longest)
        .where(_is_stale)
        .having(func.count(Opportunity.id) > 0),
        _stale,
    ),
]
