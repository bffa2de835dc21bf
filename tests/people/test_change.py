"""Correcting what the portal knows of a person, and moving them."""

import pytest

from portal.accounts.models import OneTimeLink
from portal.audit.models import AuditEvent
from portal.counters.models import Standing
from portal.db import db
from portal.releases import levels


@pytest.fixture
def page(browser, admin, ana):
    browser.sign_in(admin)
    return f"/people/{ana.id}"


def test_it_saves(browser, page, ana):
    answer = browser.submit(page, name="Ana F. Ferreira", title="Partner", zone="Europe/Lisbon")
    assert "Saved." in answer.text
    assert (ana.name, ana.title, ana.zone) == ("Ana F. Ferreira", "Partner", "Europe/Lisbon")


def test_it_is_logged_with_before_and_after(browser, page, ana):
    browser.submit(page, title="Partner")
    event = db.session.query(AuditEvent).filter_by(action="facts changed").one()
    assert event.detail == {"title": ["", "Partner"]}
    assert event.subject_id == ana.id


def test_saving_nothing_new_logs_nothing(browser, page, ana):
    browser.submit(page)
    assert db.session.query(AuditEvent).filter_by(subject_id=ana.id).count() == 0


def test_moving_takes_their_figures_along(browser, page, ana, law, corporate_tax):
    levels.person_joined(ana.id, corporate_tax.id)
    browser.submit(page, practice_id=law.id)
    assert ana.practice_id == law.id
    assert db.session.get(Standing, (corporate_tax.id, "people", "")).n == 0
    assert db.session.get(Standing, (law.id, "people", "")).n == 1


def test_moving_somebody_deactivated_counts_nobody(browser, page, ana, law):
    ana.is_active = False
    browser.submit(page, practice_id=law.id)
    assert ana.practice_id == law.id
    assert db.session.query(Standing).count() == 0


def test_two_tabs_never_overwrite_each_other_silently(browser, page, ana):
    browser.submit(page, title="Partner")
    answer = browser.submit(page, title="Counsel", version="1")
    assert answer.status_code == 422
    assert "while your page was open" in answer.text
    assert 'value="Counsel"' in answer.text
    assert ana.title == "Partner"


def test_saving_again_puts_theirs_in_place(browser, page, ana):
    browser.submit(page, title="Partner")
    again = browser.submit(page, title="Counsel", version="1")
    assert f'name="version" type="hidden" value="{ana.version}"' in again.text
    browser.submit(page, title="Counsel")
    assert ana.title == "Counsel"


def test_it_refuses_an_address_that_is_taken(browser, page, ben):
    assert "is here already" in browser.submit(page, email=ben.email).text


def test_a_new_address_spends_the_links_to_the_old_one(browser, page, ana):
    browser.post("/reset-password", email=ana.email)
    browser.submit(page, email="ana@example.org")
    assert ana.email == "ana@example.org"
    assert db.session.query(OneTimeLink).count() == 0


@pytest.mark.parametrize("version", ["", "x", "-1", "1" * 40])
def test_an_odd_version_is_explained(browser, page, version):
    assert browser.submit(page, version=version).status_code == 422
