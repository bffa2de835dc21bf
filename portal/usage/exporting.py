"""Figures as tables, to be taken elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from portal import clock, money
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.library.labels import said
from portal.pipeline import rates
from portal.usage import figures, queries, scoreboard
from portal.usage.board import Placed
from portal.usage.influence import Influence, Sum
from portal.usage.meanings import BY_DAY, LABELS
from portal.usage.models import Decision
from portal.usage.times import STEPS, Span
from portal.usage.wording import what_said

STEP_HEAD = ["From", "For a", *LABELS.values()]
MINE_HEAD = ["Title", "Kind", "State", "Published on", *LABELS.values(), "People", "Linked", "Named"]
BOARD_HEAD = ["Title", "Kind", "Box", "Why", "Days", "Reads in 30 days", "People so far", *LABELS.values()]
BOARD_HEAD += ["Decided", "Look again on"]
INFLUENCE_HEAD = ["Rank", "Title", "Kind", "Opportunities", "Linked", "Named", "Expected", "Won"]


def steps(stepped: Iterable[tuple[date, Mapping[str, int]]], step: str) -> Iterator[list[Any]]:
    """A row for each step of a time."""
    return ([start, STEPS[step], *(counted[figure.key] for figure in BY_DAY)] for start, counted in stepped)


def mine(viewer: Viewer, span: Span) -> Iterator[list[Any]]:
    """A row for each item that somebody wrote or looks after."""
    items = list(db.session.scalars(queries.own_items(viewer)))
    ids = [item.id for item in items]
    sums, led_to = figures.sums(ids, span.since, span.until), queries.led_to(ids)
    people = figures.people(ids, span.since, viewer)
    for item in items:
        led = led_to.get(item.id, queries.LedTo())
        published = clock.day_in(item.published_at, viewer.zone) if item.published_at else None
        yield [
            *(item.title, said("kind", item.kind), str(item.state), published),
            *(sums[item.id][figure.key] for figure in BY_DAY),
            *(people.get(item.id, 0), led.linked, led.named),
        ]


def board(rows: Iterable[Placed], decided: Mapping[int, Decision]) -> Iterator[list[Any]]:
    """A row for each item of the scoreboard."""
    for row in rows:
        last = decided.get(row.id)
        yield [
            *(row.title, said("kind", row.kind), scoreboard.LABELS[row.box], scoreboard.why(row.usage)),
            *(row.usage.days, row.usage.monthly, row.usage.people),
            *(row.counted[figure.key] for figure in BY_DAY),
            *((what_said(last.what), last.until) if last else (None, None)),
        ]


def influence(rows: Sequence[Influence], titles: Mapping[int, Any]) -> Iterator[list[Any]]:
    """A row for each item of the ranking."""
    for row in rows:
        item = titles[row.item_id]
        yield [
            *(row.rank, item.title, said("kind", item.kind), row.opportunities, row.linked, row.named),
            *(_amount(row.expected), _amount(row.won)),
        ]


def _amount(found: Sum) -> float | str | None:
    if not found.may_be_said:
        return "not shown: too few behind it"
    return money.whole(found.amount, rates.firms_own())
