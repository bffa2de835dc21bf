"""The totals equal the evidence, whatever people did."""

from datetime import timedelta

import pytest

from portal.access import Role
from portal.accounts.viewer import of
from portal.adoption.recount import recount
from portal.counters.models import DailyCount, Standing
from portal.library import reading
from portal.pipeline.models import OpportunityKind
from portal.pipeline.stages import Stage
from portal.releases import levels
from tests import make
from tests.adoption import make_adoption
from tests.adoption.make_adoption import NOON, did, totals
from tests.drills import make_drills
from tests.library import make_library
from tests.pipeline.make_pipeline import move, opportunity


@pytest.fixture
def staff(ana, ben, charlie, leader):
    """The cast, counted as they joined."""
    people = [ana, ben, charlie, leader]
    ben.zone = "Pacific/Auckland"
    for person in people:
        levels.person_joined(person.id, person.practice_id)
    return people


@pytest.fixture
def year(staff, ana, ben, charlie, law, marketer, session):
    """All that the totals tell of, through the services that people use."""
    levels.person_joined(marketer.id, marketer.practice_id)
    make_adoption.programme()
    for person, days in ((ana, 40), (ben, 20), (charlie, 3)):
        did(person, "see", now=NOON - timedelta(days=days))
        did(person, "say", now=NOON - timedelta(days=days - 1))
    did(ana, "see", of_module="cross-selling")
    _practise(ana)
    _sell(ana, ben)
    item = make_library.published(marketer)
    for days in (9, 8, 1):
        reading.read(item.id, by=of(ben), now=NOON - timedelta(days=days))
    return staff


def _practise(person):
    deck = make_drills.begun(of(person), make_drills.card("one"), make_drills.card("two"))
    make_drills.answer(of(person), make_drills.card_of(deck, "one"), now=NOON)
    make_drills.answer(of(person), make_drills.card_of(deck, "two"), now=NOON + timedelta(minutes=1))
    make_drills.services.undo_last(by=of(person), now=NOON + timedelta(minutes=2))


def _sell(ana, ben):
    won = opportunity(ana, is_asked=True, now=NOON - timedelta(days=70))
    move(won, ana, Stage.WON, value=2_000_000, now=NOON - timedelta(days=35))
    move(won, ana, Stage.WON, value=2_500_000, note="More than we thought.", now=NOON - timedelta(days=5))
    taken_back = opportunity(ben, is_asked=True, organisation="Elm & Sons", now=NOON - timedelta(days=33))
    move(taken_back, ben, Stage.WON, now=NOON - timedelta(days=32))
    move(taken_back, ben, Stage.LOST, now=NOON)
    planned = opportunity(ben, kind=OpportunityKind.CROSS_SELL, organisation="Birch", now=NOON - timedelta(days=2))
    move(planned, ben, Stage.PROPOSAL, value=None)
    opportunity(ana, organisation="Oak", value=None)


def test_recounting_changes_nothing(year):
    before = totals()
    recount()
    assert totals() == before
    assert {row[1] for row in before["DailyCount"]} > {"drills", "steps", "modules", "asks", "won", "reads"}


def test_recounting_repairs_what_is_wrong(year, session, ana):
    before = totals()
    session.query(Standing).delete()
    session.query(DailyCount).filter(DailyCount.measure != "active-people", DailyCount.measure != "reads").delete()
    recount()
    assert totals() == before


def test_somebody_who_moves_takes_their_levels_along(year, session, ana, corporate_tax, law):
    ana.practice = law
    session.flush()
    levels.person_moved(ana.id, corporate_tax.id, law.id)
    before = totals()["Standing"]
    recount()
    assert totals()["Standing"] == before
    assert (law.id, "people", "", 2, 0) in before
    assert (law.id, "referral", "won", 1, 2_500_000) in before


def test_somebody_who_leaves_and_comes_back(year, session, ana, corporate_tax):
    before = totals()["Standing"]
    ana.is_active = False
    session.flush()
    levels.person_left(ana.id, corporate_tax.id)
    gone = totals()["Standing"]
    recount()
    assert totals()["Standing"] == gone != before
    ana.is_active = True
    session.flush()
    levels.person_joined(ana.id, corporate_tax.id)
    assert totals()["Standing"] == before


def test_moving_nowhere_changes_nothing(year, ana, corporate_tax):
    before = totals()
    levels.person_moved(ana.id, corporate_tax.id, corporate_tax.id)
    assert totals() == before


def test_what_admins_do_keeps_the_levels_right(browser, year, admin, ana, ben, law):
    levels.person_joined(admin.id, admin.practice_id)
    assert Role.ADMIN in of(admin).roles
    fields = {"name": ana.name, "email": ana.email, "title": "", "zone": "", "version": ana.version}
    browser.sign_in(admin).submit(f"/people/{ana.id}", **fields, practice_id=law.id)
    browser.post(f"/people/{ben.id}/deactivate")
    make.db.session.expire_all()
    assert (ana.practice_id, ben.is_active) == (law.id, False)
    before = totals()["Standing"]
    recount()
    assert totals()["Standing"] == before
