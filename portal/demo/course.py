"""What the content offers to the people of the demo firm, read once."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.drills.models import Card, CardVersion, Deck, Scenario, ScenarioVersion
from portal.learning.models import Module, Step, StepKind
from portal.library.models import IS_READABLE, Item
from portal.message.models import Pitch, PitchVersion
from portal.worksheets import definition
from portal.worksheets.definition import Field
from portal.worksheets.models import Worksheet, WorksheetVersion


@dataclass(frozen=True, slots=True)
class Task:
    """A step, as far as doing it goes."""

    id: int
    number: int
    kind: StepKind
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """A module and its steps in order."""

    id: int
    key: str
    tasks: list[Task]


@dataclass(frozen=True, slots=True)
class Slip:
    """A card in its newest version."""

    deck_id: int
    id: int
    version: int
    key: str
    pitch_id: int | None
    """Of the pitch whose claim it asks for."""
    reworded_at: datetime | None
    """Since when it says what it says now, if it said something else before."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A pitch, and since when its newest version is in force."""

    id: int
    number: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet in its newest version."""

    id: int
    number: int
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Scene:
    """A client conversation in its newest version."""

    id: int
    number: int
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Course:
    """Everything there is to do."""

    units: dict[str, Unit]
    piles: dict[str, list[Slip]]
    """The cards of each deck, in order."""
    sheets: dict[str, Sheet]
    items: list[tuple[int, datetime]]
    """Library items with the moment since which they can be read, the most popular first."""
    talks: dict[str, Talk]
    """Pitches by the key of their practice; the firm's own under ''."""
    scenes: list[Scene]

    def deck_of(self, pitch_id: int) -> str:
        """The key of the deck that is made from a pitch."""
        return next(key for key, pile in self.piles.items() if pile and pile[0].pitch_id == pitch_id)


def read() -> Course:
    """The content in the database, as it is now."""
    return Course(_units(), _piles(), _sheets(), _items(), _talks(), _scenes())


def _units() -> dict[str, Unit]:
    tasks: dict[int, list[Task]] = defaultdict(list)
    for row in db.session.execute(select(Step).where(~Step.is_removed).order_by(Step.position, Step.id)).scalars():
        tasks[row.module_id].append(Task(row.id, row.number, row.kind, row.facts))
    modules = db.session.execute(select(Module.id, Module.key).order_by(Module.position, Module.id))
    return {key: Unit(module_id, key, tasks[module_id]) for module_id, key in modules if tasks[module_id]}


def _piles() -> dict[str, list[Slip]]:
    piles: dict[str, list[Slip]] = defaultdict(list)
    rows = db.session.execute(
        select(Deck.key, Deck.id, Card.id, Card.version, Card.key, Deck.pitch_id, CardVersion.at)
        .join(Card, Card.deck_id == Deck.id)
        .join(CardVersion, (CardVersion.card_id == Card.id) & (CardVersion.version == Card.version))
        .where(~Card.is_retired)
        .order_by(Deck.id, Card.position, Card.id)
    )
    for key, deck_id, card_id, version, name, pitch_id, at in rows:
        piles[key].append(Slip(deck_id, card_id, version, name, pitch_id, at if version > 1 else None))
    return piles


def _sheets() -> dict[str, Sheet]:
    newest = (
        select(Worksheet.key, Worksheet.id, Worksheet.number, WorksheetVersion.sections)
        .join(WorksheetVersion, WorksheetVersion.worksheet_id == Worksheet.id)
        .where(WorksheetVersion.number == Worksheet.number, ~Worksheet.is_retired)
        .order_by(Worksheet.id)
    )
    return {
        key: Sheet(sheet_id, number, list(definition.fields(definition.read(sections)).values()))
        for key, sheet_id, number, sections in db.session.execute(newest)
    }


def _items() -> list[tuple[int, datetime]]:
    rows = db.session.execute(select(Item.id, Item.published_at).where(IS_READABLE).order_by(Item.key))
    return [(item_id, at) for item_id, at in rows if at]


def _talks() -> dict[str, Talk]:
    rows = db.session.execute(
        select(Pitch.practice_key, Pitch.id, Pitch.number, PitchVersion.published_at)
        .join(PitchVersion, (PitchVersion.pitch_id == Pitch.id) & (PitchVersion.number == Pitch.number))
        .order_by(Pitch.id)
    )
    return {practice_key: Talk(pitch_id, number, since) for practice_key, pitch_id, number, since in rows}


def _scenes() -> list[Scene]:
    rows = db.session.execute(
        select(Scenario.id, Scenario.number, ScenarioVersion.content)
        .join(
            ScenarioVersion,
            (ScenarioVersion.scenario_id == Scenario.id) & (ScenarioVersion.number == Scenario.number),
        )
        .order_by(Scenario.position, Scenario.id)
    )
    return [Scene(*row) for row in rows]
