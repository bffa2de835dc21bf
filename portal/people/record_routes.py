"""What the portal keeps a record of: the audit log, mails that were not sent, background work."""

import re
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock, mail, sheets
from portal.access import Can, allow
from portal.attachments import queries as attachments
from portal.audit import queries as audit
from portal.audit.models import AuditEvent
from portal.db import db
from portal.forms import Form
from portal.jobs import queries as jobs
from portal.jobs import services as job_services
from portal.jobs.models import JobState
from portal.paging import page_of
from portal.people.blueprint import asked_choice, asked_day, asked_words, bp

MOST_EXPORTED = 100_000


@bp.get("/audit")
@allow(Can.ADMINISTER)
def audit_log():
    actions = audit.actions()
    page = page_of(_asked_events(actions), size=50)
    return render_template(
        "people/audit.html",
        page=page,
        rows=lines(page.rows),
        actions=actions,
        words=asked_words(),
        action=asked_choice("action", actions),
        since=asked_day("since"),
        is_narrowed=any(request.args.get(name) for name in ("words", "action", "since")),
    )


@bp.get("/audit.csv")
@allow(Can.ADMINISTER)
def export_audit_log():
    events = db.session.scalars(_asked_events(audit.actions()).limit(MOST_EXPORTED))
    rows = [
        [event.at, event.actor, event.action, event.subject, said_detail(event.detail), event.address]
        for event in events
    ]
    return sheets.download("audit-log", "csv", ["At (UTC)", "Who", "What", "To whom", "Details", "Address"], rows)


@bp.get("/mail")
@allow(Can.ADMINISTER)
def mails():
    config = current_app.extensions["portal_config"]
    letters = [] if config.SMTP_URL else mail.letters(config)
    shown = [
        (
            letter,
            clock.said_moment(parsedate_to_datetime(letter.date), current_user.zone),
            link_in(letter.text, config.BASE_URL),
        )
        for letter in letters
    ]
    return render_template("people/mail.html", letters=shown, is_sent=bool(config.SMTP_URL))


@bp.get("/jobs")
@allow(Can.ADMINISTER)
def background_work():
    return _work()


@bp.post("/jobs/<int:job_id>/try-again")
@allow(Can.ADMINISTER)
def try_again(job_id: int):
    job = jobs.job(job_id)
    form = Form()
    if form.accepted():
        with form.explaining_refusals():
            job_services.try_again(job)
            flash("It is tried again now.")
            return redirect(url_for("people.background_work"))
    return _work(form), form.status


def lines(events: Sequence[AuditEvent]) -> list[dict[str, Any]]:
    """Events as a page shows them."""
    return [
        {
            "at": clock.said_moment(event.at, current_user.zone),
            "actor": event.actor,
            "actor_id": event.actor_id,
            "action": event.action.capitalize(),
            "subject": event.subject,
            "subject_id": event.subject_id,
            "detail": said_detail(event.detail),
            "address": event.address,
        }
        for event in events
    ]


def said_detail(detail: dict[str, Any]) -> str:
    """The details of an event in a line: 'practice: Tax; title: Partner, was empty'."""

    def said(value: Any) -> str:
        if isinstance(value, list) and len(value) == 2:
            return f"{value[1] or 'empty'}, was {value[0] or 'empty'}"
        return str(value)

    return "; ".join(f"{name.replace('_', ' ')}: {said(value)}" for name, value in detail.items() if value != "")


def link_in(text: str, ours: str) -> str:
    """The first address in a mail; one of ours without the host, so that it works under any name."""
    found = re.search(r"https?://\S+", text)
    return found[0].removeprefix(ours) if found else ""


def _asked_events(actions: Sequence[str]) -> Any:
    return audit.events(
        words=asked_words(),
        action=asked_choice("action", actions),
        since=asked_day("since"),
        zone=current_user.zone,
    )


def _work(form: Form | None = None) -> str:
    return render_template(
        "people/jobs.html",
        pressed=form,
        dead=page_of(jobs.in_state(JobState.DEAD)),
        waiting=db.session.scalars(jobs.in_state(JobState.WAITING).limit(25)).all(),
        counts=jobs.counts(),
        swept=attachments.last_sweep(),
        troubles=attachments.troubles(most=25),
        zone=current_user.zone,
    )
