"""Opportunities as their owner sees them, and the little that leaders see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from portal.accounts.viewer import Viewer
from portal.db import db, rows
from portal.errors import NotFound
from portal.paging import Page, page_of
from portal.pipeline.models import Opportunity, OpportunityKind, StageChange
from portal.pipeline.stages import CLOSED, OPEN, UNASKED, Stage

MOST_ON_BOARD = 300

_DUE = (
    select(
        Opportunity.id,
        Opportunity.kind,
        Opportunity.organisation,
        Opportunity.contact,
        Opportunity.next_step,
        Opportunity.next_on,
    )
    .where(
        Opportunity.owner_id == bindparam("person_id"),
        Opportunity.next_on <= bindparam("today"),
        Opportunity.stage.in_(OPEN),
    )
    .order_by(Opportunity.next_on, Opportunity.id)
    .limit(20)
)
_LOGGED_KINDS = (
    select(Opportunity.kind)
    .distinct()
    .where(
        Opportunity.owner_id == bindparam("person_id"),
        or_(Opportunity.asked_on.is_not(None), Opportunity.stage.not_in(UNASKED)),
    )
)


@dataclass(frozen=True)
class Filters:
    """What of the pipeline is asked for."""

    kind: OpportunityKind | None = None
    state: str = "open"
    """open, closed or all."""
    words: str = ""


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
    """This person's opportunities that fit the filters, by what is due first."""
    found = visible_to(viewer)
    if filters.kind:
        found = found.where(Opportunity.kind == filters.kind)
    if filters.state in {"open", "closed"}:
        found = found.where(Opportunity.stage.in_(OPEN if filters.state == "open" else CLOSED))
    searched = (Opportunity.organisation, Opportunity.contact, Opportunity.service, Opportunity.ask)
    for word in filters.words.replace("\x00", " ").split()[:8]:
        found = found.where(or_(*(column.icontains(word, autoescape=True) for column in searched)))
    return found.order_by(Opportunity.next_on.is_(None), Opportunity.next_on, Opportunity.id)


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
    """How many fit the filters in each stage, and what they may be worth together."""
    within = filtered(viewer, filters).order_by(None).subquery()
    found = db.session.execute(
        select(within.c.stage, func.count(), func.coalesce(func.sum(within.c.value), 0)).group_by(within.c.stage)
    )
    return {stage: (n, int(amount)) for stage, n, amount in found}


def history(opportunity: Opportunity) -> list[StageChange]:
    """What happened, newest first."""
    return list(
        db.session.scalars(
            select(StageChange).where(StageChange.opportunity_id == opportunity.id).order_by(StageChange.id.desc())
        )
    )


def due(viewer: Viewer, today: date) -> list[Any]:
    """Next steps that are due or overdue: id, kind, organisation, contact, next_step, next_on."""
    return list(rows(_DUE, person_id=viewer.id, today=today))


def logged_kinds(viewer: Viewer) -> set[str]:
    """Which kinds of opportunity this person has asked for at least once."""
    return {str(kind) for kind in db.session.scalars(_LOGGED_KINDS, {"person_id": viewer.id})}
