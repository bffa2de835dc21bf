"""Closing and opening a person's access."""

import pytest

from portal.access import Role
from portal.accounts import services as account_services
from portal.accounts.models import OneTimeLink, SignIn
from portal.audit.models import AuditEvent
from portal.counters.models import Standing
from portal.db import db
from portal.errors import Refused
from portal.people import services
from portal.releases import levels
from tests import make
from tests.browser import Browser


def people_in(practice):
    return db.session.get(Standing, (practice.id, "people", "")).n


def test_it_closes_open_windows_at_once(app, browser, admin, ana):
    other = Browser(app.test_client()).sign_in(ana)
    browser.sign_in(admin).post(f"/people/{ana.id}/deactivate")
    assert not ana.is_active
    assert db.session.query(SignIn).filter_by(person_id=ana.id).count() == 0
    assert other.get("/").location.startswith("/sign-in")


def test_it_spends_open_links(browser, admin, ana):
    browser.post("/reset-password", email=ana.email)
    browser.sign_in(admin).post(f"/people/{ana.id}/deactivate")
    assert db.session.query(OneTimeLink).count() == 0


def test_it_is_logged_and_counted(browser, admin, ana, corporate_tax):
    levels.person_joined(ana.id, corporate_tax.id)
    browser.sign_in(admin)
    for _ in range(2):
        browser.post(f"/people/{ana.id}/deactivate")
    assert people_in(corporate_tax) == 0
    assert db.session.query(AuditEvent).filter_by(action="deactivated", subject_id=ana.id).count() == 1


def test_reactivating_lets_them_in_again(browser, admin, ana, corporate_tax):
    levels.person_joined(ana.id, corporate_tax.id)
    browser.sign_in(admin).post(f"/people/{ana.id}/deactivate")
    browser.post(f"/people/{ana.id}/reactivate")
    assert ana.is_active
    assert people_in(corporate_tax) == 1
    assert browser.sign_in(ana).get("/").status_code == 200


def test_nobody_deactivates_themselves(browser, admin):
    answer = browser.sign_in(admin).post(f"/people/{admin.id}/deactivate")
    assert answer.status_code == 422
    assert "deactivate yourself" in answer.text
    assert admin.is_active


def test_the_last_admin_stays(admin, ana, viewer):
    with pytest.raises(Refused, match="last admin"):
        services.deactivate(admin, by=viewer(ana))


def test_one_of_two_admins_may_go(browser, admin, firm):
    other = make.person("Ada Vey", firm, Role.ADMIN)
    browser.sign_in(admin).post(f"/people/{other.id}/deactivate")
    assert not other.is_active
    assert account_services.other_admins(other) == 1


def test_signing_out_everywhere_leaves_them_active(app, browser, admin, ana):
    other = Browser(app.test_client()).sign_in(ana)
    browser.sign_in(admin).post(f"/people/{ana.id}/sign-out-everywhere")
    assert ana.is_active
    assert other.get("/").status_code == 302


def test_a_link_goes_to_those_who_have_not_joined_and_those_who_have(browser, admin, ana, ben):
    ana.joined_at = None
    browser.sign_in(admin)
    for person in (ana, ben):
        browser.post(f"/people/{person.id}/send-link")
    assert [link.purpose for link in db.session.query(OneTimeLink).order_by(OneTimeLink.id)] == ["invite", "reset"]


def test_no_link_goes_to_somebody_deactivated(browser, admin, ana):
    ana.is_active = False
    answer = browser.sign_in(admin).post(f"/people/{ana.id}/send-link")
    assert answer.status_code == 422
    assert "Reactivate them first" in answer.text


def test_the_page_asks_once_and_shows_what_happened(browser, admin, ana):
    browser.sign_in(admin).post(f"/people/{ana.id}/deactivate")
    page = browser.get(f"/people/{ana.id}").text
    assert "<strong>Deactivated</strong>" in page
    assert "Reactivate" in page
