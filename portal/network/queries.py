"""Contacts as their owner sees them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.accounts.viewer import Viewer
from portal.db import db, rows
from portal.errors import NotFound
from portal.network.models import Channel, Contact, Pace, Relation, Tier, Touch
from portal.network.rings import Ring, days_of
from portal.paging import Page, page_of

ENOUGH = 5
"""Touches that fulfil the field task."""
TOUCHED = "touch"

_undo = aliased(Touch)
_COUNTED = (
    select(func.count())
    .select_from(Touch)
    .outerjoin(_undo, _undo.takes_back_id == Touch.id)
    .where(Touch.owner_id == bindparam("person_id"), Touch.takes_back_id.is_(None), _undo.id.is_(None))
)


@dataclass(frozen=True)
class Filters:
    """Which contacts are asked for."""

    words: str = ""
    relation: Relation | None = None
    tier: Tier | None = None
    tag: str = ""
    state: str = "all"
    """all, due, paused or left-out."""
    touched: Ring | None = None
    """How recently one was in touch, as the picture has it: without those who are left out."""


def visible_to(viewer: Viewer) -> Select[Contact]:
    """The contacts this person may see: their own. Every other query starts here."""
    return select(Contact).where(Contact.owner_id == viewer.id)


def contact_for(viewer: Viewer, contact_id: int) -> Contact:
    """One contact of this person."""
    row = db.session.scalar(visible_to(viewer).where(Contact.id == contact_id).options(joinedload(Contact.client)))
    if row is None:
        raise NotFound
    return row


def options(viewer: Viewer, words: str = "", limit: int = 20) -> list[Contact]:
    """Contacts to choose from, by the beginning of what was typed or any part of it."""
    found = visible_to(viewer)
    for word in words.replace("\x00", " ").split()[:8]:
        found = found.where(
            Contact.name.icontains(word, autoescape=True) | Contact.organisation.icontains(word, autoescape=True)
        )
    return list(db.session.scalars(found.order_by(Contact.name, Contact.id).limit(limit)))


def filtered(viewer: Viewer, filters: Filters, today: date) -> Select[Contact]:
    """This person's contacts that fit the filters, the most overdue first."""
    found = visible_to(viewer)
    if filters.state == "due":
        found = found.where(Contact.due_on <= today)
    elif filters.state in {Pace.PAUSED, Pace.LEFT_OUT}:
        found = found.where(Contact.pace == Pace(filters.state))
    if filters.relation:
        found = found.where(Contact.relation == filters.relation)
    if filters.tier:
        found = found.where(Contact.tier == filters.tier)
    if filters.touched:
        found = found.where(Contact.pace != Pace.LEFT_OUT, *_in_ring(filters.touched, today))
    tags = cast(Contact.tags, Text)
    if filters.tag:
        # As it stands in the JSON, quotation marks and all: one whole tag.
        found = found.where(tags.contains(json.dumps(filters.tag), autoescape=True))
    for word in filters.words.replace("\x00", " ").split()[:8]:
        found = found.where(or_(*_says(word, tags)))
    return found.order_by(Contact.due_on.is_(None), Contact.due_on, Contact.pace.desc(), Contact.name, Contact.id)


def _in_ring(ring: Ring, today: date) -> list[ColumnElement[bool]]:
    if ring == Ring.NEVER:
        return [Contact.last_touch_on.is_(None)]
    first, last = days_of(ring, today)
    bounds = [Contact.last_touch_on >= first] if first else []
    return [Contact.last_touch_on.is_not(None), *bounds, *([Contact.last_touch_on <= last] if last else [])]


def _says(word: str, tags: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """Where a word is looked for: in what the owner wrote, in the tags, and in the ways to reach somebody."""
    written = (Contact.name, Contact.organisation, Contact.position, Contact.cares_about, Contact.how_met)
    reached = select(Channel.id).where(Channel.contact_id == Contact.id, Channel.value.icontains(word, autoescape=True))
    # JSON spells letters beyond ASCII out, each case another way.
    spelled = {json.dumps(each)[1:-1] for each in (word.lower(), word.capitalize(), word.upper())}
    return [
        *(column.icontains(word, autoescape=True) for column in (*written, Contact.notes)),
        *(tags.icontains(each, autoescape=True) for each in sorted(spelled)),
        reached.exists(),
    ]


def listed(viewer: Viewer, filters: Filters, today: date) -> Page:
    """What fits the filters, in pages."""
    return page_of(filtered(viewer, filters, today))


def exported(viewer: Viewer, filters: Filters, today: date) -> Sequence[Contact]:
    """All that fits the filters."""
    return db.session.scalars(filtered(viewer, filters, today).options(joinedload(Contact.client))).all()


def counts(viewer: Viewer, today: date) -> Any:
    """How many contacts there are: all, due, paused, left out."""
    within = visible_to(viewer).with_only_columns(
        func.count().label("all"),
        func.count().filter(Contact.due_on <= today).label("due"),
        func.count().filter(Contact.pace == Pace.PAUSED).label("paused"),
        func.count().filter(Contact.pace == Pace.LEFT_OUT).label("left_out"),
    )
    return db.session.execute(within).one()


def tags_of(viewer: Viewer) -> list[str]:
    """The words this person files contacts under."""
    used = visible_to(viewer).with_only_columns(cast(Contact.tags, Text)).distinct()
    return sorted({tag for text in db.session.scalars(used) for tag in json.loads(text or "[]")}, key=str.casefold)


def standing_touches() -> Select[Touch]:
    """The touches that were not taken back, of everybody; narrow it to one person's."""
    return (
        select(Touch)
        .outerjoin(_undo, _undo.takes_back_id == Touch.id)
        .where(Touch.takes_back_id.is_(None), _undo.id.is_(None))
    )


def touches_of(contact: Contact) -> list[tuple[Touch, bool]]:
    """What was logged with a contact, the latest first, each with whether it was taken back."""
    found = (
        select(Touch, _undo.id.is_not(None))
        .outerjoin(_undo, _undo.takes_back_id == Touch.id)
        .where(Touch.contact_id == contact.id, Touch.takes_back_id.is_(None))
        .order_by(Touch.happened_on.desc(), Touch.id.desc())
        .limit(200)
    )
    return [(touch, bool(gone)) for touch, gone in db.session.execute(found)]


def touch_for(viewer: Viewer, contact_id: int, touch_id: int) -> Touch:
    """One touch of this person with one of their contacts."""
    row = db.session.scalar(
        select(Touch).where(Touch.id == touch_id, Touch.contact_id == contact_id, Touch.owner_id == viewer.id)
    )
    if row is None:
        raise NotFound
    return row


def due(owner_id: int, today: date, limit: int = 20) -> Sequence[Any]:
    """Whom somebody is due to be in touch with, the most overdue first: id, name, organisation, due_on."""
    found = (
        select(Contact.id, Contact.name, Contact.organisation, Contact.due_on)
        .where(Contact.owner_id == owner_id, Contact.due_on <= today)
        .order_by(Contact.due_on, Contact.id)
    )
    return db.session.execute(found.limit(limit)).all()


def due_count(owner_id: int, today: date) -> int:
    """How many contacts somebody is due to be in touch with."""
    found = select(func.count()).where(Contact.owner_id == owner_id, Contact.due_on <= today)
    return db.session.scalar(found.select_from(Contact)) or 0


def logged_kinds(viewer: Viewer) -> set[str]:
    """The field tasks that this person's touches fulfil."""
    return {TOUCHED} if rows(_COUNTED, person_id=viewer.id).scalar_one() >= ENOUGH else set()


def for_picture(viewer: Viewer) -> Sequence[Any]:
    """Everybody who is not left out: id, name, relation, last_touch_on, due_on."""
    columns = (Contact.id, Contact.name, Contact.relation, Contact.last_touch_on, Contact.due_on)
    shown = visible_to(viewer).where(Contact.pace != Pace.LEFT_OUT).with_only_columns(*columns)
    return db.session.execute(shown.order_by(Contact.id)).all()


def for_growth(viewer: Viewer) -> Sequence[Any]:
    """Everybody: id, created_at, relation, tier, rhythm_days."""
    columns = (Contact.id, Contact.created_at, Contact.relation, Contact.tier, Contact.rhythm_days)
    return db.session.execute(visible_to(viewer).with_only_columns(*columns).order_by(Contact.id)).all()


def touch_days(viewer: Viewer) -> list[tuple[int, date]]:
    """When this person was in touch, by contact."""
    days = standing_touches().with_only_columns(Touch.contact_id, Touch.happened_on)
    return [(row.contact_id, row.happened_on) for row in db.session.execute(days.where(Touch.owner_id == viewer.id))]
