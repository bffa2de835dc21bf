"""Signing in and out."""

import pytest
import time_machine

from portal.accounts import passwords, services
from portal.accounts.models import FailedSignIn, SignIn
from portal.audit.models import AuditEvent
from portal.db import db
from tests import make


@pytest.fixture
def ana(ana):
    ana.password_hash = passwords.hasher(8).hash(make.PASSWORD)
    return ana


def enter(browser, email, password, **fields):
    return browser.post("/sign-in", email=email, password=password, **fields)


def test_it_lets_a_person_in_and_greets_them(browser, ana):
    answer = enter(browser, "Ana.Ferreira@example.org ", make.PASSWORD)
    assert answer.location == "/"
    assert "Ana" in browser.get("/").text


@pytest.mark.parametrize("who", ["ana.ferreira@example.org", "nobody@example.org"])
def test_it_says_the_same_of_a_wrong_password_and_of_nobody(browser, ana, who):
    answer = enter(browser, who, "wrong")
    assert answer.status_code == 422
    assert services.NO_ENTRY.replace("'", "&#39;") in answer.text


def test_it_keeps_the_address_that_was_typed(browser, ana):
    assert 'value="ana.ferreira@example.org"' in enter(browser, "ana.ferreira@example.org", "wrong").text


def test_it_makes_an_account_wait_after_too_many_failures(browser, ana):
    for _ in range(services.MOST_FAILURES["account"]):
        enter(browser, ana.email, "wrong")
    answer = enter(browser, ana.email, make.PASSWORD)
    assert answer.status_code == 429
    assert "quarter of an hour" in answer.text


def test_it_makes_a_network_address_wait_whoever_it_tries(browser, ana):
    for number in range(services.MOST_FAILURES["address"]):
        enter(browser, f"nobody{number}@example.org", "wrong")
    assert enter(browser, ana.email, make.PASSWORD).status_code == 429


def test_waiting_ends_after_a_quarter_of_an_hour(browser, ana, now):
    for _ in range(services.MOST_FAILURES["account"]):
        enter(browser, ana.email, "wrong")
    with time_machine.travel(now + services.WINDOW, tick=False):
        assert enter(browser, ana.email, make.PASSWORD).status_code == 302


def test_it_logs_success_and_failure(browser, ana):
    enter(browser, ana.email, "wrong")
    enter(browser, ana.email, make.PASSWORD)
    assert [event.action for event in db.session.query(AuditEvent).order_by(AuditEvent.id)] == [
        "sign-in failed",
        "signed in",
    ]
    assert db.session.query(FailedSignIn).count() == 0


def test_it_refuses_a_deactivated_person(browser, ana):
    ana.is_active = False
    assert enter(browser, ana.email, make.PASSWORD).status_code == 422


def test_deactivating_closes_an_open_session_at_once(browser, ana):
    browser.sign_in(ana)
    ana.is_active = False
    assert browser.get("/").location.startswith("/sign-in")


def test_it_leads_back_to_where_the_person_was_going(browser, ana):
    assert browser.get("/settings").location == "/sign-in?next=%2Fsettings"
    assert enter(browser, ana.email, make.PASSWORD, next="/settings").location == "/settings"


@pytest.mark.parametrize(
    "outside", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_it_never_leads_outside(browser, ana, outside):
    assert enter(browser, ana.email, make.PASSWORD, next=outside).location == "/"


def test_signing_out_ends_the_session(browser, ana):
    browser.sign_in(ana).post("/sign-out")
    assert db.session.query(SignIn).count() == 0
    assert browser.get("/").status_code == 302


def test_signing_out_everywhere_ends_every_session(app, browser, ana):
    from tests.browser import Browser

    other = Browser(app.test_client()).sign_in(ana)
    browser.sign_in(ana).post("/settings/sign-out-everywhere")
    assert other.get("/").status_code == 302


def test_another_site_cannot_sign_a_person_out(browser, ana):
    browser.sign_in(ana)
    assert browser.client.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert browser.client.post("/sign-out").status_code == 400
