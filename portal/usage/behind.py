"""The opportunities behind items: what they are worth together, the rows one may see, and what is merely plausible."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, distinct, func, or_, select

from portal.accounts import queries as accounts
from portal.accounts.models import Practice
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.library.models import ItemReader
from portal.money import half_even
from portal.pipeline import agreement
from portal.pipeline.models import Direction, Opportunity
from portal.pipeline.stages import CLOSED, Stage, probability
from portal.pipeline.wording import kind_of
from portal.usage.influence import Record, Worth

AROUND = 30
"""Days before an opportunity was logged in which its owner's reading is still around then."""
PIECE = 500


@dataclass(frozen=True)
class Row:
    """An opportunity behind an item, as far as the one who looks may see it."""

    id: int
    organisation: str
    what: str
    service: str
    stage: str
    worth: int | None
    is_named: bool
    is_own: bool
    """Its own page opens for its owner alone."""


def worths(viewer: Viewer, opportunity_ids: Iterable[int]) -> dict[int, Worth]:
    """What each opportunity brings, through the pipeline's own figures."""
    chances, led = agreement.in_force().probabilities, accounts.led_paths(viewer)
    found: dict[int, Worth] = {}
    for piece in _pieces(sorted(set(opportunity_ids))):
        rows = select(Opportunity.id, Opportunity.owner_id, Opportunity.stage, Opportunity.worth, Practice.path)
        for row in db.session.execute(_with_practice(rows).where(Opportunity.id.in_(piece))):
            is_shown = row.owner_id == viewer.id or any(row.path.startswith(path) for path in led)
            found[row.id] = _worth(row.stage, row.worth or 0, chances, is_shown)
    return found


def _worth(stage: Stage, amount: int, chances: dict[Stage, int], is_shown: bool) -> Worth:
    if stage == Stage.WON:
        return Worth(0, amount, is_shown)
    return Worth(0 if stage in CLOSED else half_even(amount * probability(stage, chances), 100), 0, is_shown)


def seen(viewer: Viewer, records: Sequence[Record]) -> tuple[list[Row], int]:
    """The opportunities of these records that somebody may see, the latest first; and how many more there are. One's
    own, and those of the practices that one leads: the same as in the pipeline and on the team's page."""
    named: dict[int, bool] = {}
    for record in records:
        named[record.opportunity_id] = record.is_named or named.get(record.opportunity_id, False)
    labels, shown = agreement.labels(), []
    may = or_(Opportunity.owner_id == viewer.id, accounts.below(accounts.led_paths(viewer)))
    for piece in _pieces(sorted(named)):
        for row in db.session.scalars(_with_practice(select(Opportunity)).where(Opportunity.id.in_(piece), may)):
            facts = (row.id, row.organisation, kind_of(row), row.service, labels[row.stage], row.worth)
            shown.append(Row(*facts, named[row.id], row.owner_id == viewer.id))
    return sorted(shown, key=lambda row: -row.id), len(named) - len(shown)


def plausible(item_ids: Sequence[int], records: Sequence[Record]) -> dict[int, int]:
    """By item: opportunities without any record whose owner read it around then: from thirty days before it was logged
    until it ended. They are told, and count nowhere."""
    logged, ended = Opportunity.created_at, Opportunity.changed_at
    found = select(ItemReader.item_id, func.count(distinct(Opportunity.id)))
    found = found.join(Opportunity, Opportunity.owner_id == ItemReader.person_id).where(
        ItemReader.item_id.in_(item_ids),
        Opportunity.direction != Direction.GIVEN,
        or_(_around(ItemReader.first_at, logged, ended), _around(ItemReader.last_at, logged, ended)),
    )
    known = {item_id: {r.opportunity_id for r in records if r.item_id == item_id} for item_id in item_ids}
    recorded = [and_(ItemReader.item_id == item_id, Opportunity.id.in_(ids)) for item_id, ids in known.items() if ids]
    if recorded:
        found = found.where(~or_(*recorded))
    return {item_id: n for item_id, n in db.session.execute(found.group_by(ItemReader.item_id))}


def _around(read_at: Any, logged_at: Any, ended_at: Any) -> Any:
    return and_(read_at >= _days_before(logged_at), or_(Opportunity.stage.not_in(CLOSED), read_at <= ended_at))


def _days_before(moment: Any) -> Any:
    if db.session.get_bind().dialect.name == "sqlite":
        return func.datetime(moment, f"-{AROUND} days")  # moments are text there, and compare as such
    return moment - func.make_interval(0, 0, 0, AROUND)


def _with_practice(statement: Any) -> Any:
    return statement.join(Practice, Practice.id == Opportunity.practice_id)


def _pieces(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + PIECE] for start in range(0, len(ids), PIECE))
