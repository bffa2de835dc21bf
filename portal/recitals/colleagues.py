"""Colleagues whom somebody asks to listen: inviting, withdrawing, and what they write, to the owner alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal import once
from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.db import db
from portal.errors import NotFound, Refused
from portal.recitals import letters, listening, queries
from portal.recitals.models import Invitation, Medium, Recital, Recording

MOST = 5
"""How many colleagues are asked about one recital."""
MOST_FOUND = 12


def invitations_of(recital: Recital) -> Sequence[Invitation]:
    """Whom the owner asked and did not un-ask."""
    return db.session.scalars(
        select(Invitation)
        .where(Invitation.recital_id == recital.id, Invitation.withdrawn_at.is_(None))
        .options(joinedload(Invitation.person))
        .order_by(Invitation.at, Invitation.id)
    ).all()


def invitations_for(viewer: Viewer) -> Sequence[Invitation]:
    """The recitals that this person was asked to listen to, newest first."""
    return db.session.scalars(
        select(Invitation)
        .where(Invitation.person_id == viewer.id, Invitation.withdrawn_at.is_(None))
        .options(
            joinedload(Invitation.recital).joinedload(Recital.person),
            joinedload(Invitation.recital).joinedload(Recital.pitch),
        )
        .order_by(Invitation.at.desc(), Invitation.id.desc())
        .limit(20)
    ).all()


def invitation_for(viewer: Viewer, invitation_id: int) -> Invitation:
    """One invitation of this person's that stands."""
    found = db.session.scalar(
        select(Invitation)
        .where(Invitation.id == invitation_id, Invitation.person_id == viewer.id, Invitation.withdrawn_at.is_(None))
        .options(
            joinedload(Invitation.recital).joinedload(Recital.person),
            joinedload(Invitation.recital).joinedload(Recital.pitch),
        )
    )
    if found is None:
        raise NotFound
    return found


def found(viewer: Viewer, recital: Recital, words: str) -> Sequence[Person]:
    """Colleagues by name, without the owner and those who were asked already."""
    if len(words.strip()) < 2:
        return []
    asked = select(Invitation.person_id).where(Invitation.recital_id == recital.id, Invitation.withdrawn_at.is_(None))
    return db.session.scalars(
        select(Person)
        .where(
            Person.is_active,
            Person.id != viewer.id,
            Person.id.not_in(asked),
            Person.name.icontains(words.strip()[:100], autoescape=True),
        )
        .options(joinedload(Person.practice))
        .order_by(Person.name, Person.id)
        .limit(MOST_FOUND)
    ).all()


def invite(recital: Recital, *, person_id: int, by: Viewer, now: datetime) -> Person:
    """Ask a colleague to listen. Asking twice asks once."""
    person = db.session.get(Person, person_id)
    if person is None or not person.is_active:
        raise Refused("This colleague isn't at the firm any more. Choose another.")
    if person.id == by.id:
        raise Refused("You have heard yourself already. Choose a colleague.")
    if recital.medium == Medium.TYPED and not recital.text.strip():
        raise Refused("Write something first, so that they have something to read.")
    if recital.medium != Medium.TYPED and queries.recording_or_none(recital) is None:
        raise Refused("Record something first, so that they have something to hear.")
    known = db.session.scalar(
        select(Invitation).where(Invitation.recital_id == recital.id, Invitation.person_id == person.id)
    )
    if known is not None and known.withdrawn_at is None:
        return person
    if len(invitations_of(recital)) >= MOST:
        raise Refused(f"Five colleagues are enough for one recital; you have asked {MOST}.")
    invitation = known or Invitation(recital_id=recital.id, person_id=person.id, at=now)
    invitation.withdrawn_at = None
    once.add(invitation)
    audit.note("colleague asked to listen", person, recital=recital.id)
    letters.invited(person, recital, by=by.name, invitation_id=invitation.id)
    return person


def withdraw(recital: Recital, invitation_id: int, *, now: datetime) -> None:
    """Un-ask a colleague: they can't listen any more. What they wrote stays with the owner."""
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.recital_id != recital.id:
        raise NotFound
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = now
        audit.note("colleague no longer asked", invitation.person, recital=recital.id)


def write(invitation: Invitation, *, text: str, second: int | None, key: str, by: Viewer, now: datetime) -> None:
    """Tell the owner what one noticed. Nobody else sees it, and there is no score."""
    recital = invitation.recital
    listening.comment(recital, text=text, second=second, claim="", key=key, by=by, now=now, is_from_coach=False)
    if invitation.answered_at is None:
        invitation.answered_at = now
        letters.answered(recital, by=by.name)


def may_hear(viewer: Viewer, recording: Recording) -> bool:
    """Whether this person was invited to a recording, and still is."""
    asked = select(Invitation.id).where(
        Invitation.recital_id == recording.recital_id,
        Invitation.person_id == viewer.id,
        Invitation.withdrawn_at.is_(None),
    )
    return db.session.scalar(asked) is not None
