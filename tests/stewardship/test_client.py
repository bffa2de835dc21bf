"""One client from all sides: everybody sees it, and what is private stays private."""

from datetime import timedelta

import pytest

from portal.accounts.viewer import of
from portal.clients import services as client_services
from portal.clients.models import FlagKind, Use
from portal.db import db
from portal.network import services as network
from portal.network.models import Contact, Touch, TouchKind
from portal.pipeline.models import OpportunityKind
from portal.pipeline.stages import Stage
from portal.stewardship import merging
from portal.worksheets.models import FilledWorksheet, Worksheet, WorksheetVersion
from tests.clients import make_clients as clients
from tests.make import NOON, TODAY, saved
from tests.pipeline import make_pipeline as pipeline


@pytest.fixture
def larch(ana):
    return clients.client(ana, "Larch Logistics", steward=ana, industry="Logistics")


def contact(owner, client, name="Dana Reed", **given):
    facts = {"position": "Finance director", "created_at": NOON, "changed_at": NOON}
    return saved(Contact(owner_id=owner.id, name=name, client_id=client.id, **facts | given))


def touched(contact, owner, on, key):
    network.touch(contact, kind=TouchKind.CALL, happened_on=on, note="Secret words", key=key, by=of(owner), now=NOON)


def opportunity(owner, client, **given):
    row = pipeline.opportunity(
        owner, kind=OpportunityKind.CROSS_SELL, contact="Dana Reed", ask="Whispered need", **given
    )
    row.client_id = client.id
    return row


def test_everybody_sees_it(browser, charlie, larch):
    page = browser.sign_in(charlie).get(f"/clients/{larch.id}").text
    assert "Larch Logistics" in page
    assert "Ana Ferreira is the steward" in page
    assert "Change the facts" not in page
    assert "you are the steward" in browser.sign_in(larch.steward).get(f"/clients/{larch.id}").text


def test_a_contact_is_named_only_with_its_owners_permission(browser, ana, ben, larch):
    contact(ana, larch)
    page = browser.sign_in(ben).get(f"/clients/{larch.id}").text
    assert "Dana Reed" not in page
    assert "knows" not in page
    contact(ana, larch, "Rosa Field", is_shown_at_client=True)
    page = browser.get(f"/clients/{larch.id}").text
    assert "Rosa Field" in page
    assert "Finance director" in page
    assert "Dana Reed" not in page


def test_the_owner_lets_colleagues_see_and_takes_it_back(browser, ana, ben, larch):
    row = contact(ana, larch)
    where = f"/clients/{larch.id}/people/{row.id}"
    assert "Only you see this" in browser.sign_in(ana).get(f"/clients/{larch.id}").text
    browser.post(where, show="1")
    assert "Dana Reed" in browser.sign_in(ben).get(f"/clients/{larch.id}").text
    assert browser.post(where, show="0").status_code == 404
    browser.sign_in(ana).post(where, show="0")
    assert "Dana Reed" not in browser.sign_in(ben).get(f"/clients/{larch.id}").text


def test_a_contact_elsewhere_is_not_shown_through_this_client(browser, ana, larch):
    beech = clients.client(ana, "Beech")
    row = contact(ana, beech)
    assert browser.sign_in(ana).post(f"/clients/{larch.id}/people/{row.id}", show="1").status_code == 404


def test_opportunities_keep_whom_was_asked_and_why(browser, ana, ben, larch):
    opportunity(ana, larch)
    mine = browser.sign_in(ana).get(f"/clients/{larch.id}").text
    theirs = browser.sign_in(ben).get(f"/clients/{larch.id}").text
    assert "Dana Reed" in mine
    for private in ("Dana Reed", "Whispered need", "/pipeline/1"):
        assert private not in theirs.replace("/pipeline/new", "")
    assert "Commercial property" in theirs
    assert "€12,500" in theirs
    assert "Ana Ferreira" in theirs


def test_what_is_over_stands_apart(browser, ana, larch):
    row = opportunity(ana, larch)
    pipeline.move(row, ana, Stage.LOST)
    page = browser.sign_in(ana).get(f"/clients/{larch.id}").text
    assert "1 in the past" in page
    assert "None is open" in page


def test_what_is_put_aside_is_not_over(browser, ana, larch):
    pipeline.move(opportunity(ana, larch), ana, Stage.NURTURE)
    page = browser.sign_in(ana).get(f"/clients/{larch.id}").text
    assert "in the past" not in page
    assert "Not now" in page


def test_a_flag_stands_on_an_opportunity_while_it_is_open(browser, ana, larch):
    row, reason = opportunity(ana, larch), {"reason": "They are suing us.", "from_on": TODAY, "until_on": None}
    client_services.flag(larch, kind=FlagKind.DO_NOT_APPROACH, by=of(ana), now=NOON, **reason)
    assert "They are suing us." in browser.sign_in(ana).get(f"/pipeline/{row.id}").text
    pipeline.move(row, ana, Stage.LOST)
    assert "They are suing us." not in browser.get(f"/pipeline/{row.id}").text


def test_the_last_conversation_is_a_day_and_a_name(browser, ana, ben, larch):
    row = contact(ana, larch, is_shown_at_client=True)
    touched(row, ana, TODAY - timedelta(days=5), "a")
    page = browser.sign_in(ben).get(f"/clients/{larch.id}").text
    talked = page.partition("Last conversation:")[2][:200]
    assert "Ana Ferreira" in talked
    assert "27 February" in talked or "Friday" in talked
    assert "Secret words" not in page


def test_a_talk_with_a_private_contact_stays_private(browser, ana, ben, larch):
    touched(contact(ana, larch), ana, TODAY, "a")
    assert "none on record" in browser.sign_in(ben).get(f"/clients/{larch.id}").text
    assert "none on record" not in browser.sign_in(ana).get(f"/clients/{larch.id}").text


def test_a_touch_that_was_taken_back_is_no_conversation(browser, ana, larch):
    row = contact(ana, larch)
    touched(row, ana, TODAY, "a")
    first = db.session.query(Touch).filter_by(contact_id=row.id).one()
    facts = {"kind": TouchKind.CALL, "happened_on": TODAY, "key": "b", "at": NOON, "takes_back_id": first.id}
    saved(Touch(owner_id=ana.id, contact_id=row.id, **facts))
    assert "none on record" in browser.sign_in(ana).get(f"/clients/{larch.id}").text


def test_a_conversation_long_ago_is_marked(browser, ana, larch):
    touched(contact(ana, larch), ana, TODAY - timedelta(days=100), "a")
    assert "more than a quarter ago" in browser.sign_in(ana).get(f"/clients/{larch.id}").text


@pytest.fixture
def sheet():
    row = saved(Worksheet(key="plan", title="Cross-sell plan", discipline="cross-selling", number=1))
    columns = [{"key": "client", "label": "Client", "kind": "client"}, {"key": "need", "label": "Need", "kind": "line"}]
    fields = [{"key": "who", "label": "Who", "kind": "contact"}, {"key": "rows", "kind": "table", "columns": columns}]
    saved(
        WorksheetVersion(
            worksheet_id=row.id,
            number=1,
            sections=[{"key": "a", "title": "A", "fields": fields}],
            fingerprint="x",
            at=NOON,
        )
    )
    return row


def filled(person, sheet, name="", **answers):
    return saved(
        FilledWorksheet(person_id=person.id, worksheet_id=sheet.id, number=1, name=name, answers=answers, saved_at=NOON)
    )


def test_ones_own_worksheets_that_name_the_client(browser, ana, ben, larch, sheet):
    filled(ana, sheet, "By choice", rows=[{"row": "a", "client": f"{larch.id}|Larch, as it was called"}])
    filled(ana, sheet, "By words", rows=[{"row": "a", "client": "LARCH LOGISTICS Ltd"}])
    filled(ana, sheet, "Larch Logistics")
    filled(ana, sheet, "Another contact", who=f"{larch.id}|Dana Reed")
    filled(ben, sheet, "Private to Ben", rows=[{"row": "a", "client": f"{larch.id}|Larch"}])
    page = browser.sign_in(ana).get(f"/clients/{larch.id}").text
    assert "By choice" in page
    assert "By words" in page
    assert page.count("Cross-sell plan") == 3
    assert "Another contact" not in page
    assert "Private to Ben" not in page


def test_a_worksheet_about_what_was_merged_is_about_the_client(browser, ana, larch, sheet):
    twin = clients.client(ana, "Larch Freight", steward=ana)
    filled(ana, sheet, "By choice", rows=[{"row": "a", "client": f"{twin.id}|Larch Freight"}])
    merging.merge(larch.id, twin.id, key="0123456789", by=of(ana), now=NOON)
    assert "By choice" in browser.sign_in(ana).get(f"/clients/{larch.id}").text


def test_what_to_raise_next_comes_with_evidence(browser, ana, larch):
    tax, audit = clients.service("Indirect tax"), clients.service("Audit")
    for _ in range(5):
        clients.use(clients.client(ana, industry="Logistics"), tax, Use.USES, ana)
    clients.use(larch, audit, Use.COULD_USE, ana)
    page = browser.sign_in(ana).get(f"/clients/{larch.id}").text
    assert "5 of 6 clients in Logistics use it (83 percent)." in page
    assert page.index("A colleague noted") < page.index("5 of 6 clients")


def test_the_page_keeps_its_budget(browser, ana, ben, larch, budget):
    for number in range(5):
        clients.use(larch, clients.service(), Use.USES, ben)
        contact(ben, larch, f"Person {number}", is_shown_at_client=True)
        opportunity(ben, larch, organisation=f"Larch {number}")
    browser.sign_in(ana)
    with budget(14):
        browser.get(f"/clients/{larch.id}")


def test_merged_and_unknown_clients_are_404(browser, ana, larch):
    assert browser.sign_in(ana).get("/clients/99999").status_code == 404
