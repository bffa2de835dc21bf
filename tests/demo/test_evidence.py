"""The firm's year: totals and states are what the evidence adds up to, and nothing happened after now."""

import pytest
from sqlalchemy import func, select

from portal.adoption import recount
from portal.counters.models import DailyCount, PersonActivity, Standing
from portal.credit import ledger
from portal.credit import queries as credit
from portal.credit.models import CreditHead
from portal.db import Base, db
from portal.drills import services as drills
from portal.drills.models import CardState, Review
from portal.learning import grading
from portal.learning import services as learning
from portal.learning.models import CheckAttempt, Completion, ModuleProgress, StepProgress, StepVersion
from portal.library.models import ItemDay, ItemMonth, ItemReader
from portal.library.usage import COUNTED
from portal.network import queries as network
from portal.network import rhythm
from portal.network.models import Contact, Touch
from portal.pipeline.models import Opportunity, StageChange
from portal.pipeline.origination_models import CreditShare
from portal.pipeline.stages import Stage, may_move
from portal.usage import recount as usage
from portal.usage.models import How, ItemLink
from portal.worksheets import definition, queries
from portal.worksheets.models import FilledWorksheet
from tests.demo.make_demo import count, rows_of
from tests.make import NOON, TODAY


def test_the_totals_equal_a_recount():
    before = rows_of(DailyCount), rows_of(Standing)
    recount.recount()
    assert (rows_of(DailyCount), rows_of(Standing)) == before


def test_progress_equals_what_the_completions_say():
    before = rows_of(StepProgress), rows_of(ModuleProgress)
    learning.rebuild_progress()
    assert (rows_of(StepProgress), rows_of(ModuleProgress)) == before


def test_what_is_remembered_equals_what_the_reviews_say():
    before = rows_of(CardState)
    for person_id in db.session.scalars(select(Review.person_id).distinct()).all():
        drills.rebuild(person_id)
    assert rows_of(CardState) == before


def test_the_days_of_items_equal_their_readers():
    assert db.session.scalar(select(func.sum(ItemDay.views))) == db.session.scalar(select(func.sum(ItemReader.times)))
    assert db.session.scalar(select(func.sum(ItemDay.readers))) == count(ItemReader)


def test_every_ledger_replays_to_the_shares_that_stand():
    for opportunity_id, posting in db.session.execute(select(CreditHead.opportunity_id, CreditHead.posting)).all():
        replayed = ledger.replay(credit.entries(opportunity_id), posting)
        stands = select(CreditShare).where(CreditShare.opportunity_id == opportunity_id)
        assert replayed == {credit.holder_of(row): row.points for row in db.session.scalars(stands)}


def test_items_count_as_used_what_is_linked_and_their_months_are_their_days():
    links = select(func.count()).select_from(ItemLink).where(ItemLink.how.in_((How.USED, How.NAMED)))
    assert db.session.scalar(select(func.sum(ItemDay.used))) == db.session.scalar(links) > 0
    before = rows_of(ItemDay)
    usage.recount()
    assert rows_of(ItemDay) == before
    for key in COUNTED:
        by_day, by_month = (db.session.scalar(select(func.sum(getattr(of, key)))) for of in (ItemDay, ItemMonth))
        assert by_day == by_month


def test_opportunities_stand_where_their_history_ends():
    for opportunity in db.session.scalars(select(Opportunity)):
        changes = db.session.scalars(
            select(StageChange).where(StageChange.opportunity_id == opportunity.id).order_by(StageChange.id)
        ).all()
        last = changes[-1]
        on = opportunity.nurture_on or opportunity.next_on
        assert (opportunity.stage, opportunity.value, on) == (last.after, last.value, last.next_on)
        assert changes[0].at == opportunity.created_at
        assert last.at <= opportunity.changed_at
        assert changes[0].before is None
        moves = [change for change in changes[1:] if change.before != change.after]
        assert all(may_move(change.before, change.after) for change in moves)


def test_there_are_opportunities_of_both_kinds_in_every_stage():
    assert set(db.session.scalars(select(Opportunity.stage).distinct())) == set(Stage)
    assert len(set(db.session.scalars(select(Opportunity.kind).distinct()))) == 2


def test_attempts_are_marked_as_the_check_marks_them():
    for attempt in db.session.scalars(select(CheckAttempt)):
        facts = db.session.get_one(StepVersion, (attempt.step_id, attempt.number)).facts
        assert grading.mark(facts, attempt.answers) == grading.Marks(
            attempt.right_count, attempt.questions, attempt.passed
        )


def test_worksheets_fit_their_definition():
    for filled in db.session.scalars(select(FilledWorksheet)):
        sections, flat = queries.sections_of(filled), definition.flat(filled.answers)
        assert definition.checked(sections, flat) == (flat, {})
        assert filled.finished_at is None or not definition.missing(sections, flat)


def test_some_worksheets_are_begun_and_not_finished():
    assert count(FilledWorksheet, FilledWorksheet.finished_at.is_(None))
    assert count(FilledWorksheet, FilledWorksheet.finished_at.is_not(None)) > 20


@pytest.mark.parametrize(
    "column", [Completion.at, Review.at, StageChange.at, FilledWorksheet.saved_at, ItemReader.last_at]
)
def test_it_all_happened_within_the_year(column):
    earliest, latest = db.session.execute(select(func.min(column), func.max(column))).one()
    assert (NOON - earliest).days > 250
    assert (NOON - latest).days < 10
    assert latest <= NOON


def test_autumn_is_busier_than_summer():
    def reviews(month):
        return sum(at.month == month for at in db.session.scalars(select(Review.at)))

    assert reviews(10) > 1.5 * reviews(8)


def test_some_are_keen_and_some_never_came():
    active = count(PersonActivity, PersonActivity.last_on > TODAY.replace(month=2, day=1))
    assert 10 < active < 50
    assert count(PersonActivity) < 60


def test_nothing_points_nowhere():
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            there = key.referred_table.alias()
            on = [own == there.c[other.column.name] for own, other in zip(key.columns, key.elements, strict=True)]
            lost = select(func.count()).select_from(table.outerjoin(there, on[0] if len(on) == 1 else on[0] & on[1]))
            nowhere = [own.is_not(None) for own in key.columns] + [there.c[key.elements[0].column.name].is_(None)]
            assert db.session.scalar(lost.where(*nowhere)) == 0, f"{table.name}: {key.name}"


def test_the_rhythm_equals_what_the_touches_say():
    for contact in db.session.scalars(select(Contact)):
        standing = network.standing_touches().with_only_columns(func.max(Touch.happened_on))
        assert contact.last_touch_on == db.session.scalar(standing.where(Touch.contact_id == contact.id))
        assert contact.due_on == rhythm.next_on(contact)
