"""Showing a contact to one colleague."""

import pytest

from portal.audit.models import AuditEvent
from portal.db import db
from portal.network.models import ContactShare
from tests.network.make_network import contact


def share(browser, ana, row, **fields):
    return browser.sign_in(ana).submit(f"/network/{row.id}/share", **{"colleague": "Ben Okoro"} | fields)


def test_a_colleague_is_told_once_and_the_owner_sees_that_it_was_seen(browser, ana, ben):
    row = contact(ana, "Marta Lund")
    assert "Ben Okoro sees Marta Lund now" in share(browser, ana, row, colleague_id=ben.id, note="She asked").text
    today = browser.sign_in(ben).get("/").text
    assert "Ana Ferreira shows you a contact" in today
    number = db.session.query(ContactShare).one().id
    browser.post(f"/network/shared/{number}/seen")
    assert "shows you a contact" not in browser.get("/").text
    assert "Marta Lund" in browser.get("/network/shared").text
    assert "has seen it" in browser.sign_in(ana).get(f"/network/{row.id}").text


def test_the_owner_ends_it_at_once(browser, ana, ben):
    row = contact(ana, "Marta Lund")
    share(browser, ana, row)
    first = db.session.query(ContactShare).one().id
    browser.post(f"/network/{row.id}/shares/{first}/end")
    assert "Marta" not in browser.sign_in(ben).get("/network/shared").text
    assert "shows you a contact" not in browser.get("/").text
    share(browser, ana, row)
    assert db.session.query(ContactShare).count() == 2


def test_the_same_colleague_twice_is_once(browser, ana, ben):
    row = contact(ana)
    for _ in range(2):
        share(browser, ana, row)
    assert db.session.query(ContactShare).count() == 1


def test_a_mail_address_is_enough(browser, ana, ben):
    row = contact(ana)
    share(browser, ana, row, colleague=ben.email)
    assert db.session.query(ContactShare).one().with_id == ben.id


@pytest.mark.parametrize("fields", [{"colleague": ""}, {"colleague": "Nobody Known"}, {"colleague": "Ana Ferreira"}])
def test_it_explains_whom_it_cannot_be_shown_to(browser, ana, ben, fields):
    assert share(browser, ana, contact(ana), **fields).status_code == 422


def test_somebody_who_left_is_not_chosen(browser, ana, ben):
    ben.is_active = False
    db.session.flush()
    assert share(browser, ana, contact(ana), colleague_id=ben.id).status_code == 422


def test_the_log_tells_with_whom_and_not_who(browser, ana, ben):
    share(browser, ana, contact(ana, "Marta Lund"))
    event = db.session.query(AuditEvent).filter_by(action="contact shared").one()
    assert (event.subject, event.detail) == (ben.email, {})
