"""The pipeline as a table, to be taken elsewhere."""

from collections.abc import Iterable, Iterator
from typing import Any

from portal import clock, money
from portal.accounts.viewer import Viewer
from portal.pipeline import rates
from portal.pipeline.agreement import Terms
from portal.pipeline.models import Opportunity
from portal.pipeline.stages import probability
from portal.pipeline.wording import KIND_LABELS, kind_of

HEAD = ["Kind", "Stage", "Organisation", "Contact", "Service", "Ask", "Value", "Currency", "Asked on"]
HEAD += ["Next step", "Next step on", "Logged on", "Changed on", "Direction", "Rate"]
HEAD += ["Worth to the firm", "Probability, percent", "Weighted", "Firm's currency"]
HEAD += ["Reason", "Stale since", "Not now until"]


def table(rows: Iterable[Opportunity], terms: Terms, viewer: Viewer) -> Iterator[list[Any]]:
    """The cells of each row."""
    return (_cells(row, terms, viewer) for row in rows)


def _cells(row: Opportunity, terms: Terms, viewer: Viewer) -> list[Any]:
    percent, own = probability(row.stage, terms.probabilities), rates.firms_own()
    worth = None if row.worth is None or not row.is_counted else row.worth
    return [
        KIND_LABELS[row.kind],
        terms.labels[row.stage],
        row.organisation,
        row.contact,
        row.service,
        row.ask,
        money.whole(row.value, row.currency),
        row.currency,
        row.asked_on,
        row.next_step,
        row.next_on,
        clock.day_in(row.created_at, viewer.zone),
        clock.day_in(row.changed_at, viewer.zone),
        kind_of(row),
        row.rate / money.UNIT_RATE,
        money.whole(worth, own),
        percent,
        None if worth is None else money.whole(money.half_even(worth * percent, 100), own),
        own,
        row.reason,
        row.stale_on if row.stale_on and row.stale_on <= viewer.today() else None,
        row.nurture_on,
    ]
