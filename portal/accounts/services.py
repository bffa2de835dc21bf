"""Signing in and out, passwords, invitations, and roles."""

import secrets
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, func, or_, select

from portal.access import Role
from portal.accounts import letters, passwords, queries
from portal.accounts.models import FailedSignIn, Grant, OneTimeLink, Person, Practice, SignIn
from portal.accounts.viewer import Viewer, hashed
from portal.audit import services as audit
from portal.config import Config
from portal.db import db
from portal.errors import Refused
from portal.jobs import services as jobs

SIGNED_IN_FOR = timedelta(days=14)
LINK_GOOD_FOR = {"invite": timedelta(days=14), "reset": timedelta(hours=2)}
WINDOW = timedelta(minutes=15)
MOST_FAILURES = {"account": 10, "address": 100}
"""Failed sign-ins within WINDOW before an account, or a network address, has to wait."""

MOST_LINKS = 3
"""Links to choose a new password that one person is sent within WINDOW; somebody else may be asking for them."""

NO_ENTRY = "That e-mail address and password don't go together. Check both, or choose a new password."
TOO_MANY = "Too many attempts. Wait a quarter of an hour, or choose a new password."

CHANGED_MEANWHILE = (
    "Somebody changed this while your page was open. What you typed is kept; save again to put it in place of theirs."
)


class TooMany(Refused):
    """Tried too often; the page answers 429."""


def sign_in(*, email: str, password: str, address: str, browser: str, now: datetime) -> str:
    """Sign a person in and return the key for the cookie. Unknown, inactive and wrong all look and take the same.

    Raises Refused; what the log and the counter must keep is committed by the caller, also then.
    """
    account = hashed(email.strip().lower())
    _throttle(account, address, now)
    person = queries.person_or_none(email)
    right = passwords.matches(person.password_hash if person else None, password, _tool())
    if not (person and right and person.is_active):
        db.session.add(FailedSignIn(account=account, address=address, at=now))
        audit.note("sign-in failed", actor=email.strip().lower()[:200] or "nobody")
        raise Refused(NO_ENTRY)
    db.session.execute(delete(FailedSignIn).where(or_(FailedSignIn.account == account, FailedSignIn.at < now - WINDOW)))
    audit.note("signed in", actor=person)
    return open_sign_in(person, address=address, browser=browser, now=now)


def open_sign_in(person: Person, *, address: str, browser: str, now: datetime) -> str:
    """A new signed-in browser; returns its key."""
    key = secrets.token_urlsafe(32)
    person.joined_at = person.joined_at or now
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id, SignIn.expires_at < now))
    db.session.add(
        SignIn(
            key_hash=hashed(key),
            person_id=person.id,
            created_at=now,
            expires_at=now + SIGNED_IN_FOR,
            browser=browser[:300],
            address=address,
        )
    )
    return key


def sign_out(viewer: Viewer) -> None:
    """Sign this browser out."""
    db.session.execute(delete(SignIn).where(SignIn.id == viewer.sign_in_id))
    audit.note("signed out")


def sign_out_everywhere(person: Person | Viewer, *, but: int = 0) -> None:
    """Sign a person out of every browser, save one if named."""
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id, SignIn.id != but))
    audit.note("signed out everywhere", person)


def change_password(person: Person, *, old: str, password: str, but: int) -> None:
    """Choose a new password, knowing the old one; other browsers are signed out."""
    if not passwords.matches(person.password_hash, old, _tool()):
        raise Refused("That isn't your present password.", field="old")
    _set_password(person, password)
    audit.note("password changed")
    sign_out_everywhere(person, but=but)


def change_own_facts(person: Person, *, name: str, zone: str, version: int) -> None:
    """What people say about themselves."""
    check_unchanged(person, version)
    if (name, zone) != (person.name, person.zone):
        person.name, person.zone = name, zone
        audit.note("own facts changed", person)


def check_unchanged(person: Person, version: int) -> None:
    """Refuse to overwrite what was changed since a page was opened."""
    if person.version != version:
        raise Refused(CHANGED_MEANWHILE)


def ask_for_reset(*, email: str, now: datetime) -> None:
    """Mail a link to choose a new password, if the address is known; the page says the same either way."""
    person = queries.person_or_none(email)
    audit.note("password reset asked for", actor=email.strip().lower()[:200])
    if person and person.is_active and _links_lately(person, now) < MOST_LINKS:
        _send_link(person, "reset", now)


def invite(person: Person, *, now: datetime) -> str:
    """Mail a link to choose a first password, and return it."""
    if not person.is_active:
        raise Refused("This person is deactivated. Reactivate them first.")
    audit.note("invited", person)
    return _send_link(person, "invite", now)


def link_or_none(token: str, now: datetime) -> OneTimeLink | None:
    """The link that this token belongs to, if it is still good."""
    return db.session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == hashed(token), OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now
        )
    )


def choose_password(link: OneTimeLink, *, password: str, now: datetime) -> Person:
    """Use a link to choose a password; every browser that was signed in is signed out."""
    person = queries.person(link.person_id)
    if not person.is_active:
        raise Refused("This link is no longer good. Ask for a new one.")
    _set_password(person, password)
    link.used_at = now
    person.joined_at = person.joined_at or now
    audit.note("password chosen", actor=person, by_link=link.purpose)
    sign_out_everywhere(person)
    return person


def add_person(*, email: str, name: str, practice: Practice, title: str = "", zone: str = "", now: datetime) -> Person:
    """Somebody new at the firm. Raises Refused when the address is taken."""
    email = email.strip().lower()
    if queries.person_or_none(email):
        raise Refused("Somebody with this e-mail address is here already.", field="email")
    person = Person(
        email=email, name=name, practice=practice, title=title, zone=zone, password_hash=None, created_at=now
    )
    db.session.add(person)
    db.session.flush()  # the unique constraint speaks here, and callers need the id
    audit.note("person added", person, practice=practice.name)
    return person


def grant(person: Person, role: Role, practice: Practice | None = None) -> None:
    """Give a person a role; leaders and coaches for a practice. Granting twice changes nothing."""
    if role == Role.PRACTITIONER:
        raise Refused("Everybody is a practitioner already.", field="role")
    if (role in {Role.LEADER, Role.COACH}) != (practice is not None):
        raise Refused("Leaders and coaches need a practice; other roles have none.", field="practice_id")
    if any(
        held.role == role and held.practice_id == (practice.id if practice else None)
        for held in queries.grants_of(person.id)
    ):
        return
    db.session.add(Grant(person_id=person.id, role=role, practice_id=practice.id if practice else None))
    _keep_roles(person)
    audit.note("role granted", person, role=role, practice=practice.name if practice else "")


def revoke(person: Person, held: Grant) -> None:
    """Take a role away. The last admin stays."""
    if held.role == Role.ADMIN and other_admins(person) == 0:
        raise Refused("This is the last admin. Make somebody else an admin first.")
    db.session.delete(held)
    _keep_roles(person)
    audit.note("role revoked", person, role=held.role, practice=held.practice.name if held.practice else "")


def other_admins(person: Person) -> int:
    """How many active admins there are besides this person."""
    # Every admin's row is held, in one order, so that two admins cannot remove each other at the same moment.
    admins = db.session.scalars(
        select(Person.id)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.role == Role.ADMIN, Person.is_active)
        .order_by(Person.id)
        .with_for_update(of=Person)
    )
    return sum(found != person.id for found in admins)


def _keep_roles(person: Person) -> None:
    db.session.flush()  # the grants just changed are read back
    person.roles = ",".join(sorted({str(held.role) for held in queries.grants_of(person.id)}))


def _set_password(person: Person, password: str) -> None:
    passwords.check_acceptable(password, person.email)
    person.password_hash = _tool().hash(password)


def _throttle(account: str, address: str, now: datetime) -> None:
    since = FailedSignIn.at > now - WINDOW
    for column, value in ((FailedSignIn.account, account), (FailedSignIn.address, address)):
        failures = db.session.scalar(select(func.count()).where(column == value, since)) or 0
        if failures >= MOST_FAILURES[column.key]:
            raise TooMany(TOO_MANY)


def _links_lately(person: Person, now: datetime) -> int:
    since = now - WINDOW + LINK_GOOD_FOR["reset"]
    mine = (OneTimeLink.person_id == person.id) & (OneTimeLink.purpose == "reset")
    return db.session.scalar(select(func.count()).where(mine, OneTimeLink.expires_at > since)) or 0


def _send_link(person: Person, purpose: str, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    db.session.add(
        OneTimeLink(
            token_hash=hashed(token),
            person_id=person.id,
            purpose=purpose,
            expires_at=now + LINK_GOOD_FOR[purpose],
            used_at=None,
        )
    )
    address = f"{_config().BASE_URL}/choose-password/{token}"
    write = letters.invitation if purpose == "invite" else letters.reset
    subject, text = write(name=person.name, firm=_config().FIRM_NAME, address=address)
    jobs.letter(to=person.email, subject=subject, text=text)
    return address


def _tool():
    return passwords.hasher(_config().PASSWORD_MEMORY_KIB)


def _config() -> Config:
    return current_app.extensions["portal_config"]
