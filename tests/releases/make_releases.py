"""Pitches for tests, published as people publish them."""

from portal.db import db
from portal.jobs import services as jobs
from portal.message.models import Pitch
from portal.releases import services
from tests.make import NOON

OPENER = "We look after companies that belong to the people who run them."
CLAIMS = [
    {"key": "opener", "kind": "opener", "text": OPENER, "answer": ""},
    {"key": "one-answer", "kind": "difference", "text": "You get one answer from one partner.", "answer": ""},
    {"key": "too-small", "kind": "objection", "text": "You are too small.", "answer": "Four of us would know you."},
]


def reworded(key: str, text: str, claims=CLAIMS):
    """The same claims with one said differently."""
    return [{**claim, "text": text} if claim["key"] == key else claim for claim in claims]


def publish(pitch=None, *, key="firm", claims=CLAIMS, change="The first.", by=None, now=NOON, **given):
    """A version of a pitch, on top of the one in force."""
    title = given.pop("title", pitch.title if pitch else "The firm's pitch")
    practice_key = given.pop("practice_key", pitch.practice_key if pitch else "")
    base_number = given.pop("base_number", pitch.latest if pitch else 0)
    version = services.publish(
        pitch,
        key=key,
        title=title,
        practice_key=practice_key,
        claims=claims,
        change=change,
        base_number=base_number,
        by=by,
        now=now,
        **given,
    )
    settle()
    return version


def settle() -> None:
    """Let the work that was asked for be done, outside of any page."""
    db.session.commit()
    jobs.hand_over()


def pitch(**given) -> Pitch:
    """A published pitch."""
    return db.session.get_one(Pitch, publish(**given).pitch_id)
