"""What would happen if somebody left, and what happened when they did."""

from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts import queries as accounts
from portal.accounts.models import Grant, Person
from portal.clients import passing_on as clients
from portal.contributions import passing_on as pieces
from portal.db import db
from portal.editing import queries as editing
from portal.errors import NotFound
from portal.insights import passing_on as requests
from portal.network import sharing
from portal.pipeline import passing_on as pipeline
from portal.privacy import package
from portal.privacy.models import Leaving
from portal.publishing import passing_on as library
from portal.sharing import outside
from portal.usage import decisions
from portal.worksheets import passing_on as written

SALT = "leaving the firm"


@dataclass(frozen=True)
class Preview:
    """What goes along, what passes on, and what ends."""

    contacts: int
    touches: int
    clients: int
    client_names: list[str]
    services: int
    opportunities: int
    worth: int
    items: int
    """Items of the library that they answer for; without a colleague to take them they go to marketing."""
    grants: list[Grant]
    links: int
    """Links to library items that people outside hold, open now."""
    shown: int
    """Contacts that they show to colleagues."""
    requests: int
    """Requests for content that they are writing."""
    pieces: int
    """Contributions that they edit with their authors."""
    decisions: int
    """Decisions about items that are still to be looked at."""
    unsaved: int
    """Items into which they typed something that they did not save."""
    worksheets: int
    reminders: int

    @property
    def passes_on(self) -> bool:
        """Whether somebody has to look after anything from now on."""
        return bool(self.clients or self.services or self.opportunities)

    @property
    def goes_to_marketing(self) -> bool:
        """Whether marketing gets something to go on with."""
        return bool(self.items or self.requests or self.pieces or self.decisions or self.unsaved)


def preview(person: Person, now: datetime) -> Preview:
    """What would happen if this person left now."""
    contacts, touches = package.counts(person.id)
    looked_after, services = clients.counts(person.id)
    opportunities, worth = pipeline.waiting(person.id)
    worksheets, reminders = written.counts(person.id)
    return Preview(
        contacts=contacts,
        touches=touches,
        clients=looked_after,
        client_names=clients.stewarded(person.id),
        services=services,
        opportunities=opportunities,
        worth=worth,
        items=library.owned(person.id),
        grants=accounts.grants_of(person.id),
        links=outside.open_links(person.id, now),
        shown=sharing.shown_of(person.id),
        requests=requests.writing(person.id),
        pieces=pieces.editing(person.id),
        decisions=decisions.waiting_of(person.id),
        unsaved=editing.unsaved(person.id),
        worksheets=worksheets,
        reminders=reminders,
    )


def leaving_or_none(person_id: int) -> Leaving | None:
    """How somebody left last, if they did and are not back."""
    found = (
        select(Leaving)
        .join(Person, Person.id == Leaving.person_id)
        .where(Leaving.person_id == person_id, ~Person.is_active)
        .options(joinedload(Leaving.steward))
    )
    return db.session.scalar(found.order_by(Leaving.id.desc()).limit(1))


def token(secret: str, leaving: Leaving) -> str:
    """What the address of the package ends with; nobody can make one without the portal's key."""
    return str(URLSafeSerializer(secret, salt=SALT).dumps(leaving.id))


def leaving_by(secret: str, given: str, now: object) -> Leaving:
    """The package that an address leads to, while it is there; NotFound for everything else."""
    try:
        number = URLSafeSerializer(secret, salt=SALT).loads(given)
    except BadSignature:
        raise NotFound from None
    found = db.session.scalar(
        select(Leaving).where(Leaving.id == number, Leaving.forgotten_at.is_(None), Leaving.until > now)
    )
    if found is None:
        raise NotFound
    return found
