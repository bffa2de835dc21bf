"""The audit log, the mail folder and background work."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal import mail
from portal.audit import services as audit
from portal.audit.models import AuditEvent
from portal.db import db
from portal.jobs.models import Job, JobState
from tests import make
from tests.people.make_people import cells


@pytest.fixture
def log(browser, admin, ana, ben):
    audit.note("role granted", ana, actor=admin, role="leader")
    audit.note("sign-in failed", actor="mallory@example.org")
    audit.note("deactivated", ben, actor=admin)
    make.saved(
        AuditEvent(at=make.NOON - timedelta(days=9), actor_id=None, actor="system", action="long ago", detail={})
    )
    browser.sign_in(admin)
    return lambda **query: browser.get("/people/audit", **query).text.partition("<tbody>")[2]


def test_the_log_shows_who_did_what_to_whom(log, ana):
    text = log()
    assert "Role granted" in text
    assert "role: leader" in text
    assert f'<a href="/people/{ana.id}">{ana.email}</a>' in text


@pytest.mark.parametrize(
    ("query", "seen", "hidden"),
    [
        ({"words": "mallory"}, "Sign-in failed", "Role granted"),
        ({"words": "BEN.okoro"}, "Deactivated", "Role granted"),
        ({"action": "role granted"}, "Role granted", "Deactivated"),
        ({"since": "2026-03-01"}, "Role granted", "Long ago"),
    ],
)
def test_the_log_can_be_narrowed(log, query, seen, hidden):
    text = log(**query)
    assert seen in text
    assert hidden not in text


def test_the_log_is_exported_as_narrowed_and_without_formulas(browser, log):
    audit.note("sign-in failed", actor="=cmd()")
    rows = cells(browser.get("/people/audit.csv", action="sign-in failed"))
    assert {row[1] for row in rows[1:]} == {"'=cmd()", "mallory@example.org"}


def test_long_logs_come_in_pages(browser, log):
    for _ in range(60):
        audit.note("noise")
    assert "1 to 50 of 65" in browser.get("/people/audit").text


def test_a_person_has_their_own_trail(browser, log, ana):
    page = browser.get(f"/people/{ana.id}").text
    assert "<strong>Role granted</strong>" in page
    assert "Sign-in failed" not in page


def test_mails_are_shown_with_a_link_that_works_under_any_name(app, browser, admin, ana):
    browser.post("/reset-password", email=ana.email)
    page = browser.sign_in(admin).get("/people/mail").text
    assert f"To {ana.email}" in page
    assert 'href="/choose-password/' in page


def test_with_a_mail_server_no_mail_is_shown(app, browser, admin, monkeypatch):
    config = app.extensions["portal_config"]
    mail.send(config, to="x@example.org", subject="Hidden letter", text="x")
    monkeypatch.setitem(app.extensions, "portal_config", replace(config, SMTP_URL="smtp://localhost"))
    assert "Hidden letter" not in browser.sign_in(admin).get("/people/mail").text


@pytest.fixture
def dead():
    payload = {"to": "x@example.org", "subject": "Once more", "text": "A secret link"}
    return make.saved(
        Job(
            handler="send-mail",
            payload=payload,
            state=JobState.DEAD,
            attempts=6,
            error="OSError: no route",
            run_at=make.NOON,
            created_at=make.NOON,
        )
    )


def test_dead_work_stands_with_its_reason_and_without_its_contents(browser, admin, dead):
    page = browser.sign_in(admin).get("/people/jobs").text
    assert "OSError: no route" in page
    assert "A secret link" not in page


def test_trying_again_does_it(app, browser, admin, dead):
    browser.sign_in(admin).post(f"/people/jobs/{dead.id}/try-again")
    assert db.session.get(Job, dead.id).state == JobState.DONE
    assert mail.letters(app.extensions["portal_config"])[0].subject == "Once more"


def test_only_dead_work_is_tried_again(browser, admin, dead):
    dead.state = JobState.WAITING
    answer = browser.sign_in(admin).post(f"/people/jobs/{dead.id}/try-again")
    assert answer.status_code == 422
    assert "worked on already" in answer.text


def test_work_that_is_not_there_is_not_found(browser, admin):
    assert browser.sign_in(admin).post("/people/jobs/999999/try-again").status_code == 404
