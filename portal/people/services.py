"""What admins do to people: add, change, deactivate, give and take roles."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from portal.access import Role
from portal.accounts import queries as accounts
from portal.accounts import services as account_services
from portal.accounts.models import Grant, OneTimeLink, Person, SignIn
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.db import db
from portal.errors import NotFound, Refused
from portal.releases import levels

TAKEN = "Somebody with this e-mail address is here already."


def add(*, name: str, email: str, practice_id: int, title: str, zone: str, invite: bool, now: datetime) -> Person:
    """Somebody new at the firm, invited by mail if asked."""
    try:
        person = account_services.add_person(
            email=email, name=name, practice=accounts.practice(practice_id), title=title, zone=zone, now=now
        )
    except IntegrityError:
        raise Refused(TAKEN, field="email") from None
    levels.person_joined(person.id, practice_id)
    if invite:
        account_services.invite(person, now=now)
    return person


def change_facts(
    person: Person, *, name: str, email: str, practice_id: int, title: str, zone: str, version: int
) -> None:
    """Correct what the portal knows of a person; another practice takes their figures along."""
    account_services.check_unchanged(person, version)
    email = email.lower()
    holder = accounts.person_or_none(email)
    if holder is not None and holder.id != person.id:
        raise Refused(TAKEN, field="email")
    before = {"name": person.name, "email": person.email, "title": person.title, "zone": person.zone}
    facts = {"name": name, "email": email, "title": title, "zone": zone}
    changed = {fact: [before[fact], after] for fact, after in facts.items() if before[fact] != after}
    if "email" in changed:
        # A link that went to the old address must not open the account any more.
        db.session.execute(delete(OneTimeLink).where(OneTimeLink.person_id == person.id))
    for fact, (_, after) in changed.items():
        setattr(person, fact, after)
    if changed:
        _flush()
        audit.note("facts changed", person, **changed)
    move(person, practice_id)


def move(person: Person, practice_id: int) -> None:
    """Place a person in another practice."""
    before = person.practice
    if before.id == practice_id:
        return
    person.practice = accounts.practice(practice_id)
    _flush()
    if person.is_active:
        levels.person_moved(person.id, before.id, practice_id)
    audit.note("moved", person, before=before.name, after=person.practice.name)


def deactivate(person: Person, *, by: Viewer) -> None:
    """Close a person's access at once; what they did stays, and they can be reactivated."""
    if person.id == by.id:
        raise Refused("You can't deactivate yourself. Ask another admin.")
    if not person.is_active:
        return
    roles = {held.role for held in accounts.grants_of(person.id)}
    if Role.ADMIN in roles and account_services.other_admins(person) == 0:
        raise Refused("This is the last admin. Make somebody else an admin first.")
    person.is_active = False
    _flush()
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.person_id == person.id))
    levels.person_left(person.id, person.practice_id)
    audit.note("deactivated", person)


def reactivate(person: Person) -> None:
    """Let a person in again, with the roles and the progress they had."""
    if person.is_active:
        return
    person.is_active = True
    _flush()
    levels.person_joined(person.id, person.practice_id)
    audit.note("reactivated", person)


def grant(person: Person, *, role: str, practice_id: int) -> None:
    """Give a person a role; only leaders and coaches have it for a practice."""
    given = Role(role)
    needs_practice = given in {Role.LEADER, Role.COACH}
    if needs_practice and not practice_id:
        raise Refused("Choose the practice that they lead or coach.", field="practice_id")
    account_services.grant(person, given, accounts.practice(practice_id) if needs_practice else None)


def revoke(person: Person, grant_id: int, *, by: Viewer) -> None:
    """Take a role away; it ends at once, also in open windows."""
    held = db.session.get(Grant, grant_id)
    if held is None or held.person_id != person.id:
        raise NotFound
    if held.role == Role.ADMIN and person.id == by.id:
        raise Refused("You can't take your own admin role away. Ask another admin.")
    account_services.revoke(person, held)


def send_link(person: Person, *, now: datetime) -> None:
    """Mail a link to choose a password: an invitation, or for those who joined already a new password."""
    if person.joined_at and person.is_active:
        account_services.ask_for_reset(email=person.email, now=now)
    else:
        account_services.invite(person, now=now)


def _flush() -> None:
    try:
        db.session.flush()  # the version decides between two who save at the same moment
    except StaleDataError:
        raise Refused(account_services.CHANGED_MEANWHILE) from None
    except IntegrityError:
        raise Refused(TAKEN, field="email") from None
