"""Giving and taking roles."""

import pytest

from portal.access import Role
from portal.accounts.queries import grants_of
from portal.audit.models import AuditEvent
from portal.db import db
from tests import make


@pytest.fixture
def page(browser, admin, ana):
    browser.sign_in(admin)
    return f"/people/{ana.id}/roles"


def test_it_names_a_leader(browser, page, ana, tax):
    browser.post(page, role="leader", practice_id=tax.id)
    assert ana.roles == "leader"
    assert [(held.role, held.practice_id) for held in grants_of(ana.id)] == [("leader", tax.id)]


def test_it_acts_at_once_in_an_open_window(app, browser, page, ana):
    from tests.browser import Browser

    other = Browser(app.test_client()).sign_in(ana)
    assert other.get("/people").status_code == 403
    browser.post(page, role="admin", practice_id="0")
    assert other.get("/people").status_code == 200


def test_a_role_without_practice_ignores_the_practice(browser, page, ana, tax):
    browser.post(page, role="marketing", practice_id=tax.id)
    assert grants_of(ana.id)[0].practice_id is None


def test_giving_twice_changes_nothing(browser, page, ana, tax):
    for _ in range(2):
        browser.post(page, role="coach", practice_id=tax.id)
    assert len(grants_of(ana.id)) == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"role": "leader", "practice_id": "0"}, "Choose the practice"),
        ({"role": "", "practice_id": "0"}, "Choose one."),
        ({"role": "boss", "practice_id": "0"}, "Not a valid choice"),
        ({"role": "practitioner", "practice_id": "0"}, "Not a valid choice"),
        ({"role": "leader", "practice_id": "999999"}, "Not a valid choice"),
    ],
)
def test_it_explains_what_will_not_do(browser, page, ana, fields, reason):
    answer = browser.post(page, **fields)
    assert answer.status_code == 422
    assert reason in answer.text
    assert grants_of(ana.id) == []


def test_it_takes_a_role_away(browser, admin, leader):
    held = grants_of(leader.id)[0]
    browser.sign_in(admin).post(f"/people/{leader.id}/roles/{held.id}/revoke")
    assert leader.roles == ""
    assert db.session.query(AuditEvent).filter_by(action="role revoked", subject_id=leader.id).count() == 1


def test_a_role_of_somebody_else_is_not_found(browser, admin, leader, ana):
    held = grants_of(leader.id)[0]
    assert browser.sign_in(admin).post(f"/people/{ana.id}/roles/{held.id}/revoke").status_code == 404


def test_nobody_takes_their_own_admin_role(browser, admin, firm):
    make.person("Ada Vey", firm, Role.ADMIN)
    held = grants_of(admin.id)[0]
    answer = browser.sign_in(admin).post(f"/people/{admin.id}/roles/{held.id}/revoke")
    assert answer.status_code == 422
    assert "your own admin role" in answer.text
    assert admin.roles == "admin"
