"""Rows act: they become contacts, reminders and touches, once, and stay linked."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.accounts.viewer import of
from portal.db import db
from portal.network import services as network
from portal.network.models import Contact, Relation, Tier, Touch, TouchKind
from portal.worksheets import queries
from portal.worksheets.models import LinkKind, Reminder, RowLink
from tests.worksheets import make_worksheets as make
from tests.worksheets.test_fill import page

PEOPLE = make.table(
    "people",
    *(make.ask(key) for key in ("name", "organisation", "relation", "tier", "cares_about")),
    make.ask("last_touch", "date"),
    becomes="contact",
)
STEPS = make.table("steps", make.ask("next_step"), make.ask("next_on", "date"))
TALKS = make.table(
    "talks", make.ask("contact", "contact"), make.ask("happened_on", "date"), make.ask("note", "text"), becomes="touch"
)
ANSWERS = {
    "people": [
        {"row": "p1", "name": "Dana Ruiz", "organisation": "Larch", "relation": "Former client", "tier": "inner"}
        | {"cares_about": "e-invoicing", "last_touch": "2026-02-01"}
    ],
    "steps": [{"row": "n1", "next_step": "Ring her", "next_on": "2026-03-09"}, {"row": "n2", "next_step": ""}],
    "talks": [{"row": "t1", "contact": "Dana Ruiz", "happened_on": "2026-03-02", "note": "They open a site"}],
}


@pytest.fixture
def filled(ana):
    return make.filled(ana, make.sheet_of(PEOPLE, STEPS, TALKS), answers=ANSWERS, name="My network")


def address(filled, row):
    return f"{page(filled)}/rows/{row}"


def links(filled):
    return {(link.row, link.kind) for link in db.session.scalars(select(RowLink).filter_by(filled_id=filled.id))}


def test_a_row_becomes_a_contact_with_a_rhythm(browser, ana, filled):
    answer = browser.sign_in(ana).submit(address(filled, "p1"))
    contact = db.session.query(Contact).one()
    assert (contact.name, contact.organisation, contact.relation) == ("Dana Ruiz", "Larch", Relation.FORMER_CLIENT)
    assert (contact.tier, contact.cares_about, contact.owner_id) == (Tier.INNER, "e-invoicing", ana.id)
    assert contact.last_touch_on == date(2026, 2, 1)
    assert contact.due_on
    assert links(filled) == {("p1", LinkKind.CONTACT)}
    assert f'href="/network/{contact.id}"' in answer.text
    assert f'href="/network/{contact.id}"' in browser.get(page(filled)).text


def test_it_leads_there_afterwards(browser, ana, filled):
    browser.sign_in(ana).submit(address(filled, "p1"))
    contact = db.session.query(Contact).one()
    assert browser.get(address(filled, "p1")).location == f"/network/{contact.id}"
    assert browser.post(address(filled, "p1"), name="Somebody").location == f"/network/{contact.id}"
    assert db.session.query(Contact).count() == 1


def test_somebody_of_that_name_is_offered_first(browser, ana, filled):
    known = network.add(name="Dana M. Ruiz", by=of(ana), now=make.NOON)
    text = browser.sign_in(ana).get(address(filled, "p1")).text
    assert "You keep somebody of this name already" in text
    assert "Dana M. Ruiz" in text
    browser.submit(address(filled, "p1"))
    assert db.session.query(Contact).one() is known
    assert queries.link_of(of(ana), LinkKind.CONTACT, known.id).worksheet == "My network"


def test_it_may_be_somebody_else(browser, ana, filled):
    network.add(name="Dana M. Ruiz", by=of(ana), now=make.NOON)
    browser.sign_in(ana).submit(address(filled, "p1"), existing="")
    assert db.session.query(Contact).count() == 2


def test_a_contact_that_another_row_stands_for_is_not_taken(browser, ana, filled):
    browser.sign_in(ana).submit(address(filled, "p1"))
    contact = db.session.query(Contact).one()
    other = make.filled(ana, filled.worksheet, answers={"people": [{"row": "x1", "name": "Dana Ruiz"}]}, name="Other")
    answer = browser.submit(address(other, "x1"), existing=str(contact.id))
    assert answer.status_code == 422
    assert "is linked with a row of “My network” already" in answer.text
    assert links(other) == set()


def test_somebody_elses_contact_cannot_be_linked(browser, ana, ben, filled):
    theirs = network.add(name="Dana Ruiz", by=of(ben), now=make.NOON)
    assert "You keep somebody" not in browser.sign_in(ana).get(address(filled, "p1")).text
    browser.post(address(filled, "p1"), existing=str(theirs.id), name="Dana Ruiz", relation="friend", tier="inner")
    assert queries.link_of(of(ben), LinkKind.CONTACT, theirs.id) is None
    assert db.session.query(RowLink).filter_by(target_id=theirs.id).count() == 0


def test_a_next_step_becomes_a_dated_reminder(browser, ana, filled):
    assert "Remind me" in browser.sign_in(ana).get(f"{page(filled)}/read").text
    browser.submit(address(filled, "n1"))
    row = db.session.query(Reminder).one()
    assert (row.what, row.due_on, row.person_id) == ("Ring her", date(2026, 3, 9), ana.id)
    text = browser.get("/worksheets/reminders").text
    assert "Ring her" in text
    assert f"{page(filled)}/read#row-n1" in text
    assert f'/worksheets/reminders#reminder-{row.id}"' in browser.get(f"{page(filled)}/read").text


def test_a_reminder_says_whom_it_is_about(browser, ana):
    columns = (make.ask("contact", "contact"), make.ask("what", "text"), make.ask("on", "date"))
    rows = [{"row": "m1", "contact": "Dana Ruiz", "what": "Send her the two pages", "on": "2026-03-09"}]
    rows += [{"row": "m2", "contact": "Dana Ruiz", "what": "Ring dana ruiz", "on": "2026-03-09"}]
    sheet = make.sheet_of(make.table("messages", *columns, becomes="reminder"))
    filled = make.filled(ana, sheet, answers={"messages": rows})
    browser.sign_in(ana)
    for row in ("m1", "m2"):
        browser.submit(address(filled, row))
    said = [row.what for row in db.session.query(Reminder).order_by(Reminder.id)]
    assert said == ["Dana Ruiz: Send her the two pages", "Ring dana ruiz"]


def test_a_reminder_comes_too_late_for_a_day_that_is_over(browser, ana, filled):
    answer = browser.sign_in(ana).submit(address(filled, "n1"), due_on="2026-03-03")
    assert answer.status_code == 422
    assert "Choose today or a later day." in answer.text
    assert links(filled) == set()
    assert db.session.query(Reminder).count() == 0


def test_one_goes_on_where_one_was(browser, ana, filled, now):
    fields = {"what": "Ring her", "due_on": "2026-03-09"}
    assert browser.sign_in(ana).post(address(filled, "n1"), **fields).location == f"{page(filled)}#row-n1"
    assert 'id="row-n1"' in browser.get(page(filled)).text
    filled.finished_at = now
    assert browser.get(page(filled)).location == f"{page(filled)}/read"
    assert 'id="row-n1"' in browser.get(f"{page(filled)}/read").text


def test_a_row_whose_reminder_is_done_leads_to_it(browser, ana, filled):
    browser.sign_in(ana).submit(address(filled, "n1"))
    row = db.session.query(Reminder).one()
    browser.post(f"/worksheets/reminders/{row.id}/done")
    assert browser.get(address(filled, "n1")).location == f"/worksheets/reminders?done=1#reminder-{row.id}"


def test_a_conversation_becomes_a_touch(browser, ana, filled):
    dana = network.add(name="Dana Ruiz", by=of(ana), now=make.NOON)
    fields = {"contact": "Dana Ruiz", "contact_id": str(dana.id), "kind": "call"}
    browser.sign_in(ana).submit(address(filled, "t1"), **fields)
    touch = db.session.query(Touch).one()
    assert (touch.contact_id, touch.kind, touch.happened_on) == (dana.id, TouchKind.CALL, date(2026, 3, 2))
    assert (touch.note, dana.last_touch_on) == ("They open a site", date(2026, 3, 2))
    assert links(filled) == {("t1", LinkKind.TOUCH)}


def test_a_conversation_needs_somebody_from_the_own_contacts(browser, ana, ben, filled):
    theirs = network.add(name="Dana Ruiz", by=of(ben), now=make.NOON)
    for contact_id in ("", str(theirs.id)):
        answer = browser.sign_in(ana).submit(address(filled, "t1"), contact_id=contact_id)
        assert answer.status_code == 422
    assert db.session.query(Touch).count() == 0


def test_the_row_and_the_contact_can_be_parted(browser, ana, filled):
    browser.sign_in(ana).submit(address(filled, "p1"))
    assert browser.post(f"{address(filled, 'p1')}/part").status_code == 302
    assert links(filled) == set()
    assert db.session.query(Contact).count() == 1
    assert browser.post(f"{address(filled, 'p1')}/part").status_code == 404


def test_removing_a_row_that_became_something_takes_a_second_press(browser, ana, filled):
    browser.sign_in(ana).submit(address(filled, "p1"))
    answer = browser.submit(page(filled), do="remove:people/p1")
    assert answer.status_code == 422
    assert "This row has become something, which stays" in answer.text
    assert 'value="remove-linked:people/p1"' in answer.text
    assert filled.answers["people"]
    browser.submit(page(filled), do="remove-linked:people/p1")
    assert "people" not in filled.answers
    assert db.session.query(Contact).count() == 1


def test_a_contact_that_is_erased_takes_its_link_along(browser, ana, filled):
    browser.sign_in(ana).submit(address(filled, "p1"))
    db.session.execute(Contact.__table__.delete())
    db.session.expire_all()
    assert links(filled) == set()
    assert "Keep as a contact" in browser.get(f"{page(filled)}/read").text


def test_a_copy_has_no_links(browser, ana, filled):
    browser.sign_in(ana).submit(address(filled, "p1"))
    browser.post(f"{page(filled)}/duplicate")
    copy = db.session.scalars(queries.visible_to(of(ana)).order_by(queries.FilledWorksheet.id.desc())).first()
    assert copy.answers == filled.answers
    assert links(copy) == set()


@pytest.mark.parametrize("row", ["r9", "%00", "R1", "x" * 300])
def test_unknown_rows_are_not_found(browser, ana, filled, row):
    assert browser.sign_in(ana).get(address(filled, row)).status_code == 404
    assert browser.post(address(filled, row)).status_code == 404


def test_strangers_find_nothing(browser, ben, filled):
    assert browser.sign_in(ben).get(address(filled, "p1")).status_code == 404
    assert browser.post(address(filled, "p1"), name="X", relation="friend", tier="inner").status_code == 404
    assert browser.post(f"{address(filled, 'p1')}/part").status_code == 404
