"""What a new firm still lacks before the portal is of use to its people, and where each is made."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.access import Role
from portal.accounts.models import Grant, Person, Practice
from portal.clients.models import Client, Service
from portal.config import Config
from portal.db import db
from portal.learning.models import Module
from portal.message.models import Pitch


@dataclass(frozen=True)
class Step:
    """One thing that a new firm needs."""

    is_done: bool
    what: str
    why: str
    url: str = ""
    action: str = ""


def _any(id: Any, *where: Any) -> Any:
    return select(id).where(*where).exists()


def _several(id: Any, *where: Any) -> Any:
    return select(id).where(*where).offset(1).limit(1).exists()


_THERE = (
    _any(Module.id),
    # A small firm may well be one practice; once there are people, nobody need be told to divide them.
    _several(Practice.id) | _several(Person.id, Person.is_active),
    _several(Person.id, Person.is_active),
    _any(Grant.id, Grant.role == Role.LEADER),
    _any(Grant.id, Grant.role == Role.MARKETING),
    _any(Pitch.id, Pitch.number > 0),
    _any(Service.id),
    _any(Client.id),
)
_NEEDED = (
    ("The programme", "Lessons, cards and worksheets are loaded on the server: portal content load.", "", ""),
    ("Practices", "The tree that people, leaders and figures hang on.", "/people/practices", "Add practices"),
    ("People", "From a file or one by one; each is invited by mail.", "/people/import", "Import people"),
    (
        "Leaders",
        "They see how their practice does, and hear recitals. Open a person and give them the role.",
        "/people?state=active",
        "Choose somebody",
    ),
    (
        "Marketing",
        "Somebody who publishes the pitch and keeps the library; it may be you.",
        "/people?state=active",
        "Choose somebody",
    ),
    (
        "The firm’s pitch",
        "What everybody says when asked who they work for. Marketing writes it in the studio.",
        "",
        "",
    ),
    ("Services", "What the firm does for clients.", "/clients/services", "Add services"),
    ("Clients", "Each with its steward; a list can come from a file.", "/clients/import", "Import clients"),
)
_MAIL = (
    "Mail",
    "PORTAL_SMTP_URL is not set on the server, so mails reach nobody. They are kept here, to be passed on by hand.",
    "/people/mail",
    "See the mails",
)


def steps(config: Config) -> list[Step]:
    """What a new firm needs, in order, mail first; empty once all of it is there, whether mail is set up or not."""
    there = db.session.execute(select(*_THERE)).one()
    if all(there):
        return []
    done = (bool(config.SMTP_URL), *there)
    return [Step(bool(is_done), *told) for is_done, told in zip(done, (_MAIL, *_NEEDED), strict=True)]
