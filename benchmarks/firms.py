"""A generated firm to measure on, and the people in it who visit."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update

from portal import clock
from portal.accounts.models import Person
from portal.app import create_app
from portal.config import PREFIX, Config
from portal.db import db
from portal.drills.models import CardState, Deck
from portal.learning.models import Module, Step, StepKind


@dataclass(frozen=True)
class Visitor:
    """Somebody who signs in, and a card that they can answer."""

    email: str
    deck: str
    card: int


@dataclass(frozen=True)
class Firm:
    """A firm in its database."""

    people: int
    settings: Mapping[str, str]
    seconds: float
    """How long it took to make."""
    visitors: list[Visitor]
    lesson: str
    """The address of a lesson."""


def make(people: int, folder: str, database_url: str, visitors: int) -> Firm:
    """Generate a firm with the real command, and see who is in it."""
    settings = {f"{PREFIX}DATA": folder, f"{PREFIX}DATABASE_URL": database_url, f"{PREFIX}DEMO": "yes"}
    started = time.monotonic()
    command = [sys.executable, "-m", "portal", "demo", "--people", str(people)]
    subprocess.run(command, env={**os.environ, **settings}, check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - started
    app = create_app(Config.from_env(settings))
    with app.app_context():
        found = Firm(people, settings, round(seconds, 1), _visitors(visitors), _lesson())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return found


def _visitors(most: int) -> list[Visitor]:
    """The practitioner of the sign-in page first, then others who practise; a card of each is made due."""
    deck = db.session.scalars(select(Deck).where(Deck.pitch_id.is_(None)).order_by(Deck.id)).all()
    keys = {row.id: row.key for row in deck}
    rows = db.session.execute(
        select(Person.id, Person.email, CardState.deck_id, func.min(CardState.card_id).label("card"))
        .join(CardState, CardState.person_id == Person.id)
        .where(CardState.deck_id.in_(keys), CardState.state > 0)
        .group_by(Person.id, Person.email, CardState.deck_id)
        .order_by(Person.id)
    )
    found: dict[int, Visitor] = {}
    for row in rows:
        if row.id not in found and len(found) < most:
            found[row.id] = Visitor(row.email, keys[row.deck_id], row.card)
    due_at = clock.now() - timedelta(minutes=1)
    for person_id, visitor in found.items():
        db.session.execute(
            update(CardState)
            .where(CardState.person_id == person_id, CardState.card_id == visitor.card)
            .values(due_at=due_at, asked_at=due_at),
        )
    return list(found.values())


def _lesson() -> str:
    module, step = db.session.execute(
        select(Module.key, Step.key)
        .join(Step, Step.module_id == Module.id)
        .where(Step.kind == StepKind.LESSON, ~Step.is_removed)
        .order_by(Module.steps.desc(), Module.id, Step.position)
        .limit(1)
    ).one()
    return f"/modules/{module}/{step}"
