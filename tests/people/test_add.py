"""Adding one person."""

import pytest

from portal import mail
from portal.accounts import queries as accounts
from portal.audit.models import AuditEvent
from portal.counters.models import Standing
from portal.db import db

ADDRESS = "/people/new"


def send(browser, practice, **fields):
    given = {"name": "Nora Vale", "email": "Nora.Vale@Example.org", "practice_id": practice.id, "title": "", "zone": ""}
    return browser.post(ADDRESS, **{**given, **fields})


def test_it_adds_and_counts_them(browser, admin, law):
    answer = send(browser.sign_in(admin), law, title="Partner", zone="Asia/Tokyo")
    person = accounts.person_or_none("nora.vale@example.org")
    assert answer.location == f"/people/{person.id}"
    assert (person.name, person.title, person.zone, person.practice_id) == (
        "Nora Vale",
        "Partner",
        "Asia/Tokyo",
        law.id,
    )
    assert db.session.get(Standing, (law.id, "people", "")).n == 1


def test_it_invites_when_asked(app, browser, admin, law):
    send(browser.sign_in(admin), law, invite="y")
    letter = mail.letters(app.extensions["portal_config"])[0]
    assert letter.to == "nora.vale@example.org"
    assert "/choose-password/" in letter.text


def test_it_is_logged_with_who_did_it(browser, admin, law):
    send(browser.sign_in(admin), law)
    event = db.session.query(AuditEvent).filter_by(action="person added").one()
    assert (event.actor, event.subject) == (admin.email, "nora.vale@example.org")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": " "}, "This is needed."),
        ({"name": "x" * 201}, "under 200 characters"),
        ({"name": "N\x00ra"}, "can&#39;t be kept"),
        ({"email": "nora"}, "isn&#39;t an e-mail address"),
        ({"email": "nöra@example.org"}, "plain ones"),
        ({"practice_id": "0"}, "Choose one."),
        ({"practice_id": "999999"}, "Not a valid choice"),
        ({"practice_id": "1_0"}, "Choose one."),
        ({"zone": "Moon/Base"}, "Not a valid choice"),
        ({"title": "x" * 201}, "under 200 characters"),
    ],
)
def test_it_explains_what_will_not_do_and_keeps_the_rest(browser, admin, law, fields, reason):
    answer = send(browser.sign_in(admin), law, **fields)
    assert answer.status_code == 422
    assert reason in answer.text
    assert ("Nora Vale" if "name" not in fields else "Nora.Vale") in answer.text


def test_it_refuses_an_address_that_is_taken(browser, admin, law, ana):
    answer = send(browser.sign_in(admin), law, email="ANA.ferreira@example.org")
    assert answer.status_code == 422
    assert "is here already" in answer.text


def test_it_offers_the_practice_of_the_list(browser, admin, law):
    assert f'<option selected value="{law.id}">' in browser.sign_in(admin).get(ADDRESS, practice_id=law.id).text
