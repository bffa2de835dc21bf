"""The scoreboard: every item that readers have, with how it was used, and the box it belongs in."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.library.models import IS_READABLE, Item, ItemMonth, ItemTag
from portal.library.usage import COUNTED
from portal.usage.figures import readable_days
from portal.usage.scoreboard import Box, Usage, box
from portal.usage.times import window_start

FACETS = ("kind", "practice", "discipline")


@dataclass(frozen=True)
class Filters:
    """What of the library is asked for."""

    kind: str = ""
    practice: str = ""
    discipline: str = ""


@dataclass(frozen=True)
class Placed:
    """An item in its box."""

    id: int
    key: str
    title: str
    kind: str
    box: Box
    usage: Usage
    counted: dict[str, int]


def since(viewer: Viewer) -> date:
    """The first day of the scoreboard's time."""
    return window_start(viewer.today())


def placed(viewer: Viewer, filters: Filters, item_id: int | None = None) -> list[Placed]:
    """Every item that readers have and that fits, with its box; the most read first."""
    today, first = viewer.today(), since(viewer)
    found = [_placed(row, first, today, viewer.zone) for row in db.session.execute(_statement(first, filters, item_id))]
    return sorted(found, key=lambda each: (-each.usage.monthly, -each.usage.reads, each.title.casefold(), each.id))


def counts(rows: list[Placed]) -> Counter[Box]:
    """How many items are in each box."""
    return Counter(row.box for row in rows)


def offered() -> dict[str, list[str]]:
    """The values that the items have, by facet, for narrowing."""
    found: dict[str, list[str]] = {facet: [] for facet in FACETS}
    tags = select(ItemTag.facet, ItemTag.value).where(ItemTag.facet.in_(FACETS)).distinct()
    for facet, value in db.session.execute(tags.order_by(ItemTag.value)):
        found[facet].append(value)
    return found


def _statement(first: date, filters: Filters, item_id: int | None) -> Any:
    in_time = (
        select(ItemMonth.item_id, *(func.sum(getattr(ItemMonth, key)).label(key) for key in COUNTED))
        .where(ItemMonth.month >= first)
        .group_by(ItemMonth.item_id)
    )
    ever = select(ItemMonth.item_id, func.sum(ItemMonth.readers).label("people")).group_by(ItemMonth.item_id)
    if item_id is not None:
        in_time, ever = in_time.where(ItemMonth.item_id == item_id), ever.where(ItemMonth.item_id == item_id)
    sums, people = in_time.subquery(), ever.subquery()
    found = (
        select(Item.id, Item.key, Item.title, Item.kind, Item.published_at)
        .add_columns(*(func.coalesce(sums.c[key], 0).label(key) for key in COUNTED))
        .add_columns(func.coalesce(people.c.people, 0).label("people"))
        .outerjoin(sums, sums.c.item_id == Item.id)
        .outerjoin(people, people.c.item_id == Item.id)
        .where(IS_READABLE, *_fitting(filters))
    )
    return found if item_id is None else found.where(Item.id == item_id)


def _fitting(filters: Filters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [Item.kind == filters.kind] if filters.kind else []
    for facet in ("practice", "discipline"):
        if value := getattr(filters, facet):
            tagged = select(ItemTag.item_id).where(ItemTag.facet == facet, ItemTag.value == value)
            wanted.append(Item.id.in_(tagged))
    return wanted


def _placed(row: Any, first: date, today: date, zone: str) -> Placed:
    counted = {key: int(row._mapping[key]) for key in COUNTED}
    usage = Usage.of(readable_days(row, first, today, zone), int(row.people), counted)
    return Placed(row.id, row.key, row.title, row.kind, box(usage), usage, counted)
