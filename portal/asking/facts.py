"""What the portal knows, before an ask, from its own rows. What no row tells is not there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.asking.rules import AT_CLIENT, LAST_CONTACT
from portal.certification import queries as certification
from portal.clients import queries as clients
from portal.clients.models import Client, FlagKind, Service
from portal.db import db
from portal.message import queries as message
from portal.network.models import Contact, Pace, Touch, TouchKind
from portal.pipeline.models import Opportunity, OpportunityKind
from portal.worksheets.models import FilledWorksheet, Worksheet

REAL = (TouchKind.MEETING, TouchKind.CALL, TouchKind.MESSAGE, TouchKind.EVENT)
"""What counts as really being in touch; an ask alone doesn't."""
SHEETS = {OpportunityKind.REFERRAL: "referral-request", OpportunityKind.CROSS_SELL: "cross-sell"}
"""The worksheet that prepares a kind of ask."""
LOOKED_THROUGH = 40
"""So many worksheets, the newest, are searched for a name."""


@dataclass(frozen=True)
class Subject:
    """What an ask is about: whom, which client, which service, and the words where nothing was chosen."""

    kind: OpportunityKind
    contact: Contact | None = None
    client: Client | None = None
    service: Service | None = None
    filled_id: int | None = None
    organisation: str = ""
    who: str = ""

    @property
    def sheet(self) -> str:
        """The key of the worksheet that prepares it; another kind of ask is prepared like a referral."""
        return SHEETS.get(self.kind, SHEETS[OpportunityKind.REFERRAL])


def about(opportunity: Opportunity, contact: Contact | None) -> Subject:
    """The subject of an opportunity; the client is the contact's where none was chosen."""
    client_id = opportunity.client_id or (contact.client_id if contact else None)
    return Subject(
        opportunity.kind,
        contact,
        _standing(client_id) if client_id else None,
        db.session.get(Service, opportunity.service_id) if opportunity.service_id else None,
        opportunity.filled_id,
        opportunity.organisation,
        opportunity.contact,
    )


def _standing(client_id: int) -> Client | None:
    """The client, or the one that it turned out to be: flags stand there."""
    found = db.session.get(Client, client_id)
    return db.session.get(Client, found.merged_into_id) if found and found.merged_into_id else found


def known(subject: Subject, *, by: Viewer, now: datetime) -> dict[str, str]:
    """The facts that rows tell today."""
    today = by.today(now)
    return (
        _of_client(subject.client, today)
        | _of_contact(subject.contact, today)
        | _of_service(subject.service)
        | _of_standing(by)
        | _of_worksheet(subject, by)
    )


def practices(viewer: Viewer) -> list[str]:
    """The keys of this person's practice and of all above it."""
    line = message.line_of(viewer)
    return list(db.session.scalars(select(Practice.key).where(Practice.id.in_(line)).order_by(Practice.path)))


def _of_client(client: Client | None, today: date) -> dict[str, str]:
    if client is None:
        return {}
    flags = {flag.kind for flag in clients.flags_in_force([client.id], today).get(client.id, [])}
    return {AT_CLIENT: "linked"} | {f"flag-{kind}": "yes" if kind in flags else "no" for kind in FlagKind}


def _of_contact(contact: Contact | None, today: date) -> dict[str, str]:
    if contact is None:
        return {}
    found = {
        "contact-left-out": "yes" if contact.pace == Pace.LEFT_OUT else "no",
        "relation": str(contact.relation),
    }
    taken_back = aliased(Touch)
    last = db.session.scalar(
        select(func.max(Touch.happened_on)).where(
            Touch.contact_id == contact.id,
            Touch.kind.in_(REAL),
            Touch.takes_back_id.is_(None),
            Touch.happened_on <= today,
            ~select(taken_back.id).where(taken_back.takes_back_id == Touch.id).exists(),
        )
    )
    return found | ({LAST_CONTACT: str((today - last).days)} if last else {})


def _of_service(service: Service | None) -> dict[str, str]:
    if service is None or service.owner_id is None:
        return {}
    is_here = db.session.scalar(select(Person.is_active).where(Person.id == service.owner_id))
    return {"service-owner": "named" if is_here and not service.is_retired else "gone"}


def _of_standing(by: Viewer) -> dict[str, str]:
    standing = certification.today_for(by)
    if standing is None:
        return {}
    is_certified = standing.number is not None
    return {"certification": "none" if not is_certified else "stale" if standing.stale_at else "current"}


def _of_worksheet(subject: Subject, by: Viewer) -> dict[str, str]:
    """Whether a worksheet is about this: the one it was logged from, or one that names the contact or the client."""
    found = db.session.execute(
        select(FilledWorksheet.id, FilledWorksheet.answers, FilledWorksheet.finished_at)
        .join(Worksheet, Worksheet.id == FilledWorksheet.worksheet_id)
        .where(
            FilledWorksheet.person_id == by.id,
            or_(FilledWorksheet.id == (subject.filled_id or 0), Worksheet.key == subject.sheet),
        )
        .order_by(FilledWorksheet.saved_at.desc(), FilledWorksheet.id.desc())
        .limit(LOOKED_THROUGH)
    ).all()
    names = _names(subject)
    about_this = [row for row in found if row.id == subject.filled_id or names_one_of(row.answers, names)]
    if not about_this:
        return {}
    return {"worksheet": "finished" if any(row.finished_at for row in about_this) else "begun"}


def _names(subject: Subject) -> set[str]:
    """How a worksheet may name it: what a picker keeps, and the plain words."""
    found = {subject.who} if subject.kind == OpportunityKind.REFERRAL else {subject.organisation}
    for one in (subject.contact, subject.client):
        if one is not None:
            found |= {f"{one.id}|{one.name}", one.name}
    return {name.casefold().strip() for name in found if name.strip()}


def names_one_of(answers: Mapping[str, Any], names: Iterable[str]) -> bool:
    """Whether a cell or a field says one of these names and nothing else."""
    wanted = set(names)
    said = [value for value in answers.values() if isinstance(value, str)]
    said += [
        text
        for value in answers.values()
        if isinstance(value, list)
        for row in value
        for name, text in row.items()
        if name != "row"
    ]
    return any(str(text).casefold().strip() in wanted for text in said)
