"""Being signed out in the middle of a form loses nothing."""

import re

import pytest

from portal.accounts import passwords
from portal.accounts.models import SignIn
from portal.db import db
from portal.network.models import Contact
from tests import make
from tests.browser import Fields

PAGES_OWN = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
WORDS = "Ada “Quill” & Søn <b>\nwith a second line"
TYPED = {"name": "Ada Quill", "relation": "friend", "notes": WORDS}


@pytest.fixture
def ana(ana):
    ana.password_hash = passwords.hasher(8).hash(make.PASSWORD)
    return ana


def send(browser, address, fields, **headers):
    browser.forget_who()
    return browser.client.post(address, data=fields, headers={**PAGES_OWN, **headers})


def signed_out(browser, ana):
    """Ana has a form open, and her sign-in ends."""
    browser.sign_in(ana)
    fields = Fields.of(browser.get("/network/new").text)
    db.session.query(SignIn).delete()
    return fields | TYPED


def sign_in(browser, ana, page):
    fields = Fields.of(page) | {"email": ana.email, "password": make.PASSWORD}
    return send(browser, "/sign-in", fields)


def test_what_was_typed_is_sent_once_more_after_signing_in(browser, ana):
    asked = send(browser, "/network/new", signed_out(browser, ana))
    assert asked.status_code == 401
    assert "what you typed is kept" in asked.text
    assert db.session.query(Contact).count() == 0

    back = sign_in(browser, ana, asked.text)
    assert "Send it once more" in back.text
    assert 'action="/network/new"' in back.text
    assert db.session.query(Contact).count() == 0, "nothing is sent before a person presses the button"

    assert send(browser, "/network/new", Fields.of(back.text)).status_code == 302
    kept = db.session.query(Contact).one()
    assert (kept.owner_id, kept.name) == (ana.id, "Ada Quill")
    assert kept.notes.replace("\r\n", "\n") == WORDS


def test_it_is_kept_while_a_password_is_mistyped(browser, ana):
    asked = send(browser, "/network/new", signed_out(browser, ana))
    wrong = send(browser, "/sign-in", Fields.of(asked.text) | {"email": ana.email, "password": "wrong"})
    assert wrong.status_code == 422
    assert "Send it once more" in sign_in(browser, ana, wrong.text).text


def test_a_form_from_before_the_last_sign_in_is_sent_once_more(browser, ana):
    stale = signed_out(browser, ana)
    browser.sign_in(ana)
    again = send(browser, "/network/new", stale)
    assert again.status_code == 400
    assert db.session.query(Contact).count() == 0
    assert send(browser, "/network/new", Fields.of(again.text)).status_code == 302
    assert db.session.query(Contact).one().name == "Ada Quill"


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": ""}, {"Sec-Fetch-Mode": "cors"}]
)
def test_nothing_is_offered_that_a_page_of_ours_did_not_send(browser, ana, headers):
    fields = signed_out(browser, ana)
    assert send(browser, "/network/new", fields, **headers).location == "/sign-in"
    browser.sign_in(ana)
    assert "Ada Quill" not in send(browser, "/network/new", fields, **headers).text


def test_another_site_is_refused(browser, ana):
    fields = signed_out(browser, ana)
    answer = send(browser, "/network/new", fields, **{"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "Ada Quill" not in answer.text


def test_a_form_with_a_password_is_not_carried_along(browser, ana):
    signed_out(browser, ana)
    fields = {"old": "the old one", "password": "a quiet harbour town", "again": "a quiet harbour town"}
    answer = send(browser, "/settings/password", fields)
    assert answer.location == "/sign-in"


def test_signing_out_twice_leads_to_the_sign_in(browser, ana):
    signed_out(browser, ana)
    assert send(browser, "/sign-out", {"csrf_token": "spent"}).location == "/sign-in"


@pytest.mark.parametrize("packed", ["", "{}", "[]", '["https://evil.example/", [["a", "b"]], 0]', "[1, 2, 3]", '"x"'])
def test_a_forged_package_leads_nowhere(browser, ana, packed):
    page = browser.get("/sign-in").text
    answer = send(
        browser, "/sign-in", Fields.of(page) | {"email": ana.email, "password": make.PASSWORD, "unsent": packed}
    )
    assert answer.location == "/"
    assert not re.search("evil", answer.text)
