"""What the firm has agreed about its pipeline: what stages are called, how likely they lead to work, when something is
stale, why things are won or lost, and how soon a hand-over is answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal import clock
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.db import db, rows
from portal.errors import Refused
from portal.pipeline.models import Agreement, Opportunity
from portal.pipeline.next_steps import stale_on
from portal.pipeline.stages import CLOSED, LABELS, OPEN, PROBABILITIES, STALE_DAYS, Stage

REASONS: dict[Stage, tuple[str, ...]] = {
    Stage.WON: ("They trusted the person who introduced us", "We knew their field", "We were quick", "Price"),
    Stage.LOST: ("Went to somebody else", "They do it themselves", "Price", "Timing", "We never heard back"),
    Stage.DECLINED: ("Doesn't know anybody fitting", "Would rather not ask", "Not now", "Conflict of interest"),
}
"""Why it ended as it did, until the firm has its own lists."""
ANSWER_DAYS = 2
CHANGED = "Somebody changed this while you had it open. Look at it again; what you wrote is kept here."
_NEWEST = (
    select(
        Agreement.number,
        Agreement.labels,
        Agreement.probabilities,
        Agreement.stale_days,
        Agreement.reasons,
        Agreement.answer_days,
    )
    .order_by(Agreement.number.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Terms:
    """The agreement in force."""

    number: int
    """Zero: nothing was agreed yet, and what the portal suggests holds."""
    labels: dict[Stage, str]
    probabilities: dict[Stage, int]
    stale_days: dict[Stage, int]
    reasons: dict[Stage, list[str]]
    answer_days: int


def in_force() -> Terms:
    """What holds now."""
    row = rows(_NEWEST).first()
    if row is None:
        return Terms(0, dict(LABELS), dict(PROBABILITIES), dict(STALE_DAYS), _lists(REASONS), ANSWER_DAYS)
    return Terms(
        row.number,
        {stage: row.labels.get(stage) or LABELS[stage] for stage in Stage},
        {stage: row.probabilities.get(stage, PROBABILITIES[stage]) for stage in PROBABILITIES},
        {stage: row.stale_days.get(stage, STALE_DAYS[stage]) for stage in OPEN},
        {stage: row.reasons.get(stage, []) for stage in CLOSED},
        row.answer_days,
    )


def labels() -> dict[Stage, str]:
    """What the firm calls each stage."""
    return in_force().labels


def _lists(reasons: dict[Stage, tuple[str, ...]]) -> dict[Stage, list[str]]:
    return {stage: list(given) for stage, given in reasons.items()}


def change(new: Terms, *, by: Viewer, now: datetime) -> None:
    """Agree on something else. `new.number` is the version that it was built on."""
    known = in_force()
    if new.number != known.number:
        raise Refused(CHANGED)
    _check(new)
    if new == known:
        return
    kept = {
        "labels": {stage.value: label for stage, label in new.labels.items()},
        "probabilities": {stage.value: percent for stage, percent in new.probabilities.items()},
        "stale_days": {stage.value: days for stage, days in new.stale_days.items()},
        "reasons": {stage.value: list(given) for stage, given in new.reasons.items()},
        "answer_days": new.answer_days,
    }
    try:
        with db.session.begin_nested():
            db.session.add(Agreement(number=known.number + 1, by_id=by.id, at=now, **kept))
    except IntegrityError:  # somebody else agreed on something in this moment
        raise Refused(CHANGED) from None
    audit.note("changed how the pipeline is run", version=known.number + 1, **kept)
    for stage in OPEN:
        if new.stale_days[stage] != known.stale_days[stage]:
            _grow_stale(stage, new.stale_days[stage], by.zone)


def _check(new: Terms) -> None:
    said = [label.casefold() for label in new.labels.values()]
    for stage, label in new.labels.items():
        if said.count(label.casefold()) > 1:
            raise Refused("Two stages can't have the same name.", field=f"label_{stage.name.lower()}")
    for stage, given in new.reasons.items():
        if not given:
            raise Refused("Give at least one reason.", field=f"reasons_{stage.name.lower()}")


def _grow_stale(stage: Stage, days: int, zone: str) -> None:
    """What stands at a stage is stale by the new limit."""
    standing = db.session.execute(
        select(Opportunity.id, Opportunity.changed_at, Opportunity.next_on).where(Opportunity.stage == stage)
    )
    by_day: dict[Any, list[int]] = {}
    for row in standing:
        day = stale_on(stage, clock.day_in(row.changed_at, zone), row.next_on, {stage: days})
        by_day.setdefault(day, []).append(row.id)
    for day, ids in by_day.items():
        for some in _batches(ids):
            # Past the mapper: it is no change of the opportunity, and other tabs need not look again.
            table: Any = Opportunity.__table__
            db.session.execute(update(table).where(table.c.id.in_(some)).values(stale_on=day))


def _batches(ids: list[int], size: int = 500) -> Iterable[list[int]]:
    return (ids[place : place + size] for place in range(0, len(ids), size))


def working_days_later(day: Any, days: int) -> Any:
    """The day that comes so many working days (Monday to Friday) after another."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
