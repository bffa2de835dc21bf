"""Changing several contacts at once: the circle, whether the rhythm runs, a tag."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Select, bindparam, update

from portal.accounts.viewer import Viewer
from portal.counters import services as counters
from portal.db import db
from portal.errors import Refused
from portal.network import habits, rhythm
from portal.network.models import Contact, Pace, Tier

MOST_TAGS, LONGEST_TAG = 12, 40


class Change(StrEnum):
    """What may be done with several."""

    INNER = "inner"
    MIDDLE = "middle"
    OUTER = "outer"
    PAUSE = "pause"
    LEAVE_OUT = "leave-out"
    RESUME = "resume"
    TAG = "tag"
    UNTAG = "untag"


CHANGES = {
    Change.INNER: "To the inner circle",
    Change.MIDDLE: "To the middle circle",
    Change.OUTER: "To the outer circle",
    Change.PAUSE: "Pause the rhythm",
    Change.LEAVE_OUT: "Not these",
    Change.RESUME: "Resume the rhythm",
    Change.TAG: "Add the tag",
    Change.UNTAG: "Take the tag away",
}
TIERS = {Change.INNER: Tier.INNER, Change.MIDDLE: Tier.MIDDLE, Change.OUTER: Tier.OUTER}
PACES = {Change.PAUSE: Pace.PAUSED, Change.LEAVE_OUT: Pace.LEFT_OUT, Change.RESUME: Pace.RUNNING}
_FACTS = ("id", "tier", "pace", "rhythm_days", "snoozed_until", "started_on", "stagger", "last_touch_on", "due_on")


def change(chosen: Select[Contact], *, what: Change, tag: str, by: Viewer, now: datetime) -> int:
    """Change all of this person's contacts that are chosen; how many are different now. Raises Refused."""
    if what in {Change.TAG, Change.UNTAG} and not (tag and len(tag) <= LONGEST_TAG):
        raise Refused(f"Say which tag, in at most {LONGEST_TAG} letters.")
    columns = [getattr(Contact, name) for name in (*_FACTS, "tags")]
    held = chosen.where(Contact.owner_id == by.id).with_only_columns(*columns).with_for_update(of=Contact)
    days, values = habits.tier_days(by.id), []
    for row in db.session.execute(held.order_by(None).order_by(Contact.id)):
        one = SimpleNamespace(**row._mapping)
        before = (one.tier, one.pace, one.tags)
        one.tier, one.pace = TIERS.get(what, one.tier), PACES.get(what, one.pace)
        one.tags = _tagged(one.tags, what, tag)
        if (one.tier, one.pace, one.tags) != before:
            due_on = rhythm.next_on(one, days)
            values.append({"one": one.id, "t": one.tier, "p": one.pace, "w": one.tags, "d": due_on, "now": now})
    _write(values)
    counters.active(by, by.today(now))
    return len(values)


def _tagged(tags: Sequence[str], what: Change, tag: str) -> list[str]:
    others = [each for each in tags if each.casefold() != tag.casefold()]
    if what == Change.UNTAG:
        return others
    is_new = what == Change.TAG and len(others) == len(tags) < MOST_TAGS
    return [*tags, tag] if is_new else list(tags)


def _write(values: list[dict[str, Any]]) -> None:
    if not values:
        return
    table: Any = Contact.__table__
    given: dict[str, Any] = {
        "tier": bindparam("t"),
        "pace": bindparam("p"),
        "tags": bindparam("w"),
        "due_on": bindparam("d"),
    }
    # The version counts on: a form that was opened before says so rather than put back what it shows.
    statement = update(table).where(table.c.id == bindparam("one"))
    statement = statement.values(**given, changed_at=bindparam("now"), version=table.c.version + 1)
    db.session.connection().execute(statement, values)
    db.session.expire_all()
