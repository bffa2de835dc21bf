"""What the people of the sign-in page find when they sign in."""

from datetime import timedelta

from sqlalchemy import select

from portal.accounts import queries as accounts
from portal.db import db
from portal.drills import queries as drills
from portal.learning import queries as learning
from portal.library.models import Item
from portal.message import queries as message
from portal.pipeline.models import Opportunity
from portal.pipeline.stages import Stage
from portal.worksheets.models import FilledWorksheet
from tests.demo.make_demo import viewer
from tests.make import NOON, TODAY


def test_the_practitioner_has_cards_to_practise():
    due = sum(deck.n for deck in drills.due_counts(viewer("practitioner"), NOON))
    assert 5 <= due <= 40


def test_the_practitioner_is_half_way_through_a_module_that_is_due_next_week():
    step = learning.next_steps(viewer("practitioner"), TODAY)[0]
    rings = {ring.key: ring for ring in learning.rings(viewer("practitioner"))}
    assert step.module_key == "cross-selling"
    assert TODAY < step.due_on <= TODAY + timedelta(days=10)
    assert rings["cross-selling"].steps_done * 2 == rings["cross-selling"].steps
    assert rings["value-proposition"].done_at


def test_the_practitioner_has_a_next_step_that_was_due_yesterday():
    mine = db.session.scalars(select(Opportunity.next_on).where(Opportunity.owner_id == viewer("practitioner").id))
    assert TODAY - timedelta(days=1) in set(mine)


def test_the_practitioner_has_a_referral_in_conversation():
    mine = db.session.scalars(select(Opportunity).where(Opportunity.owner_id == viewer("practitioner").id)).all()
    talking = [one for one in mine if one.stage == Stage.IN_CONVERSATION and one.organisation == "Tolvane Engineering"]
    assert talking[0].next_on == TODAY + timedelta(days=2)


def test_the_practitioner_has_begun_a_worksheet():
    mine = select(FilledWorksheet).where(FilledWorksheet.person_id == viewer("practitioner").id)
    newest = db.session.scalars(mine.order_by(FilledWorksheet.saved_at.desc())).first()
    assert newest.finished_at is None
    assert (NOON - newest.saved_at).days <= 1


def test_the_practitioner_has_news_of_the_pitch():
    key, _title, number, _change, published_at = message.news_for(viewer("practitioner"))[0]
    assert (key, number) == ("tax-advisory", 2)
    assert (NOON - published_at).days <= 5


def test_a_library_item_was_revised_by_marketing():
    assert [item for item in db.session.scalars(select(Item)) if item.revision > 1]


def test_every_leader_has_people_to_look_at():
    for local in ("leader", "leader2", "executive"):
        assert len(db.session.scalars(accounts.people_led_by(viewer(local))).all()) > 5
