"""What leaders see: numbers, of groups of five or more, and never of a person."""

from datetime import timedelta

import pytest

from portal.accounts.viewer import of
from portal.adoption.recount import recount
from portal.network import services
from portal.releases import levels
from tests import make
from tests.adoption.make_adoption import crowd, totals
from tests.make import NOON, TODAY
from tests.network.make_network import contact, touched


def joined(*people):
    for person in people:
        levels.person_joined(person.id, person.practice_id)


@pytest.fixture
def busy(ana, ben, charlie, leader, corporate_tax, law):
    """A network that went through everything there is."""
    joined(ana, ben, charlie, leader, *crowd(corporate_tax, 6), *crowd(law, 5))
    ben.zone = "Pacific/Auckland"
    row = contact(ana, "Marta Lund")
    touched(row, ana, TODAY - timedelta(days=40))
    services.take_back_touch(touched(row, ana), by=of(ana), now=NOON)
    gone = contact(ana, "Gone Gil")
    touched(gone, ana, TODAY - timedelta(days=10))
    touched(gone, ana, TODAY - timedelta(days=10))
    services.erase(gone, by=of(ana), now=NOON)
    touched(contact(ben, "Nils"), ben, TODAY)
    touched(contact(charlie, "Cleo"), charlie, TODAY - timedelta(days=2))
    return row


def test_recounting_changes_nothing(busy):
    before = totals()
    recount()
    assert totals() == before
    assert {row[1] for row in before["DailyCount"]} >= {"touches", "touches-by-month"}


def test_contacts_move_with_their_owner(busy, ana, law, corporate_tax, session):
    ana.practice = law
    session.flush()
    levels.person_moved(ana.id, corporate_tax.id, law.id)
    before = totals()["Standing"]
    recount()
    assert totals()["Standing"] == before
    assert (law.id, "contacts", "", 2, 0) in before


def test_a_leader_sees_how_many_and_never_who(browser, leader, busy):
    page = browser.sign_in(leader).get("/team").text
    assert "touchpoints made in February; 2 contacts kept" in page
    assert "Marta" not in page


def test_a_small_group_is_hidden(browser, leader, ana, ben, corporate_tax):
    joined(ana, ben, leader)
    touched(contact(ana), ana, TODAY - timedelta(days=30))
    page = browser.sign_in(leader).get(f"/team/practices/{corporate_tax.id}").text
    assert "Hidden: the group is under five" in page
    assert "contacts kept" not in page


def test_what_two_pages_would_tell_is_hidden(browser, leader, ana, tax, corporate_tax):
    small = make.practice("Customs", tax)
    joined(leader, *crowd(corporate_tax, 6), *crowd(small, 5))
    page = browser.sign_in(leader)
    assert "contacts kept" in page.get("/team").text
    assert "contacts kept" in page.get(f"/team/practices/{corporate_tax.id}").text
    assert "contacts kept" not in page.get(f"/team/practices/{small.id}").text
