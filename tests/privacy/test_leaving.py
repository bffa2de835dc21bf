"""Leaving the firm: what goes along, what passes on, what stays."""

import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from portal import files
from portal.access import Role
from portal.accounts.models import Grant, SignIn
from portal.accounts.viewer import of
from portal.adoption.recount import recount
from portal.audit.models import AuditEvent
from portal.clients import catalogue
from portal.clients.models import Service, StewardChange
from portal.counters.models import DailyCount
from portal.credit import queries as credit
from portal.credit.models import CreditEntry
from portal.db import db
from portal.home import queries as home
from portal.jobs import services as jobs
from portal.network import services as network
from portal.network.models import Channel, ChannelKind, Contact, ErasedTouches, Touch, TouchKind
from portal.pipeline import handing_over
from portal.pipeline.models import (
    Direction,
    HandOver,
    HandOverState,
    HandOverStep,
    Opportunity,
    OpportunityKind,
    StageChange,
    Thanks,
)
from portal.pipeline.origination_models import OriginationSum
from portal.pipeline.shares import WHOLE
from portal.pipeline.stages import Stage
from portal.privacy.models import Leaving
from portal.releases import levels
from tests import make
from tests.adoption.make_adoption import totals
from tests.credit.make_credit import as_, share, state, won
from tests.credit.test_risk import client
from tests.library import make_library as lib
from tests.make import NOON, TODAY
from tests.pipeline.make_pipeline import move, opportunity


@pytest.fixture
def leaver(ana, ben, admin, charlie, tax, session):
    """Ana, who has something of everything, counted as she did it."""
    for person in (ana, ben, admin, charlie):
        levels.person_joined(person.id, person.practice_id)
    facts = {"organisation": "Larchmoor Foods", "tags": [], "notes": "Likes sailing"}
    ways = [(ChannelKind.MAIL, "ruta@larchmoor.example")]
    ruta = network.add(name="Ruta Palmgren", channels=ways, by=of(ana), now=NOON, **facts)
    touched = {"kind": TouchKind.CALL, "happened_on": TODAY, "note": "About the audit", "key": "call-1"}
    network.touch(ruta, **touched, by=of(ana), now=NOON)
    client("Larch Logistics", tax, ana)
    catalogue.add(key="vat", name="VAT", practice_id=tax.id, summary="", source="", owner_id=ana.id)
    row = opportunity(ana, is_asked=True, next_step="Ring her")
    row.contact_id = ruta.id
    move(row, ana, Stage.INTRODUCED, note="She was kind.")
    share(row, ana, {as_(ana): 6000, as_(ben): 4000})
    won(ana, organisation="Elm")
    session.commit()
    return ana


def address(person):
    return f"/people/{person.id}/leaving"


def let_go(browser, admin, person, steward="Charlie Stone", **more):
    return browser.sign_in(admin).submit(address(person), steward=steward, **more)


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def flows():
    rows = db.session.query(DailyCount).populate_existing()
    return {(row.practice_id, row.measure, row.discipline, row.on, row.n, row.amount) for row in rows}


def test_the_page_says_what_would_happen(browser, admin, leaver):
    found = browser.sign_in(admin).get(address(leaver)).text
    for words in ("1 contact and 1 touch", "1 client they look after: Larch Logistics", "1 service", "€12,500"):
        assert words in found
    assert "Ruta" not in found
    assert f'href="{address(leaver)}"' in browser.get(f"/people/{leaver.id}").text


def test_contacts_go_and_what_is_the_firms_passes_on(browser, admin, leaver, charlie):
    assert "has left" in let_go(browser, admin, leaver).text
    assert [count(table) for table in (Contact, Channel, Touch)] == [0, 0, 0]
    row = db.session.scalars(select(Opportunity).where(Opportunity.organisation == "Larch Logistics")).one()
    assert (row.owner_id, row.practice_id, row.contact, row.contact_id) == (charlie.id, charlie.practice_id, "", None)
    assert db.session.scalars(select(Service.owner_id)).one() == charlie.id
    notes = set(db.session.scalars(select(StageChange.note)))
    assert notes == {"", "Ana Ferreira left; Charlie Stone looks after it from now on."}
    assert "Ring her" in browser.sign_in(charlie).get(f"/pipeline/{row.id}").text
    db.session.refresh(leaver)
    assert not leaver.is_active
    assert count(SignIn) == 2  # the admin's and the steward's


def test_what_rests_passes_on_and_comes_back_to_the_steward(browser, admin, leaver, charlie, viewer):
    row = opportunity(leaver, organisation="Resting")
    move(row, leaver, Stage.NURTURE, nurture_on=TODAY + timedelta(days=20), note="She moves house.")
    opportunity(leaver, organisation="Given", direction=Direction.GIVEN)
    page = browser.sign_in(admin).get(address(leaver)).text
    assert "3 opportunities under way or at rest, worth €25,000 together" in page
    let_go(browser, admin, leaver)
    db.session.refresh(row)
    assert (row.owner_id, row.stage, row.nurture_on) == (charlie.id, Stage.NURTURE, TODAY + timedelta(days=20))
    assert "She moves house." not in set(db.session.scalars(select(StageChange.note)))
    later = NOON + timedelta(days=20)
    assert "Back again: Resting" in {entry.what for entry in home.today(viewer(charlie), later).entries}


def test_words_are_kept_only_if_asked(browser, admin, leaver):
    let_go(browser, admin, leaver, keeps_words="y")
    rows = {row.organisation: row.contact for row in db.session.scalars(select(Opportunity))}
    assert rows == {"Larch Logistics": "Dana Reed", "Elm": ""}
    assert "She was kind." in set(db.session.scalars(select(StageChange.note)))


def test_statistics_and_the_ledger_stay(browser, admin, leaver, ben):
    entries = [(row.id, row.person_id, row.points) for row in db.session.query(CreditEntry)]
    before, credited = flows(), state()
    let_go(browser, admin, leaver)
    assert flows() == before
    assert [(row.id, row.person_id, row.points) for row in db.session.query(CreditEntry)] == entries
    assert state() == credited
    row = db.session.scalars(select(Opportunity).where(Opportunity.organisation == "Larch Logistics")).one()
    assert credit.shares_of(row) == {as_(leaver): 6000, as_(ben): 4000}
    elm = db.session.scalars(select(Opportunity).where(Opportunity.organisation == "Elm")).one()
    assert (elm.owner_id, credit.shares_of(elm)) == (leaver.id, {as_(leaver): WHOLE})
    assert db.session.scalars(select(OriginationSum.person_id)).all() == [leaver.id]


@pytest.mark.parametrize("is_already_away", [False, True])
def test_the_levels_equal_what_a_recount_finds(browser, admin, leaver, is_already_away):
    opportunity(leaver, kind=OpportunityKind.CROSS_SELL, organisation="Oak", value=None)
    if is_already_away:
        browser.sign_in(admin).post(f"/people/{leaver.id}/deactivate")
    let_go(browser, admin, leaver)
    before = totals()["Standing"]
    recount()
    assert totals()["Standing"] == before


def test_doing_it_twice_is_once(browser, admin, leaver, charlie, ben):
    let_go(browser, admin, leaver)
    browser.post(address(leaver), steward=ben.email)
    assert count(Leaving) == 1
    row = db.session.scalars(select(Opportunity).where(Opportunity.organisation == "Larch Logistics")).one()
    assert row.owner_id == charlie.id
    assert db.session.query(AuditEvent).filter_by(action="left the firm").count() == 1


def link(page):
    return page.text.partition('id="address" value="')[2].partition('"')[0].partition("8000")[2]


def test_the_leaver_fetches_a_package_without_signing_in(app, browser, admin, leaver):
    where = link(let_go(browser, admin, leaver))
    browser.post("/sign-out")
    assert "Download them" in browser.get(where).text
    packed = zipfile.ZipFile(io.BytesIO(browser.post(where).get_data()))
    assert sorted(packed.namelist()) == ["contacts.csv", "contacts.vcf", "read-me.txt", "touches.csv"]
    assert b"EMAIL:ruta@larchmoor.example" in packed.read("contacts.vcf")
    assert b"Ruta Palmgren" in packed.read("contacts.csv")
    assert b"About the audit" in packed.read("touches.csv")
    assert db.session.scalars(select(Leaving.fetched_at)).one() == NOON
    assert browser.get(where + "x").status_code == 404


def test_who_fetches_it_is_on_record(browser, admin, leaver):
    where = link(let_go(browser, admin, leaver))
    browser.post(where)
    browser.post("/sign-out")
    browser.post(where)
    actors = [row.actor for row in db.session.query(AuditEvent).filter_by(action="contacts taken along")]
    assert actors == [admin.email, leaver.email]


def test_the_package_is_deleted_after_fourteen_days(browser, admin, leaver):
    where = link(let_go(browser, admin, leaver))
    leaving = db.session.query(Leaving).one()
    path = files.store().path(leaving.sha256)
    jobs.sweep_all()
    assert path.exists()
    with time_machine.travel(NOON + timedelta(days=14, minutes=1), tick=False):
        assert browser.get(where).status_code == 404
        jobs.sweep_all()
        assert not path.exists()
    db.session.refresh(leaving)
    assert leaving.forgotten_at


def test_roles_end(browser, admin, leaver, tax):
    make.accounts.grant(leaver, Role.COACH, tax)
    let_go(browser, admin, leaver)
    assert not db.session.query(Grant).filter_by(person_id=leaver.id).count()


@pytest.mark.parametrize(
    ("steward", "message"),
    [
        ("", "Say who looks after"),
        ("Ana Ferreira", "Choose an active colleague who stays"),
        ("Nobody Like Her", "We know nobody"),
    ],
)
def test_it_says_what_is_wrong_and_changes_nothing(browser, admin, leaver, steward, message):
    found = let_go(browser, admin, leaver, steward=steward)
    assert found.status_code == 422
    assert message in found.text
    assert count(Contact) == 1
    assert count(Leaving) == 0


def test_who_has_nothing_of_the_firm_needs_no_steward(browser, admin, charlie):
    assert "has left" in browser.sign_in(admin).submit(address(charlie)).text


def test_nobody_lets_themselves_go_and_admins_alone_let_others_go(browser, admin, leaver, leader):
    assert browser.sign_in(admin).post(address(admin)).status_code == 422
    assert browser.sign_in(leader).get(address(leaver)).status_code == 403
    assert browser.post(address(leaver), steward="Charlie Stone").status_code == 403
    db.session.refresh(leaver)
    assert leaver.is_active


def test_the_last_admin_stays(browser, admin, leaver, firm):
    other = make.person("Petra Voss", firm, Role.ADMIN)
    make.accounts.revoke(admin, db.session.query(Grant).filter_by(person_id=admin.id).one())
    db.session.flush()
    browser.sign_in(other)
    assert browser.post(address(other)).status_code == 422


def test_offers_are_settled_and_their_words_forgotten(browser, admin, leaver, charlie, ben):
    mine = opportunity(leaver, organisation="Offered", is_asked=True)
    offer = {"to_sales": False, "note": "Yours now?", "with_contact": True, "with_notes": True}
    handing_over.offer(mine, to_id=ben.id, **offer, version=mine.version, by=of(leaver), now=NOON)
    theirs = opportunity(charlie, organisation="Waits", is_asked=True)
    handing_over.offer(theirs, to_id=leaver.id, **offer, version=theirs.version, by=of(charlie), now=NOON)
    db.session.commit()
    let_go(browser, admin, leaver)
    rows = {row.from_id: row for row in db.session.query(HandOver).populate_existing()}
    assert (rows[leaver.id].state, rows[leaver.id].contact) == (HandOverState.WITHDRAWN, "")
    assert rows[charlie.id].state == HandOverState.RETURNED
    assert {step.state for step in db.session.query(HandOverStep)} >= {HandOverState.WITHDRAWN, HandOverState.RETURNED}


def test_thanks_that_were_owed_are_forgotten(browser, admin, leaver):
    assert db.session.query(Thanks).filter_by(owner_id=leaver.id).count()
    let_go(browser, admin, leaver)
    assert not [row for row in db.session.query(Thanks).populate_existing() if row.contact]


def test_touches_stay_counted_and_the_change_of_steward_is_on_record(browser, admin, leaver, charlie):
    let_go(browser, admin, leaver)
    assert [(row.owner_id, row.n) for row in db.session.query(ErasedTouches)] == [(leaver.id, 1)]
    change = db.session.query(StewardChange).one()
    assert (change.before_id, change.after_id, change.by_id) == (leaver.id, charlie.id, admin.id)


def test_items_of_the_library_pass_to_the_keeper_or_to_marketing(browser, admin, ana, ben, charlie, marketer):
    items = [lib.published(marketer, title) for title in ("One", "Two")]
    items[0].owner_id, items[1].owner_id = ana.id, charlie.id
    db.session.commit()
    signed_in = browser.sign_in(admin)
    assert "1 item of the library, to a colleague or to marketing" in signed_in.get(f"/people/{ana.id}/leaving").text
    signed_in.submit(f"/people/{ana.id}/leaving", keeper="Ben Okoro", keeper_id=str(ben.id))
    signed_in.submit(f"/people/{charlie.id}/leaving")
    assert [item.owner_id for item in items] == [ben.id, None]
    refused = signed_in.submit(f"/people/{ben.id}/leaving", keeper="Ben Okoro", keeper_id=str(ben.id))
    assert "Choose an active colleague who stays." in refused.text
