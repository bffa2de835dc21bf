"""Adding and correcting a client, its steward, its flags."""

from datetime import timedelta

import pytest

from portal.audit.models import AuditEvent
from portal.clients.models import Client, ClientFlag, StewardChange
from portal.db import db
from tests.clients import make_clients as make
from tests.make import NOON, TODAY

FLAG = {"kind": "ask-first", "reason": "The owner is ill", "from_on": "2026-03-04", "until_on": "2026-03-09"}


@pytest.fixture
def larch(ana):
    return make.client(ana, "Larch Logistics", steward=ana)


def test_whoever_adds_a_client_becomes_its_steward(browser, ana, ben):
    sent = {"name": "Beech Foods Ltd", "industry": "Food", "practice_id": ana.practice_id, "steward": ben.name}
    page = browser.sign_in(ana).submit("/clients/new", **sent, steward_id=ben.id)
    assert "you are the steward" in page.text
    assert db.session.query(Client).one().match_name == "beech foods"


def test_a_leader_adds_one_for_somebody_else(browser, leader, ben):
    sent = {"name": "Beech Foods", "practice_id": ben.practice_id, "steward": ben.name, "steward_id": ben.id}
    browser.sign_in(leader).submit("/clients/new", **sent)
    assert db.session.query(Client).one().steward_id == ben.id
    assert db.session.query(StewardChange).one().after_id == ben.id


def test_a_name_that_is_here_already_is_asked_about_once(browser, ana, larch):
    sent = {"name": "LARCH LOGISTICS GmbH", "practice_id": ana.practice_id}
    page = browser.sign_in(ana).submit("/clients/new", **sent)
    assert page.status_code == 422
    assert "is here already" in page.text
    assert "LARCH LOGISTICS GmbH" in page.text
    browser.submit("/clients/new", **sent, is_another="y")
    assert db.session.query(Client).count() == 2


def test_it_explains_what_is_missing(browser, ana):
    page = browser.sign_in(ana).submit("/clients/new", name="", practice_id="0")
    assert page.status_code == 422
    page = browser.submit("/clients/new", name="Beech", practice_id="0", steward="Some words")
    assert "Choose somebody from the list" in page.text
    page = browser.submit("/clients/new", name="...", practice_id=ana.practice_id)
    assert "letters or digits" in page.text


def test_the_steward_hands_it_on_and_it_is_kept(browser, ana, ben, larch):
    where = f"/clients/{larch.id}/facts"
    browser.sign_in(ana).submit(where, steward=ben.name, steward_id=ben.id)
    assert larch.steward_id == ben.id
    assert "Ben Okoro became the steward, after Ana Ferreira" in browser.sign_in(ben).get(where).text
    assert db.session.query(AuditEvent).filter_by(action="steward changed").count() == 2
    assert browser.sign_in(ana).get(where).status_code == 404


@pytest.mark.parametrize("who", ["leader", "admin", "ana"])
def test_these_may_change_it(browser, request, larch, who):
    page = browser.sign_in(request.getfixturevalue(who)).submit(f"/clients/{larch.id}/facts", industry="Freight")
    assert page.status_code == 200
    assert larch.industry == "Freight"


@pytest.mark.parametrize("who", ["ben", "other_leader", "marketer", "coach"])
def test_these_may_not(browser, request, larch, who):
    browser.sign_in(request.getfixturevalue(who))
    assert browser.get(f"/clients/{larch.id}/facts").status_code == 404
    assert browser.post(f"/clients/{larch.id}/facts", name="X").status_code == 404
    assert browser.post(f"/clients/{larch.id}/flags", **FLAG).status_code == 404
    assert browser.get(f"/clients/{larch.id}/flags").status_code == 200


def test_two_tabs_never_overwrite_silently(browser, ana, larch):
    old = larch.version
    browser.sign_in(ana).submit(f"/clients/{larch.id}/facts", industry="Freight")
    sent = {"name": "Larch", "practice_id": larch.practice_id, "steward": "", "version": old}
    page = browser.post(f"/clients/{larch.id}/facts", **sent)
    assert page.status_code == 422
    assert "Somebody changed this client" in page.text
    assert larch.name == "Larch Logistics"


def test_somebody_who_left_cannot_become_steward(browser, ana, ben, larch):
    ben.is_active = False
    page = browser.sign_in(ana).submit(f"/clients/{larch.id}/facts", steward=ben.name, steward_id=ben.id)
    assert "Choose somebody who works here" in page.text


def test_a_flag_has_a_reason_and_an_end(browser, ana, larch):
    page = browser.sign_in(ana).submit(f"/clients/{larch.id}/flags", **FLAG)
    assert "in force" in page.text
    assert "The owner is ill" in browser.get(f"/clients/{larch.id}").text
    browser.submit(f"/clients/{larch.id}/flags", **FLAG)
    assert db.session.query(ClientFlag).count() == 1
    assert browser.submit(f"/clients/{larch.id}/flags", **FLAG | {"until_on": "2026-03-01"}).status_code == 422
    assert browser.submit(f"/clients/{larch.id}/flags", **FLAG | {"reason": ""}).status_code == 422


def test_it_is_ended_early_and_brought_back(browser, ana, ben, larch):
    browser.sign_in(ana).submit(f"/clients/{larch.id}/flags", **FLAG)
    where = f"/clients/{larch.id}/flags/{db.session.query(ClientFlag).one().id}"
    assert browser.sign_in(ben).post(f"{where}/end").status_code == 404
    browser.sign_in(ana).post(f"{where}/end")
    assert "The owner is ill" not in browser.get(f"/clients/{larch.id}").text
    assert "ended 4 March 2026" in browser.get(f"/clients/{larch.id}/flags").text
    browser.post(f"{where}/bring-back")
    assert "The owner is ill" in browser.get(f"/clients/{larch.id}").text


def test_a_flag_of_another_client_is_404(browser, ana, larch):
    beech = make.client(ana, "Beech", steward=ana)
    browser.sign_in(ana).submit(f"/clients/{larch.id}/flags", **FLAG)
    flag = db.session.query(ClientFlag).one()
    assert browser.post(f"/clients/{beech.id}/flags/{flag.id}/end").status_code == 404


def test_today_tells_the_steward_that_a_flag_ends(browser, ana, ben, larch):
    browser.sign_in(ana).submit(f"/clients/{larch.id}/flags", **FLAG)
    assert "Flag on Larch Logistics" in browser.get("/").text
    assert "Flag on" not in browser.sign_in(ben).get("/").text
    flag = db.session.query(ClientFlag).one()
    flag.until_on, flag.remind_on = TODAY + timedelta(days=30), TODAY + timedelta(days=24)
    assert "Flag on" not in browser.sign_in(ana).get("/").text
    flag.until_on, flag.remind_on = TODAY, TODAY
    flag.ended_at = NOON
    assert "Flag on" not in browser.get("/").text
