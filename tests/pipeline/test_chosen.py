"""Contacts, clients and services are chosen from lists or simply written; what was chosen is told to their rooms."""

import pytest

from portal.clients.models import ClientService, Use
from portal.db import db
from portal.network import queries as contacts
from portal.network.models import Touch, TouchKind
from portal.pipeline import services
from portal.pipeline.models import Opportunity, OpportunityKind
from portal.pipeline.stages import Stage
from tests.make import NOON, TODAY
from tests.pipeline import make_pipeline as make
from tests.pipeline.make_pipeline import SENT
from tests.worksheets import make_worksheets


def only():
    return db.session.query(Opportunity).one()


def test_what_was_chosen_is_kept(browser, ana, tax):
    dana, brennan, property_law = make.contact(ana), make.client(tax), make.service(tax)
    chosen = {"contact_id": dana.id, "client_id": brennan.id, "service_id": property_law.id, "service": "Property"}
    browser.sign_in(ana).post("/pipeline/new", **SENT | chosen | {"kind": "cross-sell"})
    assert (only().contact_id, only().client_id, only().service_id) == (dana.id, brennan.id, property_law.id)


@pytest.mark.parametrize("field", ["contact_id", "client_id", "service_id"])
@pytest.mark.parametrize("given", ["999999", "stranger"])
def test_each_id_must_be_this_persons_to_choose(browser, ana, ben, tax, field, given):
    mine = {"contact_id": make.contact(ana).id, "client_id": make.client(tax).id, "service_id": make.service(tax).id}
    if given == "stranger":
        gone = make.client(tax, "Merged")
        gone.merged_into_id = mine["client_id"]
        others = {"contact_id": make.contact(ben).id, "client_id": gone.id, "service_id": 999_998}
        given = others[field]
    answer = browser.sign_in(ana).post("/pipeline/new", **SENT | mine | {field: given})
    assert answer.status_code == 422
    assert "from the list" in answer.text or "your own contacts" in answer.text
    assert db.session.query(Opportunity).count() == 0


@pytest.mark.parametrize("given", ["", "x", "٣", "1\x00", "9" * 12])
def test_what_is_no_id_is_none(browser, ana, given):
    assert browser.sign_in(ana).post("/pipeline/new", **SENT, contact_id=given).status_code in {302, 422}
    assert not db.session.query(Opportunity).filter(Opportunity.contact_id.is_not(None)).count()


def test_an_address_fills_the_form(browser, ana, tax):
    dana, brennan, property_law = make.contact(ana), make.client(tax), make.service(tax)
    page = browser.sign_in(ana).get("/pipeline/new", kind="referral", contact=dana.id, ask="Somebody in shipping").text
    assert f'name="contact_id" type="hidden" value="{dana.id}"' in page
    assert 'value="Dana Reed"' in page
    assert 'value="Larch Logistics"' in page
    assert "Somebody in shipping" in page
    page = browser.get("/pipeline/new", kind="cross-sell", client=brennan.id, service=property_law.id).text
    assert 'value="Brennan Foods"' in page
    assert 'value="Commercial property"' in page


def test_an_address_shows_nothing_of_anybody_elses(browser, ana, ben):
    secret = make.contact(ben, "Secret Person")
    page = browser.sign_in(ana).get("/pipeline/new", contact=secret.id, client="x", service="99999", ask="\x00").text
    assert "Secret Person" not in page
    assert str(secret.id) not in page.partition("contact_id")[2][:60]


def test_the_ask_is_a_touch_once(browser, ana):
    dana = make.contact(ana)
    row = make.opportunity(ana, contact_id=dana.id)
    assert db.session.query(Touch).count() == 0
    for stage in (Stage.ASKED, Stage.PLANNED, Stage.ASKED):
        make.move(row, ana, stage)
    touch = db.session.query(Touch).one()
    assert (touch.kind, touch.happened_on, touch.key) == (TouchKind.ASK, TODAY, f"opportunity-{row.id}-asked")
    assert dana.last_touch_on == TODAY


def test_undoing_the_ask_takes_the_touch_back_and_asking_anew_is_another(ana, viewer):
    dana = make.contact(ana)
    row = make.opportunity(ana, contact_id=dana.id)
    asked = make.move(row, ana, Stage.ASKED)
    services.undo(row, change_id=asked, version=row.version, by=viewer(ana), now=NOON)
    assert (dana.last_touch_on, row.asked_on) == (None, None)
    make.move(row, ana, Stage.ASKED)
    introduced = make.move(row, ana, Stage.INTRODUCED)
    services.undo(row, change_id=introduced, version=row.version, by=viewer(ana), now=NOON)
    assert dana.last_touch_on == TODAY
    assert [touch.key for touch, gone in contacts.touches_of(dana) if not gone] == [f"opportunity-{row.id}-asked-1"]


def test_a_contact_that_is_chosen_later_is_touched_on_the_day_of_the_ask(browser, ana):
    row, dana = make.opportunity(ana, is_asked=True), make.contact(ana)
    browser.sign_in(ana).submit(f"/pipeline/{row.id}/facts", contact_id=dana.id, asked_on="2026-02-27")
    assert str(db.session.query(Touch).one().happened_on) == "2026-02-27"


def use_of(client, service):
    db.session.flush()
    known = db.session.get(ClientService, (client.id, service.id))
    return known.use if known else None


def test_the_client_is_known_to_have_been_offered_to_have_bought_or_declined(ana, tax):
    brennan, property_law = make.client(tax), make.service(tax)
    given = {"kind": OpportunityKind.CROSS_SELL, "client_id": brennan.id, "service_id": property_law.id}
    row = make.opportunity(ana, **given)
    assert use_of(brennan, property_law) is None
    for stage, use in (
        (Stage.ASKED, Use.OFFERED),
        (Stage.PROPOSAL, Use.OFFERED),
        (Stage.WON, Use.USES),
        (Stage.PROPOSAL, Use.OFFERED),
        (Stage.DECLINED, Use.DECLINED),
        (Stage.NURTURE, Use.DECLINED),
    ):
        make.move(row, ana, stage)
        assert use_of(brennan, property_law) == use, stage


def test_a_note_leaves_what_is_known_of_the_client(ana, tax):
    brennan, property_law = make.client(tax), make.service(tax)
    given = {"kind": OpportunityKind.CROSS_SELL, "client_id": brennan.id, "service_id": property_law.id}
    row = make.opportunity(ana, is_asked=True, **given)
    db.session.flush()
    db.session.get(ClientService, (brennan.id, property_law.id)).use = Use.NOT_A_FIT
    db.session.flush()
    make.move(row, ana, Stage.ASKED, note="They are away.")
    assert use_of(brennan, property_law) == Use.NOT_A_FIT


def test_a_worksheets_picks_come_along(browser, ana):
    dana = make.contact(ana)
    cells = make_worksheets.ROW | {"contact": f"{dana.id}|Dana Reed"}
    filled = make_worksheets.filled(ana, answers={"asks": [cells]})
    browser.sign_in(ana).submit(f"/pipeline/from-worksheet/{filled.id}/r1")
    assert (only().contact, only().contact_id) == ("Dana Reed", dana.id)
