"""Opportunities as their owner sees them, and the little that leaders see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound
from portal.network.beside import Beside
from portal.paging import Page, page_of
from portal.pipeline import agreement
from portal.pipeline.models import Direction, HandOver, HandOverState, Opportunity, OpportunityKind, StageChange
from portal.pipeline.stages import CLOSED, OPEN, UNASKED, Stage

MOST_ON_BOARD = 300

_LOGGED_KINDS = (
    select(Opportunity.kind)
    .distinct()
    .where(
        Opportunity.owner_id == bindparam("person_id"),
        Opportunity.direction == Direction.ASKED,
        or_(Opportunity.asked_on.is_not(None), Opportunity.stage.not_in(UNASKED)),
    )
)


_STATES: dict[str, tuple[Stage, ...]] = {"open": OPEN, "resting": (Stage.NURTURE,), "closed": CLOSED}
_CARE: dict[str, Callable[[date], ColumnElement[bool]]] = {
    "no-step": lambda _today: and_(Opportunity.stage.in_(OPEN), Opportunity.next_step == ""),
    "stale": lambda today: and_(Opportunity.stage.in_(OPEN), Opportunity.stale_on <= today),
}


@dataclass(frozen=True)
class Filters:
    """What of the pipeline is asked for."""

    kind: OpportunityKind | None = None
    state: str = "open"
    """open, resting, closed or all."""
    words: str = ""
    direction: Direction | None = None
    care: str = ""
    """no-step, stale, or nothing in particular."""
    today: date = date.max
    """By which day something is stale."""


def visible_to(viewer: Viewer) -> Select[Opportunity]:
    """The opportunities this person may see: their own. Every other query starts here."""
    return select(Opportunity).where(Opportunity.owner_id == viewer.id)


def opportunity_for(viewer: Viewer, opportunity_id: int) -> Opportunity:
    """One opportunity of this person."""
    row = db.session.scalar(visible_to(viewer).where(Opportunity.id == opportunity_id))
    if row is None:
        raise NotFound
    return row


def logged_or_none(viewer: Viewer, filled_id: int, row: str) -> Opportunity | None:
    """What was logged from a row of a worksheet, if it was."""
    return db.session.scalar(visible_to(viewer).where(Opportunity.filled_id == filled_id, Opportunity.row == row))


def filtered(viewer: Viewer, filters: Filters) -> Select[Opportunity]:
    """This person's opportunities that fit the filters: what is due first, what comes back first, what ended last."""
    found = visible_to(viewer)
    if filters.kind:
        found = found.where(Opportunity.kind == filters.kind)
    if filters.direction:
        found = found.where(Opportunity.kind == OpportunityKind.REFERRAL, Opportunity.direction == filters.direction)
    if filters.state in _STATES:
        found = found.where(Opportunity.stage.in_(_STATES[filters.state]))
    if filters.care in _CARE:
        found = found.where(_CARE[filters.care](filters.today))
    searched = (Opportunity.organisation, Opportunity.contact, Opportunity.service, Opportunity.ask)
    for word in filters.words.replace("\x00", " ").split()[:8]:
        found = found.where(or_(*(column.icontains(word, autoescape=True) for column in searched)))
    if filters.state == "closed":
        return found.order_by(Opportunity.changed_at.desc(), Opportunity.id.desc())
    # What is stale surfaces; then what is due, then what has no day.
    is_fresh = case((Opportunity.stale_on <= filters.today, 0), else_=1)
    day = case((Opportunity.stage == Stage.NURTURE, Opportunity.nurture_on), else_=Opportunity.next_on)
    return found.order_by(is_fresh, day.is_(None), day, Opportunity.id)


def board(viewer: Viewer, filters: Filters) -> dict[Stage, list[Opportunity]]:
    """What fits the filters, by stage."""
    stages: dict[Stage, list[Opportunity]] = {stage: [] for stage in Stage}
    for row in db.session.scalars(filtered(viewer, filters).limit(MOST_ON_BOARD)):
        stages[row.stage].append(row)
    return stages


def listed(viewer: Viewer, filters: Filters) -> Page:
    """What fits the filters, in pages."""
    return page_of(filtered(viewer, filters))


def exported(viewer: Viewer, filters: Filters) -> list[Opportunity]:
    """All that fits the filters."""
    return list(db.session.scalars(filtered(viewer, filters)))


def totals(viewer: Viewer, filters: Filters) -> dict[Stage, tuple[int, int]]:
    """How many fit the filters in each stage, and what they may be worth to the firm together, in its currency."""
    within = filtered(viewer, filters).order_by(None).subquery()
    ours = case((within.c.direction != Direction.GIVEN, within.c.worth))
    found = db.session.execute(
        select(within.c.stage, func.count(), func.coalesce(func.sum(ours), 0)).group_by(within.c.stage)
    )
    return {stage: (n, int(amount)) for stage, n, amount in found}


def wanting(viewer: Viewer, today: date) -> tuple[int, int]:
    """How many open opportunities have no next step, and how many are stale."""
    is_bare, is_stale = _CARE["no-step"](today), _CARE["stale"](today)
    row = db.session.execute(
        select(func.count(case((is_bare, 1))), func.count(case((is_stale, 1)))).where(
            Opportunity.owner_id == viewer.id, Opportunity.stage.in_(OPEN)
        )
    ).one()
    return row[0], row[1]


def history(viewer: Viewer, opportunity: Opportunity) -> list[StageChange]:
    """What happened, newest first. What somebody else noted is only there if they handed their notes over."""
    changes = db.session.scalars(
        select(StageChange).where(StageChange.opportunity_id == opportunity.id).order_by(StageChange.id.desc())
    ).all()
    if all(change.by_id == viewer.id for change in changes):
        return list(changes)
    shared = set(
        db.session.scalars(
            select(HandOver.from_id).where(
                HandOver.opportunity_id == opportunity.id,
                HandOver.to_id == viewer.id,
                HandOver.state == HandOverState.ACCEPTED,
                HandOver.with_notes,
            )
        )
    )
    for change in changes:
        if change.by_id != viewer.id and change.by_id not in shared:
            db.session.expunge(change)
            change.note = ""
    return list(changes)


def logged_kinds(viewer: Viewer) -> set[str]:
    """Which kinds of opportunity this person has asked for at least once."""
    return {str(kind) for kind in db.session.scalars(_LOGGED_KINDS, {"person_id": viewer.id})}


def beside_contact(viewer: Viewer, contact_id: int) -> list[Beside]:
    """What was asked of a contact, or came from them, the latest first, for the contact's page."""
    found = db.session.scalars(
        visible_to(viewer).where(Opportunity.contact_id == contact_id).order_by(Opportunity.id.desc()).limit(8)
    ).all()
    labels = agreement.labels() if found else {}
    return [Beside(f"{row.organisation}: {labels[row.stage].lower()}", f"/pipeline/{row.id}") for row in found]
