"""What was heard outside: lists, counts by kind and quarter, and who may know who sent it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal import charts
from portal.access import Can
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound
from portal.insights.labels import INSIGHTS
from portal.insights.models import FieldInsight, InsightKind

MOST_QUARTERS = 8
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class Filters:
    """What a list of insights is narrowed to."""

    kind: str = ""
    quarter: str = ""
    source: str = ""
    practice: int = 0
    words: str = ""
    is_mine: bool = False
    is_open: bool = False


@dataclass(frozen=True)
class Row:
    """One kind over the quarters."""

    kind: InsightKind
    name: str
    counts: list[int]
    spark: charts.Spark


def visible_to(_viewer: Viewer) -> Select[FieldInsight]:
    """What was heard is for everybody to read; who sent it is not, see `shows_sender`."""
    return select(FieldInsight)


def shows_sender(viewer: Viewer, insight: FieldInsight) -> bool:
    """Marketing sees the name of whoever sent an insight, and so do they themselves."""
    return Can.PUBLISH in viewer.powers or insight.sent_by_id == viewer.id


def insight_for(viewer: Viewer, insight_id: int, *, to_change: bool = False) -> FieldInsight:
    """One insight."""
    found = visible_to(viewer).where(FieldInsight.id == insight_id)
    if to_change:
        found = found.with_for_update()
    row = db.session.scalar(found)
    if row is None:
        raise NotFound
    return row


def own_insight(viewer: Viewer, insight_id: int) -> FieldInsight:
    """One that this person sent."""
    row = insight_for(viewer, insight_id, to_change=True)
    if row.sent_by_id != viewer.id:
        raise NotFound
    return row


def listed(viewer: Viewer, filters: Filters) -> Select[FieldInsight]:
    """Insights, newest first; those that wait for an answer oldest first."""
    found = visible_to(viewer).options(
        joinedload(FieldInsight.practice), joinedload(FieldInsight.client), joinedload(FieldInsight.item)
    )
    for column, wanted in (
        (FieldInsight.kind, filters.kind),
        (FieldInsight.quarter, filters.quarter),
        (FieldInsight.source, filters.source),
        (FieldInsight.practice_id, filters.practice),
    ):
        if wanted:
            found = found.where(column == wanted)
    for word in filters.words.split()[:8]:
        found = found.where(FieldInsight.text.icontains(word, autoescape=True))
    if filters.is_mine:
        found = found.where(FieldInsight.sent_by_id == viewer.id)
    if filters.is_open:
        return found.where(FieldInsight.answered_at.is_(None)).order_by(FieldInsight.sent_at, FieldInsight.id)
    return found.order_by(FieldInsight.sent_at.desc(), FieldInsight.id.desc())


def exported(viewer: Viewer, filters: Filters) -> list[FieldInsight]:
    """The same for a table to take along; with the senders for those who may know them."""
    found = listed(viewer, filters).limit(MOST_EXPORTED)
    if Can.PUBLISH in viewer.powers:
        found = found.options(joinedload(FieldInsight.sent_by))
    return list(db.session.scalars(found))


def by_quarter() -> tuple[list[str], list[Row]]:
    """How many insights of each kind came in each of the last quarters, oldest first."""
    counted: Counter[tuple[str, str]] = Counter()
    for quarter, kind, n in db.session.execute(
        select(FieldInsight.quarter, FieldInsight.kind, func.count()).group_by(FieldInsight.quarter, FieldInsight.kind)
    ):
        counted[quarter, kind] = n
    quarters = sorted({quarter for quarter, _ in counted})[-MOST_QUARTERS:]
    return quarters, [
        _row(kind, name, [counted[quarter, kind] for quarter in quarters]) for kind, name in INSIGHTS.items()
    ]


def _row(kind: InsightKind, name: str, counts: Sequence[int]) -> Row:
    return Row(kind, name, list(counts), charts.spark(counts, per="quarter"))
