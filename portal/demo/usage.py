"""What the library's items were good for: taken along, shared, used with opportunities, named by clients, judged."""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.viewer import of
from portal.db import db
from portal.demo.people import Member
from portal.demo.rows import Rows
from portal.demo.seasons import Year
from portal.library import usage
from portal.library.models import IS_READABLE, Item, ItemDay, ItemReader
from portal.pipeline.models import Direction, Opportunity
from portal.pipeline.stages import Stage
from portal.usage import deciding
from portal.usage.models import How, ItemLink, What

MOST = 400
"""More links than this tell no more."""
WORDS = (
    "That story about the handover was ours, word for word.",
    "We showed the one-pager to the board.",
    "I gave your checklist to my brother-in-law, too.",
    "The figures in it made the difference.",
)
DECIDED = (
    (What.KEEP, 118, "It answers the question that every owner asks first. We leave it as it is.", "It still does."),
    (What.FIX, 104, "People open it and leave. The result should stand at the top, and it needs a figure.", ""),
    (What.KEEP, 30, "New words since last month; let us see whether they carry.", ""),
)
"""What marketing decided, how many days ago, why, and what came of it."""


Days = dict[tuple[int, date], dict[str, int]]


def tell(members: Sequence[Member], known: dict[str, Member], year: Year, rows: Rows) -> None:
    """Write how items were taken along, and what for; then add up the months."""
    rng = random.Random(len(members))
    items = db.session.execute(select(Item.id, Item.published_at).where(IS_READABLE).order_by(Item.key)).all()
    days: Days = defaultdict(lambda: defaultdict(int))
    _taken_along(rng, days, year)
    _used(rng, items, days, rows, year)
    rows.finish()
    _count(days)
    usage.add_up_months()
    _decide(known["marketing"], items, year)


def _taken_along(rng: random.Random, days: Days, year: Year) -> None:
    """Some of those who read an item copied of it, took it away, and said whether it helped."""
    reads = select(ItemReader.item_id, ItemReader.last_at, ItemReader.useful).order_by(
        ItemReader.item_id, ItemReader.person_id
    )
    for item_id, last_at, useful in db.session.execute(reads):
        day = days[item_id, last_at.astimezone(year.now.tzinfo).date()]
        for key, chance in (("found", 0.4), ("copied", 0.12), ("downloaded", 0.15)):
            day[key] += rng.random() < chance
        if useful is not None:
            day["helped" if useful else "did_not_help"] += 1


def _used(rng: random.Random, items: Sequence[Any], days: Days, rows: Rows, year: Year) -> None:
    """Some opportunities had an item behind them; what was won more often than what was lost."""
    told = (Opportunity.id, Opportunity.owner_id, Opportunity.contact, Opportunity.stage, Opportunity.created_at)
    found = select(*told, Opportunity.changed_at).where(
        Opportunity.direction != Direction.GIVEN, Opportunity.stage.not_in((Stage.PLANNED, Stage.DECLINED))
    )
    made = 0
    for row in db.session.execute(found.order_by(Opportunity.id)):
        if made >= MOST or rng.random() > (0.3 if row.stage == Stage.WON else 0.12):
            continue
        at = max(row.created_at, row.changed_at - timedelta(days=rng.randrange(20))).astimezone(year.now.tzinfo)
        out = [item_id for item_id, published_at in items if published_at <= at]
        for item_id in rng.sample(out, min(len(out), 1 + (rng.random() < 0.25))):
            is_named = row.stage == Stage.WON and rng.random() < 0.35
            _link(rows, rng, item_id, row, How.NAMED if is_named else How.USED, at)
            days[item_id, at.date()]["used"] += 1
            made += 1


def _link(rows: Rows, rng: random.Random, item_id: int, row: Any, how: How, at: datetime) -> None:
    is_named = how is How.NAMED
    rows.add(
        ItemLink,
        item_id=item_id,
        opportunity_id=row.id,
        contact_id=None,
        how=how,
        said_by=row.contact if is_named else "",
        words=rng.choice(WORDS) if is_named else "",
        by_id=row.owner_id,
        on=at.date(),
        at=at,
    )


def _count(days: Days) -> None:
    known = {(day.item_id, day.on): day for day in db.session.scalars(select(ItemDay))}
    for (item_id, on), happened in days.items():
        day = known.get((item_id, on))
        if day is None:
            day = ItemDay(item_id=item_id, on=on, **dict.fromkeys(usage.COUNTED, 0))
            db.session.add(day)
        for key, n in happened.items():
            setattr(day, key, getattr(day, key) + n)
    db.session.flush()


def _decide(marketing: Member, items: Sequence[Any], year: Year) -> None:
    """What marketing decided over the last months; the oldest was looked at, the next one waits."""
    by = of(db.session.get_one(Person, marketing.id))
    for (what, days_ago, why, came), (item_id, _) in zip(DECIDED, items, strict=False):
        at = year.ago(days_ago)
        until = (at + timedelta(days=90)).date()
        facts: dict[str, Any] = {"what": what, "why": why, "until": until, "is_sure": True}
        made = deciding.decide(deciding.item_to_decide(item_id), **facts, by=by, now=at)
        if came:
            deciding.check(made, words=came, by=by, now=year.ago(days_ago - 93))
