"""The law of the totals: after any sequence of changes, the levels equal the rows."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal.counters.models import DailyCount, Standing
from portal.db import db
from portal.errors import Refused
from portal.pipeline import levels
from portal.pipeline.levels import Place
from portal.pipeline.models import Opportunity, OpportunityKind
from portal.pipeline.stages import Stage
from tests import make as rows
from tests.pipeline import make_pipeline as make

PLACES = st.builds(Place, st.sampled_from(Stage), st.integers(0, 10**12))


@given(st.lists(st.lists(PLACES, min_size=1, max_size=6), max_size=5))
def test_the_steps_of_any_walks_add_up_to_where_they_end(walks):
    n, amount = Counter(), Counter()
    for walk in walks:
        for before, after in zip([None, *walk], walk, strict=False):
            for step in levels.steps(before, after):
                n[step.stage] += step.n
                amount[step.stage] += step.amount
    ends = [walk[-1] for walk in walks]
    assert +n == Counter(end.stage for end in ends)
    assert all(amount[stage] == sum(end.amount for end in ends if end.stage == stage) for stage in Stage)


VALUES = st.one_of(st.none(), st.integers(0, 10**12))
MOVES = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(Stage), VALUES), max_size=12)
STARTS = st.lists(st.tuples(st.sampled_from(OpportunityKind), st.booleans(), VALUES), min_size=1, max_size=3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(starts=STARTS, moves=MOVES)
def test_the_totals_equal_the_rows_after_any_moves(session, starts, moves):
    person = rows.person()
    logged = [
        make.opportunity(person, kind=kind, is_asked=asked, value=value, ask=f"Ask {number}")
        for number, (kind, asked, value) in enumerate(starts)
    ]
    for which, stage, value in moves:
        try:
            make.move(logged[which % len(logged)], person, stage, value=value, note="It moved.")
        except Refused:
            continue
    held = select(Standing.measure, Standing.of, Standing.n, Standing.amount).where(
        Standing.practice_id == person.practice_id
    )
    counted = (
        select(Opportunity.kind, Opportunity.stage, func.count(), func.coalesce(func.sum(Opportunity.value), 0))
        .where(Opportunity.owner_id == person.id)
        .group_by(Opportunity.kind, Opportunity.stage)
    )
    assert {tuple(row) for row in db.session.execute(held) if row.n or row.amount} == {
        (kind, stage, n, int(amount)) for kind, stage, n, amount in db.session.execute(counted)
    }
    _flows_equal_the_rows(person, logged)


def _flows_equal_the_rows(person, logged):
    flows = {
        measure: (n, amount)
        for measure, n, amount in db.session.execute(
            select(DailyCount.measure, DailyCount.n, DailyCount.amount).where(
                DailyCount.practice_id == person.practice_id
            )
        )
    }
    won = [row.value or 0 for row in logged if row.stage == Stage.WON]
    assert flows.get("won", (0, 0)) == (len(won), sum(won))
    assert flows.get("asks", (0, 0))[0] == sum(row.asked_on is not None for row in logged)
