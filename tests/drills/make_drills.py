"""Decks, cards and practice for tests."""

from sqlalchemy import select

from portal.db import db
from portal.drills import scenarios, services
from portal.drills.models import Card, CardState, Deck, Scenario
from tests.make import NOON

CHOICE = {"kind": "choice", "options": ["First", "Second"], "right": 2}
CLOZE = {"kind": "cloze", "front": "Ask {{early}}, ask {{clearly}}."}


def card(key: str = "one", **given):
    """A card as a deck's file gives it."""
    return {"key": key, "kind": "recall", "front": f"Question {key}?", "back": f"Answer {key}.", **given}


def load(*cards, key="referrals", title="Ask for referrals", now=NOON):
    """Load a deck, and say what changed."""
    return services.load_deck(key=key, title=title, discipline="referrals", cards=list(cards), now=now)


def deck(*cards, key="referrals", **given) -> Deck:
    """A deck with these cards, or with one."""
    load(*(cards or [card()]), key=key, **given)
    return db.session.scalars(select(Deck).where(Deck.key == key)).one()


def begun(by, *cards, now=NOON, **given) -> Deck:
    """A deck that somebody has begun."""
    found = deck(*cards, **given)
    services.start_deck(found, by=by, now=now)
    return found


def card_of(deck: Deck, key: str = "one") -> Card:
    """One card of a deck."""
    return db.session.scalars(select(Card).where(Card.deck_id == deck.id, Card.key == key)).one()


def state_of(by, card: Card) -> CardState:
    """What somebody remembers of a card, read afresh."""
    db.session.expire_all()
    return db.session.get_one(CardState, (by.id, card.id))


def columns(row) -> dict:
    """A row's values, to compare whole."""
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def answer(by, card: Card, rating=3, *, key="", now=NOON):
    """Answer a card as the page does."""
    deck_key = db.session.get_one(Deck, card.deck_id).key
    services.answer(deck_key, card=card.id, rating=rating, key=key or f"{card.id}-{now}-{rating}", by=by, now=now)


def node(key: str, says: str, *choices, **ending) -> dict:
    """One node of a conversation, with its choices as (say, why, then, quality), or with its ending."""
    if ending:
        return {"key": key, "says": says, **ending}
    names = ("say", "why", "then", "quality")
    return {"key": key, "says": says, "choices": [dict(zip(names, choice, strict=True)) for choice in choices]}


NODES = [
    node(
        "start",
        "We have somebody.",
        ("What do they leave to you?", "Because you asked.", "more", "strong"),
        ("We are cheaper.", "Nobody asked.", "lost", "weak"),
    ),
    node(
        "more",
        "Tell me more.",
        ("May I look?", "A small step.", "won", "strong"),
        ("Go back.", "Again.", "start", "fair"),
    ),
    node("won", "Come on Monday.", ending="good", debrief="You asked."),
    node("lost", "Goodbye.", ending="lost", debrief="Ask before you tell."),
]


def load_conversation(nodes=NODES, *, key="bus", now=NOON, **given):
    """Load a conversation, and say what changed."""
    about = {"title": "The bus", "discipline": "referrals", "summary": "A talk.", "who": "A client", "minutes": 3}
    return scenarios.load_scenario(
        key=key, text="You wait.", position=0, start="start", nodes=nodes, now=now, **{**about, **given}
    )


def conversation(nodes=NODES, *, key="bus", **given) -> Scenario:
    """A conversation to play."""
    load_conversation(nodes, key=key, **given)
    return db.session.scalars(select(Scenario).where(Scenario.key == key)).one()
