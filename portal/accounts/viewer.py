"""The person asking: loaded once per request, with one statement and no entity."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from flask import current_app
from flask_login import LoginManager, current_user
from sqlalchemy import bindparam, select

from portal import clock
from portal.access import Can, Role, powers
from portal.accounts.models import Person, Practice, SignIn
from portal.db import rows

# Tables rather than classes: the statement runs at every request, and the mapper costs as much as the rest of it.
_people, _practices, _sign_ins = Person.__table__.c, Practice.__table__.c, SignIn.__table__.c
_BY_KEY = (
    select(
        _people.id,
        _people.name,
        _people.email,
        _people.practice_id,
        _practices.path.label("practice_path"),
        _practices.name.label("practice_name"),
        _people.roles,
        _people.zone,
        _sign_ins.id.label("sign_in_id"),
    )
    .join_from(SignIn.__table__, Person.__table__, _people.id == _sign_ins.person_id)
    .join(Practice.__table__, _practices.id == _people.practice_id)
    .where(_sign_ins.key_hash == bindparam("key_hash"), _sign_ins.expires_at > bindparam("now"), _people.is_active)
)


@dataclass(frozen=True)
class Viewer:
    """Who is asking. Given to `visible_to` and to services as `by`; a `Person` is loaded only where one is changed."""

    id: int
    name: str
    email: str
    practice_id: int
    practice_path: str
    practice_name: str
    roles: frozenset[Role]
    zone: str
    key: str = ""
    sign_in_id: int = 0

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What the cookie carries: the random key of this sign-in."""
        return self.key

    @cached_property
    def powers(self) -> frozenset[Can]:
        """All that this person may do."""
        return powers(self.roles)

    @property
    def first_name(self) -> str:
        """For greetings."""
        return self.name.split(" ")[0]

    def today(self, now: datetime | None = None) -> date:
        """The day it is where this person is."""
        return clock.day_in(now or clock.now(), self.zone)

    def hour(self, now: datetime) -> int:
        """The hour it is where this person is."""
        return now.astimezone(clock.zone(self.zone)).hour


def hashed(key: str) -> str:
    """How a random key is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


@lru_cache(maxsize=200)
def roles_of(text: str) -> frozenset[Role]:
    """The roles in `Person.roles`."""
    return frozenset(Role(name) for name in text.split(",") if name)


def by_key(key: str) -> Viewer | None:
    """Who is signed in with this key, if the sign-in stands and the person is active."""
    row = rows(_BY_KEY, key_hash=hashed(key), now=clock.now()).first()
    if row is None:
        return None
    return Viewer(
        row.id,
        row.name,
        row.email,
        row.practice_id,
        row.practice_path,
        row.practice_name,
        roles_of(row.roles),
        row.zone or current_app.extensions["portal_config"].TIME_ZONE,
        key,
        row.sign_in_id,
    )


def of(person: Person) -> Viewer:
    """A person as the one asking; for commands, jobs and tests."""
    return Viewer(
        person.id,
        person.name,
        person.email,
        person.practice_id,
        person.practice.path,
        person.practice.name,
        roles_of(person.roles),
        person.zone or current_app.extensions["portal_config"].TIME_ZONE,
    )


def asking() -> Any:
    """The one asking, a `Viewer` or nobody, without the proxy that looks them up again at each use."""
    return current_user._get_current_object()


login = LoginManager()
login.session_protection = None  # the sign-in row decides, not the browser's name
login.user_loader(by_key)
