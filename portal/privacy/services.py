"""Letting somebody go: one transaction, once."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select

from portal.accounts import queries as accounts
from portal.accounts import services as account_services
from portal.accounts.models import OneTimeLink, Person, SignIn
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.clients import passing_on as clients
from portal.contributions import passing_on as pieces
from portal.db import db
from portal.errors import Refused
from portal.insights import passing_on as requests
from portal.jobs import services as jobs
from portal.pipeline import passing_on as pipeline
from portal.privacy import package, queries
from portal.privacy.models import Leaving
from portal.publishing import passing_on as library
from portal.releases import levels
from portal.sharing import outside
from portal.worksheets import passing_on as worksheets

KEPT_FOR = timedelta(days=14)
COUNTED = (
    *("contacts", "touches", "clients", "services", "opportunities", "items", "links"),
    *("requests", "pieces", "worksheets", "reminders"),
)
"""What of the preview is kept as what happened."""


def leave(
    person: Person,
    *,
    steward_id: int | None,
    keeps_words: bool,
    keeper_id: int | None = None,
    by: Viewer,
    now: datetime,
) -> Leaving:
    """Let somebody go with their contacts. What is the firm's passes to the steward, and items of the library to the
    keeper or to marketing; a second time changes nothing."""
    person = _held(person)
    if known := queries.leaving_or_none(person.id):
        return known
    if person.id == by.id:
        raise Refused("You can't let yourself go. Ask another admin.")
    preview = queries.preview(person, now)
    steward = _checked(person, steward_id, preview.passes_on)
    keeper = _checked(person, keeper_id, False, field="keeper")
    body = package.make(person, current_app.extensions["portal_config"].FIRM_NAME)
    _close(person)
    _pass_on(person, steward, keeps_words=keeps_words, by=by, now=now)
    library.pass_on(person.id, keeper, by_id=by.id, now=now)
    _hand_back(person, now)
    package.erase(person.id)
    leaving = Leaving(
        person_id=person.id,
        steward_id=steward.id if steward else None,
        by_id=by.id,
        at=now,
        counts={name: getattr(preview, name) for name in COUNTED} | {"roles": len(preview.grants)},
        sha256=package.keep(body),  # last of all, so that nothing that is refused leaves a file behind
        until=now + KEPT_FOR,
    )
    db.session.add(leaving)
    db.session.flush()  # the job needs the id
    jobs.enqueue("forget-package", leaving_id=leaving.id).run_at = leaving.until
    audit.note("left the firm", person, steward=steward.email if steward else "", **leaving.counts)
    return leaving


def _pass_on(person: Person, steward: Person | None, *, keeps_words: bool, by: Viewer, now: datetime) -> None:
    pipeline.end_offers(person.id, by_id=by.id, now=now)
    pipeline.forget_words(person.id, keeps_open=keeps_words)
    if steward is None:
        return
    # What the steward stands for is taken away and put back with what came, so that the levels follow.
    levels.person_left(steward.id, steward.practice_id)
    pipeline.pass_on(person, steward, keeps_words=keeps_words, by_id=by.id, now=now)
    clients.pass_on(person.id, steward.id, by_id=by.id, now=now)
    levels.person_joined(steward.id, steward.practice_id)


def _hand_back(person: Person, now: datetime) -> None:
    """Let go of what is in their hands: on marketing's desk, with people outside, and in their worksheets."""
    requests.put_back(person.id)
    pieces.put_back(person.id)
    outside.person_left(person.id, now)
    worksheets.person_left(person.id)


def fetch(leaving: Leaving, *, by: Viewer | None, now: datetime) -> None:
    """Note that the package was fetched: by the leaver, or by whoever is signed in and does it for them."""
    if leaving.fetched_at is None:
        leaving.fetched_at = now
    audit.note("contacts taken along", leaving.person, actor=by or leaving.person)


def _held(person: Person) -> Person:
    """One at a time for each person."""
    held = select(Person).where(Person.id == person.id).with_for_update(of=Person)
    return db.session.execute(held.execution_options(populate_existing=True)).scalar_one()


def _checked(person: Person, steward_id: int | None, is_needed: bool, field: str = "steward") -> Person | None:
    if steward_id is None:
        if is_needed:
            raise Refused("Say who looks after the firm's things from now on.", field="steward")
        return None
    steward = accounts.person(steward_id)
    if steward.id == person.id or not steward.is_active:
        raise Refused("Choose an active colleague who stays.", field=field)
    return steward


def _close(person: Person) -> None:
    """End the roles and the access at once; what somebody did stays counted, what they stand for no longer is."""
    for held in accounts.grants_of(person.id):
        account_services.revoke(person, held)
    if not person.is_active:
        return
    person.is_active = False
    db.session.flush()
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.person_id == person.id))
    levels.person_left(person.id, person.practice_id)
    audit.note("deactivated", person)
