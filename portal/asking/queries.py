"""The rules in force, what somebody checked, and what a colleague asked of the same person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.asking import collisions
from portal.asking.collisions import Ask, Span
from portal.asking.models import AskRuleVersion, CollisionLook, ReadinessCheck, Talk, TalkState
from portal.clients.models import Client, Service
from portal.db import db
from portal.errors import NotFound
from portal.network.models import Channel, Contact
from portal.paging import Page, page_of
from portal.pipeline.models import Opportunity
from portal.pipeline.stages import Stage

FRESH = timedelta(days=1)
"""How long what a look found is shown before one looks again."""


@dataclass(frozen=True)
class Match:
    """A colleague's ask of the same person; who it is stays inside."""

    owner_id: int
    contact_id: int
    ask: Ask


def visible_to(viewer: Viewer) -> Select[ReadinessCheck]:
    """The checks this person kept. Every other query about checks starts here."""
    return select(ReadinessCheck).where(ReadinessCheck.person_id == viewer.id)


def check_for(viewer: Viewer, check_id: int) -> ReadinessCheck:
    """One of them."""
    return _found(db.session.scalar(visible_to(viewer).where(ReadinessCheck.id == check_id)))


def checks_of(viewer: Viewer, opportunity_id: int, most: int = 20) -> Sequence[ReadinessCheck]:
    """What this person kept before one ask, newest first."""
    found = visible_to(viewer).where(ReadinessCheck.opportunity_id == opportunity_id)
    return db.session.scalars(found.order_by(ReadinessCheck.id.desc()).limit(most)).all()


_COLUMNS: list[Any] = [
    ReadinessCheck,
    Contact.name.label("contact"),
    Client.name.label("client"),
    Service.name.label("service"),
    Opportunity.organisation,
]


def kept(viewer: Viewer) -> Select[Any]:
    """All the checks this person kept, newest first, with the names of what each was about."""
    return (
        visible_to(viewer)
        .with_only_columns(*_COLUMNS)
        .outerjoin(Contact, Contact.id == ReadinessCheck.contact_id)
        .outerjoin(Client, Client.id == ReadinessCheck.client_id)
        .outerjoin(Service, Service.id == ReadinessCheck.service_id)
        .outerjoin(Opportunity, Opportunity.id == ReadinessCheck.opportunity_id)
        .order_by(ReadinessCheck.id.desc())
    )


def kept_page(viewer: Viewer) -> Page:
    """The same in pages."""
    return page_of(kept(viewer), scalars=False)


def rules_or_none() -> AskRuleVersion | None:
    """The rules in force, if any were ever loaded."""
    return db.session.scalar(select(AskRuleVersion).order_by(AskRuleVersion.number.desc()).limit(1))


def rules(number: int) -> AskRuleVersion:
    """The rules as they stood in one version."""
    return _found(db.session.get(AskRuleVersion, number))


def versions() -> list[Any]:
    """Every version there was, newest first: number, at."""
    found = select(AskRuleVersion.number, AskRuleVersion.at).order_by(AskRuleVersion.number.desc())
    return list(db.session.execute(found.limit(100)))


def span(row: AskRuleVersion | None) -> Span:
    """How long a colleague's ask counts."""
    return Span(**(row.days if row else {}))


def keys_of(contact: Contact) -> list[str]:
    """By what this contact is known again: the keyed hashes of their mail addresses and numbers."""
    found = select(Channel.match_key).where(Channel.contact_id == contact.id, Channel.match_key.is_not(None))
    return sorted({key for key in db.session.scalars(found) if key})


def matches(viewer: Viewer, keys: Sequence[str], today: date, within: Span) -> list[Match]:
    """Asks that colleagues who are still here made of the same person lately, or mean to make soon."""
    if not keys:
        return []
    theirs = aliased(Contact)
    found = db.session.execute(
        select(Opportunity.owner_id, theirs.id, Opportunity.stage, Opportunity.asked_on, Opportunity.next_on)
        .join(theirs, (theirs.id == Opportunity.contact_id) & (theirs.owner_id == Opportunity.owner_id))
        .join(Channel, Channel.contact_id == theirs.id)
        .join(Person, Person.id == Opportunity.owner_id)
        .where(
            Channel.match_key.in_(keys),
            Opportunity.owner_id != viewer.id,
            Person.is_active,
            or_(
                Opportunity.asked_on >= today - timedelta(days=within.asked_within),
                (Opportunity.stage == Stage.PLANNED) & (Opportunity.next_on >= today),
            ),
        )
        .distinct()
        .limit(200)
    ).all()
    asks = [
        Match(owner_id, contact_id, Ask(asked_on, next_on if stage == Stage.PLANNED else None))
        for owner_id, contact_id, stage, asked_on, next_on in found
    ]
    nearest_first = sorted(
        (one for one in asks if collisions.counts(one.ask, today, within)),
        key=lambda one: (one.ask.asked_on is None, str(one.ask.asked_on or one.ask.planned_on), one.owner_id),
    )
    return list({one.owner_id: one for one in nearest_first}.values())


def has_asked(viewer: Viewer, contact: Contact) -> bool:
    """Whether this person asked this contact for something already."""
    found = select(Opportunity.id).where(
        Opportunity.owner_id == viewer.id,
        Opportunity.contact_id == contact.id,
        Opportunity.asked_on.is_not(None),
    )
    return db.session.scalar(found.limit(1)) is not None


def look_or_none(viewer: Viewer, contact: Contact, now: datetime) -> CollisionLook | None:
    """What this person's last look found, while it is fresh."""
    return db.session.scalar(
        select(CollisionLook)
        .where(
            CollisionLook.contact_id == contact.id,
            CollisionLook.person_id == viewer.id,
            CollisionLook.at > now - FRESH,
        )
        .order_by(CollisionLook.id.desc())
        .limit(1)
    )


def looks_since(viewer: Viewer, since: datetime) -> int:
    """How often this person looked since a moment."""
    found = select(func.count()).select_from(CollisionLook)
    return db.session.scalar(found.where(CollisionLook.person_id == viewer.id, CollisionLook.at > since)) or 0


def talks_seen_by(viewer: Viewer) -> Select[Talk]:
    """What was offered to this person and not declined, and what came of their own offers. Every other query about
    talks starts here; an offer of one's own that nobody took up yet leads to nobody."""
    offered_to_me = (Talk.other_id == viewer.id) & (Talk.state != TalkState.DECLINED)
    mine = (Talk.asker_id == viewer.id) & (Talk.state == TalkState.ACCEPTED)
    return (
        select(Talk)
        .where(or_(offered_to_me, mine))
        .options(
            joinedload(Talk.asker),
            joinedload(Talk.other),
            joinedload(Talk.asker_contact),
            joinedload(Talk.other_contact),
        )
    )


def talk_for(viewer: Viewer, talk_id: int) -> Talk:
    """One of them."""
    return _found(db.session.scalar(talks_seen_by(viewer).where(Talk.id == talk_id)))


def talks_page(viewer: Viewer) -> Page:
    """All of them, newest first."""
    return page_of(talks_seen_by(viewer).order_by(Talk.id.desc()))


@dataclass(frozen=True)
class Offer:
    """An offer of one's own that nobody took up yet; whether somebody declined is not to be seen from it."""

    contact_id: int
    contact: str
    expires_on: date


def offers(viewer: Viewer, contact: Contact | None = None) -> list[Offer]:
    """Offers of one's own that were not taken up, newest first, once for each contact."""
    found = (
        select(Talk.asker_contact_id, Contact.name, func.max(Talk.expires_on).label("expires_on"))
        .join(Contact, Contact.id == Talk.asker_contact_id)
        .where(Talk.asker_id == viewer.id, Talk.state != TalkState.ACCEPTED)
        .group_by(Talk.asker_contact_id, Contact.name)
        .order_by(func.max(Talk.expires_on).desc(), Talk.asker_contact_id)
        .limit(50)
    )
    if contact is not None:
        found = found.where(Talk.asker_contact_id == contact.id)
    return [Offer(id_ or 0, name, expires_on) for id_, name, expires_on in db.session.execute(found)]


def agreed(viewer: Viewer, contact: Contact) -> Sequence[Talk]:
    """Talks about one contact that both agreed to."""
    mine = (Talk.asker_id == viewer.id) & (Talk.asker_contact_id == contact.id)
    theirs = (Talk.other_id == viewer.id) & (Talk.other_contact_id == contact.id)
    found = talks_seen_by(viewer).where(or_(mine, theirs), Talk.state == TalkState.ACCEPTED)
    return db.session.scalars(found.order_by(Talk.id.desc()).limit(5)).all()


def _found(row: Any) -> Any:
    if row is None:
        raise NotFound
    return row
