"""What a leader sees: the practices led and everything below them, and the people in them; nothing else."""

from dataclasses import dataclass

from sqlalchemy import Select, bindparam, or_, select

from portal.accounts import queries as accounts
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound

_PLACES = select(Practice.id, Practice.name, Practice.path, Practice.parent_id)
_FAMILY = _PLACES.where(
    or_(
        Practice.id == bindparam("practice_id"),
        Practice.parent_id == bindparam("practice_id"),
        Practice.id == select(Practice.parent_id).where(Practice.id == bindparam("practice_id")).scalar_subquery(),
        Practice.id.in_(bindparam("led_ids", expanding=True)),
    )
).order_by(Practice.name, Practice.id)


@dataclass(frozen=True)
class Place:
    """A practice, as far as a page names it."""

    id: int
    name: str
    path: str
    parent_id: int | None


@dataclass(frozen=True)
class Family:
    """The practice that a page shows, what lies directly below it, and where else its leader may look."""

    practice: Place
    parts: list[Place]
    above: Place | None
    """The next practice up, if it is led too."""
    led: list[Place]
    """The outermost practices led."""


def family(viewer: Viewer, practice_id: int | None = None) -> Family:
    """The practice asked for, or the first one led; NotFound for all that isn't led."""
    paths = accounts.led_paths(viewer)
    if not paths:
        raise NotFound
    led_ids = [_last(path) for path in paths]
    shown_id = practice_id or led_ids[0]
    found = [Place(*row) for row in db.session.execute(_FAMILY, {"practice_id": shown_id, "led_ids": led_ids})]
    visible = {place.id: place for place in found if any(place.path.startswith(path) for path in paths)}
    if shown_id not in visible:
        raise NotFound
    shown = visible[shown_id]
    parts = [place for place in visible.values() if place.parent_id == shown.id]
    return Family(shown, parts, visible.get(shown.parent_id or 0), [visible[led_id] for led_id in led_ids])


def visible_to(viewer: Viewer) -> Select[Person]:
    """The people whose progress this person may see. Every list and export of this room starts here."""
    return accounts.people_led_by(viewer)


def person_for(viewer: Viewer, person_id: int) -> Person:
    """One of them; NotFound hides the rest."""
    return accounts.person_led_by(viewer, person_id)


def practices_for(viewer: Viewer) -> list[tuple[int, str]]:
    """The practices led and below, in tree order, indented by their depth; for choosing one."""
    rows = db.session.scalars(accounts.practices_led_by(viewer)).all()
    least = min((row.path.count("/") for row in rows), default=0)
    return [(row.id, "\u2014 " * (row.path.count("/") - least) + row.name) for row in rows]


def _last(path: str) -> int:
    return int(path.rstrip("/").rpartition("/")[2])
