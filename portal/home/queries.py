"""What Today shows of one person; each room is asked once."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from portal import clock
from portal.accounts.viewer import Viewer
from portal.certification import queries as certification
from portal.db import rows
from portal.drills import queries as drills
from portal.drills.models import Review
from portal.home import queue
from portal.home.sources import (
    asking,
    clients,
    contributions,
    credit,
    insights,
    network,
    people,
    publishing,
    readership,
    reading,
    sharing,
    submissions,
    usage,
)
from portal.home.sources import pipeline as follow_ups
from portal.home.sources import recitals as heard
from portal.home.sources import worksheets as sheets
from portal.learning import queries as learning
from portal.learning.models import Completion
from portal.message import diff
from portal.message import queries as message
from portal.message.models import Claim, Pitch, PitchVersion
from portal.network import queries as contacts
from portal.network.models import Touch
from portal.pipeline.models import Opportunity

PARTS = (
    *(asking.PARTS + clients.PARTS + credit.PARTS + network.PARTS),
    *(sheets.PARTS + follow_ups.PARTS + submissions.PARTS + readership.PARTS + publishing.PARTS + usage.PARTS),
    *(sharing.PARTS + insights.PARTS + contributions.PARTS + people.PARTS + heard.PARTS),
)

NEW_STEPS = 3
"""How many Today offers at most."""


def _since(table: Any, person: Any, at: Any, *more: Any) -> Any:
    return (
        select(func.count())
        .select_from(table)
        .where(person == bindparam("person"), at >= bindparam("since"), *more)
        .scalar_subquery()
    )


_reviews, _completions, _asks = Review.__table__, Completion.__table__, Opportunity.__table__
_WEEK = select(
    _since(_reviews, _reviews.c.person_id, _reviews.c.at, _reviews.c.rating > 0).label("cards"),
    _since(_completions, _completions.c.person_id, _completions.c.at).label("steps"),
    select(func.count())
    .select_from(_asks)
    .where(_asks.c.owner_id == bindparam("person"), _asks.c.asked_on >= bindparam("monday"))
    .scalar_subquery()
    .label("asks"),
    contacts.standing_touches()
    .with_only_columns(func.count())
    .where(Touch.owner_id == bindparam("person"), Touch.happened_on >= bindparam("monday"))
    .scalar_subquery()
    .label("touches"),
)


_now, _before = aliased(Claim), aliased(Claim)
_version_now, _version_before = aliased(PitchVersion), aliased(PitchVersion)
_REWORDED = (
    select(_before.text.label("before"), _now.text.label("after"))
    .join(_version_now, _version_now.id == _now.version_id)
    .join(Pitch, Pitch.id == _version_now.pitch_id)
    .join(_version_before, (_version_before.pitch_id == Pitch.id) & (_version_before.number == _version_now.number - 1))
    .join(_before, (_before.version_id == _version_before.id) & (_before.key == _now.key) & (_before.text != _now.text))
    .where(Pitch.key == bindparam("key"), _version_now.number == bindparam("number"))
    .order_by(_now.position)
    .limit(1)
)


@dataclass(frozen=True)
class Week:
    """What somebody did since Monday."""

    cards: int
    steps: int
    asks: int
    touches: int

    @property
    def said(self) -> str:
        """In words; nothing for a week without anything."""
        parts = [
            queue.things(n, noun, many)
            for n, noun, many in (
                (self.cards, "card answered", "cards answered"),
                (self.steps, "step done", "steps done"),
                (self.asks, "ask made", "asks made"),
                (self.touches, "touch with somebody you know", "touches with people you know"),
            )
            if n
        ]
        return queue.capital(", ".join(parts)) + "." if parts else ""


@dataclass(frozen=True)
class News:
    """A pitch that changed since somebody last looked."""

    key: str
    title: str
    number: int
    change: str
    published_on: date
    words: list[diff.Piece]
    """The first changed claim, word by word; empty when none was only reworded."""


@dataclass(frozen=True)
class Today:
    """One person's page."""

    greeting: str
    headline: str
    entries: list[queue.Entry]
    news: list[News]
    standings: list[Any]
    week: Week
    finished: str
    """The module finished last, if that was in the last seven days."""


def today(viewer: Viewer, now: datetime) -> Today:
    """Everything on Today."""
    day = viewer.today(now)
    standings = list(learning.standings(viewer))
    entries = queue.ordered(
        [
            *_waiting(viewer, day, now),
            *queue.cards(drills.due_counts(viewer, now)),
            *queue.certification(certification.today_for(viewer), day),
            *_steps(standings, day),
        ]
    )
    return Today(
        greeting=queue.greeting(now.astimezone(clock.zone(viewer.zone)).hour),
        headline=queue.headline(entries),
        entries=entries,
        news=_news(viewer),
        standings=standings,
        week=week(viewer, day),
        finished=_finished(standings, now),
    )


def _waiting(viewer: Viewer, day: date, now: datetime) -> list[queue.Entry]:
    return reading.entries(PARTS, viewer.powers, person=viewer.id, today=day, monday=clock.week_of(day), now=now)


def week(viewer: Viewer, day: date) -> Week:
    """What this person did since Monday."""
    monday = clock.week_of(day)
    since = datetime.combine(monday, time(), clock.zone(viewer.zone))
    return Week(*rows(_WEEK, person=viewer.id, since=since, monday=monday).one())


def _news(viewer: Viewer) -> list[News]:
    return [
        News(key, title, number, change, clock.day_in(at, viewer.zone), _reworded(key, number))
        for key, title, number, change, at in message.news_for(viewer)[:1]
    ]


def _reworded(key: str, number: int) -> list[diff.Piece]:
    found = rows(_REWORDED, key=key, number=number).first()
    return _compared(found.before, found.after) if found else []


# The same change is shown to everybody for weeks.
@lru_cache(maxsize=100)
def _compared(before: str, after: str) -> list[diff.Piece]:
    return diff.words(before, after)


def _steps(standings: list[Any], day: date) -> list[queue.Entry]:
    """The next steps of what is assigned or under way; the first module for somebody who has not begun."""
    open_ones = [row for row in standings if row.done_at is None and row.step_key]
    wanted = [row for row in open_ones if row.started_at or row.due_on] or open_ones[:1]
    wanted.sort(key=lambda row: (row.due_on is None, row.due_on or day))
    return [
        queue.step(
            module_key=row.key,
            module=row.short,
            step_key=row.step_key,
            title=row.step_title,
            minutes=row.step_minutes,
            due_on=row.due_on,
            today=day,
            started=row.started_at is not None,
        )
        for row in wanted[:NEW_STEPS]
    ]


def _finished(standings: list[Any], now: datetime) -> str:
    recent = [row for row in standings if row.done_at and row.done_at > now - timedelta(days=7)]
    return max(recent, key=lambda row: row.done_at).short if recent else ""
