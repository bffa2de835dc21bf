"""The law of the totals: after any sequence of changes, the levels equal the rows."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal.accounts.viewer import of
from portal.adoption.recount import recount
from portal.counters.models import DailyCount, Standing
from portal.db import db
from portal.errors import Refused
from portal.pipeline import handing_over, levels, services
from portal.pipeline.levels import Place
from portal.pipeline.models import Direction, Opportunity, OpportunityKind, StageChange
from portal.pipeline.stages import Stage
from portal.releases import levels as levels_of
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


VALUES = st.one_of(st.none(), st.integers(0, 10**10))
CURRENCIES = st.sampled_from(["EUR", "USD", "JPY"])
MOVES = st.tuples(st.just("move"), st.integers(0, 2), st.sampled_from(Stage), VALUES, CURRENCIES)
UNDOS = st.tuples(st.just("undo"), st.integers(0, 2))
HAND_OVERS = st.tuples(st.just("hand over"), st.integers(0, 2), st.integers(0, 2))
RATES = st.tuples(st.just("rate"), st.sampled_from(["0.9", "1.1", "0.007"]))
DEEDS = st.lists(st.one_of(MOVES, UNDOS, HAND_OVERS, RATES), max_size=14)
STARTS = st.lists(
    st.tuples(st.sampled_from(OpportunityKind), st.sampled_from(Direction), st.booleans(), VALUES),
    min_size=1,
    max_size=3,
)


class Firm:
    """Three people in two practices, and what they do with each other's opportunities."""

    def __init__(self, starts):
        here, there = rows.practice(), rows.practice()
        self.people = [rows.person(practice=practice) for practice in (here, here, there)]
        for person in self.people:
            levels_of.person_joined(person.id, person.practice_id)
        for currency in ("USD", "JPY"):
            make.rate(self.people[0], currency, "0.5")
        self.logged = [
            make.opportunity(self.people[0], kind=kind, direction=way, is_asked=asked, value=value, ask=f"Ask {number}")
            for number, (kind, way, asked, value) in enumerate(starts)
        ]

    def owner(self, row):
        return next(person for person in self.people if person.id == row.owner_id)

    def do(self, deed, which=0, *more):
        if deed == "rate":
            return make.rate(self.people[0], "USD", which)
        row = self.logged[which % len(self.logged)]
        if deed == "move":
            stage, value, currency = more
            return make.move(row, self.owner(row), stage, value=value, currency=currency, note="It moved.")
        if deed == "undo":
            last = db.session.scalars(
                select(StageChange).where(StageChange.opportunity_id == row.id).order_by(StageChange.id.desc()).limit(1)
            ).one()
            return services.undo(row, change_id=last.id, version=row.version, by=of(self.owner(row)), now=rows.NOON)
        to = self.people[more[0]]
        hand_over = make.handed_over(row, self.owner(row), to)
        return handing_over.accept(hand_over, by=of(to), now=rows.NOON)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(starts=STARTS, deeds=DEEDS)
def test_the_totals_equal_the_rows_after_anything(session, starts, deeds):
    with db.session.begin_nested() as before:
        firm = Firm(starts)
        for deed in deeds:
            try:
                with db.session.begin_nested():
                    firm.do(*deed)
            except Refused:
                db.session.expire_all()
        db.session.flush()
        kept = {table: totals(table) for table in (Standing, DailyCount)}
        _levels_equal_the_rows(firm)
        recount()
        assert {table: totals(table) for table in (Standing, DailyCount)} == kept
        before.rollback()
    db.session.expire_all()


def totals(table):
    """What is counted; what has come down to nothing is as if it had never been."""
    key = [column for column in table.__table__.primary_key]
    found = db.session.execute(select(*key, table.n, table.amount).where((table.n != 0) | (table.amount != 0)))
    return {tuple(row) for row in found}


def _levels_equal_the_rows(firm):
    counted = (
        select(Opportunity.practice_id, Opportunity.kind, Opportunity.stage, func.count(), func.sum(Opportunity.worth))
        .where(Opportunity.direction != Direction.GIVEN)
        .group_by(Opportunity.practice_id, Opportunity.kind, Opportunity.stage)
    )
    assert {one for one in totals(Standing) if one[1] != "people"} == {
        (practice_id, kind, stage, n, int(amount or 0))
        for practice_id, kind, stage, n, amount in db.session.execute(counted)
    }
    ours = [row for row in firm.logged if row.is_counted]
    won = [row.worth or 0 for row in ours if row.stage == Stage.WON]
    flows = {}
    for _practice, measure, _discipline, _on, n, amount in totals(DailyCount):
        known = flows.get(measure, (0, 0))
        flows[measure] = known[0] + n, known[1] + amount
    assert flows.get("won", (0, 0)) == (len(won), sum(won))
    assert flows.get("asks", (0, 0))[0] == sum(row.asked_on is not None for row in firm.logged)


@given(PLACES, PLACES)
def test_whichever_way_it_goes_the_same_rows_are_taken_in_the_same_order(before, after):
    there, back = levels.steps(before, after), levels.steps(after, before)
    assert [(step.practice_id, step.stage) for step in there] == [(step.practice_id, step.stage) for step in back]
