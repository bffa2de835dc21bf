"""A new firm's admin is told what is still missing, and where it is made."""

import re
from dataclasses import replace

import pytest

from portal.access import Role
from portal.db import db
from portal.message.models import Pitch
from tests import make
from tests.clients.make_clients import client, service
from tests.learning import make_learning
from tests.releases.make_releases import publish


@pytest.fixture
def missing(browser, admin):
    """What the page of people calls missing; nothing where it says that nothing is."""
    browser.sign_in(admin)

    def found(**query):
        part = re.search(r'<ul class="rows beginning">(.*?)</ul>', browser.get("/people", **query).text, re.S)
        rows = re.findall(r"<strong>(.*?)</strong>(.*?)</li>", part[1] if part else "", re.S)
        return [what for what, rest in rows if "is-done" not in rest]

    return found


def test_an_empty_firm_is_told_all_of_it_in_order(missing):
    assert missing() == [
        *("Mail", "The programme", "Practices", "People", "Leaders", "Marketing", "The firm’s pitch", "Services"),
        "Clients",
    ]


def test_what_is_there_is_ticked_off_and_at_last_nothing_is_said(missing, firm, admin):
    make_learning.load()
    make.person("Lena Berg", firm, (Role.LEADER, firm))
    make.person("Mira Sand", firm, Role.MARKETING)
    assert missing() == ["Mail", "The firm’s pitch", "Services", "Clients"]
    publish()
    client(admin, practice=firm)
    assert missing() == ["Mail", "Services"]
    service()
    assert missing() == []


def test_a_pitch_that_is_only_a_draft_is_none(missing, marketer, leader):
    db.session.get_one(Pitch, publish().pitch_id).number = 0
    assert "The firm’s pitch" in missing()


def test_a_mail_server_is_ticked_off(app, missing, monkeypatch):
    config = app.extensions["portal_config"]
    monkeypatch.setitem(app.extensions, "portal_config", replace(config, SMTP_URL="smtp://localhost"))
    assert "Mail" not in missing()


def test_it_does_not_stand_above_a_search(missing):
    assert missing(words="adam") == []


def test_today_leads_an_admin_who_is_alone_to_it(browser, admin):
    assert "Bring in your people" in browser.sign_in(admin).get("/").text


def test_today_says_nothing_of_it_once_there_is_somebody(browser, admin, ana):
    assert "Bring in your people" not in browser.sign_in(admin).get("/").text
    assert "Bring in your people" not in browser.sign_in(ana).get("/").text
