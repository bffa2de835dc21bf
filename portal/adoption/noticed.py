"""Whom to notice: who has gone quiet, and who deserves thanks. A few names, found without reading everybody.

A small practice is read person by person. In a large one that would be thousands, but there the newest rows of the
firm soon hold enough of its people; so both ways stay cheap, whatever the size of the firm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from portal import clock
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.counters.models import PersonActivity
from portal.db import db
from portal.pipeline.models import Direction, Opportunity, OpportunityKind, StageChange
from portal.pipeline.stages import UNASKED, Stage

QUIET_AFTER = timedelta(days=28)
RECENT = timedelta(days=28)
FEW = 300
"""Up to so many people, a practice is read person by person."""
NEWEST = 2000
"""So many of the firm's newest stage changes are looked through for a large practice."""
MOST = 8

_earlier = aliased(Opportunity)


_BELOW = and_(Practice.path >= bindparam("path"), Practice.path < bindparam("path_end"))
# Adding nothing keeps an engine from going from the practice to its people; so it begins with the newest rows instead.
_FROM_PRACTICE = Practice.id == Person.practice_id
_TO_PRACTICE = Practice.id == Person.practice_id + 0

_QUIET = (
    select(Person.id, Person.name, Person.email, Practice.name.label("practice"), PersonActivity.last_on)
    .join(PersonActivity, PersonActivity.person_id == Person.id)
    .where(Person.is_active, PersonActivity.last_on <= bindparam("until"), _BELOW)
    .order_by(PersonActivity.last_on.desc(), Person.id)
    .limit(MOST)
)
_QUIET_OF_FEW = _QUIET.join(Practice, _FROM_PRACTICE)
_QUIET_OF_MANY = _QUIET.join(Practice, _TO_PRACTICE)


def _thanks(change: Any) -> Select[Any]:
    """Who did something worth thanks, by their changes of stage: first asks and wins."""
    is_first_ask = and_(
        or_(change.before.is_(None), change.before.in_(UNASKED)),
        change.after.not_in(UNASKED),
        Opportunity.direction == Direction.ASKED,
        ~exists().where(
            _earlier.owner_id == Opportunity.owner_id,
            or_(
                _earlier.asked_on < Opportunity.asked_on,
                and_(_earlier.asked_on == Opportunity.asked_on, _earlier.id < Opportunity.id),
            ),
        ),
    )
    is_win = and_(
        change.after == Stage.WON,
        Opportunity.direction != Direction.GIVEN,
        or_(change.before.is_(None), change.before != Stage.WON),
    )
    return (
        select(Person.id, Person.name, Person.email, Opportunity.kind, change.after, change.at)
        .join(Opportunity, Opportunity.owner_id == Person.id)
        .join(Practice, _FROM_PRACTICE)
        .where(Person.is_active, Person.id != bindparam("but"), _BELOW)
        .where(change.at >= bindparam("since"), or_(is_win, is_first_ask))
        .limit(MOST)
    )


# From the person to their changes here, from the change to its person below: what is limited is worked out by itself,
# so an engine cannot turn that round.
_THANKS_OF_FEW = (
    _thanks(StageChange)
    .join(StageChange, StageChange.opportunity_id == Opportunity.id + 0)
    .order_by(StageChange.at.desc(), StageChange.id.desc())
)
_newest = aliased(
    StageChange,
    select(StageChange)
    .where(StageChange.id > select(func.max(StageChange.id)).scalar_subquery() - NEWEST)
    .where(StageChange.at >= bindparam("since"))
    .order_by(StageChange.id.desc())
    .limit(NEWEST)
    .subquery(),
)
_THANKS_OF_MANY = _thanks(_newest).join(_newest, _newest.opportunity_id == Opportunity.id).order_by(_newest.id.desc())


def gone_quiet(path: str, *, people: int, today: date) -> Sequence[Any]:
    """Who was active before and hasn't been for four weeks, the most recent first: the easiest to win back."""
    statement = _QUIET_OF_FEW if people <= FEW else _QUIET_OF_MANY
    return db.session.execute(statement, {**_range(path), "until": today - QUIET_AFTER}).all()


@dataclass(frozen=True)
class Thanks:
    """Somebody who deserves it, and for what."""

    id: int
    name: str
    email: str
    deed: str
    on: date


def deserve_thanks(viewer: Viewer, path: str, *, people: int, now: datetime) -> list[Thanks]:
    """Who asked for the first time, or won something, in the last four weeks. Colleagues' names, never contacts'."""
    statement = _THANKS_OF_FEW if people <= FEW else _THANKS_OF_MANY
    rows = db.session.execute(statement, {**_range(path), "since": now - RECENT, "but": viewer.id})
    newest = sorted(rows, key=lambda row: row.at, reverse=True)
    return [Thanks(row.id, row.name, row.email, _deed(row), clock.day_in(row.at, viewer.zone)) for row in newest]


def is_quiet(viewer: Viewer, now: datetime) -> ColumnElement[bool]:
    """For a list of people joined with their activity: nothing for four weeks, or since joining longer ago."""
    until = viewer.today(now) - QUIET_AFTER
    joined = func.coalesce(Person.joined_at, Person.created_at)
    end_of_day = datetime.combine(until + timedelta(days=1), time(), clock.zone(viewer.zone))
    return or_(PersonActivity.last_on <= until, and_(PersonActivity.last_on.is_(None), joined < end_of_day))


def _deed(row: Any) -> str:
    if row.after == Stage.WON:
        return f"won a {row.kind}"
    return "made a first referral ask" if row.kind == OpportunityKind.REFERRAL else "proposed a first cross-sell"


def _range(path: str) -> dict[str, str]:
    return {"path": path, "path_end": path[:-1] + "0"}
