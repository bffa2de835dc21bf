"""Choosing and changing passwords."""

import re
from datetime import timedelta

import pytest
import time_machine

from portal import mail
from portal.accounts import passwords, services
from portal.accounts.models import OneTimeLink
from portal.db import db
from tests import make

NEW = "seven green umbrellas"


def last_link(app):
    return re.search(r"/choose-password/\S+", mail.letters(app.extensions["portal_config"])[0].text)[0]


def test_a_reset_is_mailed_and_lets_the_person_choose(app, browser, ana):
    browser.post("/reset-password", email=ana.email)
    browser.post(last_link(app), password=NEW, again=NEW)
    assert "Ana" in browser.get("/").text
    assert passwords.matches(ana.password_hash, NEW, passwords.hasher(8))


def test_a_reset_says_the_same_for_an_unknown_address(browser, ana):
    known, unknown = (browser.post("/reset-password", email=email).text for email in (ana.email, "nobody@example.org"))
    assert known.replace(ana.email, "x") == unknown.replace("nobody@example.org", "x")
    assert db.session.query(OneTimeLink).count() == 1


def test_a_link_works_once(app, browser, ana):
    browser.post("/reset-password", email=ana.email)
    link = last_link(app)
    browser.post(link, password=NEW, again=NEW)
    assert browser.get(link).status_code == 404


def test_a_link_grows_old(app, browser, ana, now):
    browser.post("/reset-password", email=ana.email)
    with time_machine.travel(now + timedelta(hours=3)):
        assert browser.get(last_link(app)).status_code == 404


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "at least 12"),
        ("aaaaaaaaaaaaaa", "easy to guess"),
        ("ana.ferreira2026", "easy to guess"),
        ("x" * 300, "at most 200"),
    ],
)
def test_it_explains_why_a_password_will_not_do(browser, ana, password, reason):
    ana.password_hash = passwords.hasher(8).hash(make.PASSWORD)
    answer = browser.sign_in(ana).post("/settings/password", old=make.PASSWORD, password=password, again=password)
    assert answer.status_code == 422
    assert reason in answer.text


def test_changing_needs_the_present_one(browser, ana):
    ana.password_hash = passwords.hasher(8).hash(make.PASSWORD)
    assert "present password" in browser.sign_in(ana).post("/settings/password", old="no", password=NEW, again=NEW).text


def test_changing_signs_other_browsers_out_and_keeps_this_one(app, browser, ana):
    from tests.browser import Browser

    ana.password_hash = passwords.hasher(8).hash(make.PASSWORD)
    other = Browser(app.test_client()).sign_in(ana)
    browser.sign_in(ana).submit("/settings/password", old=make.PASSWORD, password=NEW, again=NEW)
    assert browser.get("/settings").status_code == 200
    assert other.get("/settings").status_code == 302


def test_an_invitation_leads_to_a_first_password(browser, ana, now):
    link = services.invite(ana, now=now)
    browser.post(link[link.index("/choose-password") :], password=NEW, again=NEW)
    assert db.session.query(OneTimeLink).one().purpose == "invite"
    assert "Ana" in browser.get("/").text


def test_nobody_is_flooded_with_links(app, browser, ana):
    before = len(mail.letters(app.extensions["portal_config"], 1000))
    for _ in range(services.MOST_LINKS + 2):
        assert "ana.ferreira@example.org" in browser.post("/reset-password", email=ana.email).text
    assert len(mail.letters(app.extensions["portal_config"], 1000)) == before + services.MOST_LINKS
