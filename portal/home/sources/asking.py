"""What the asking put on Today: a colleague who would like a word, and one who would be glad to talk."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam

from portal.accounts.models import Person
from portal.asking.models import Talk, TalkState
from portal.home.queue import Entry
from portal.home.sources.reading import Part, asking


def _offered(row: Any, _today: date) -> Entry:
    why = "They mean to ask somebody whom you asked too, and don't know that it is you."
    return Entry(9, 2, f"{row.first} would like a word", why, f"/asking/talks/{row.id}", "See what about")


def _accepted(row: Any, _today: date) -> Entry:
    why = "It was they who asked the same person. Settle who goes first."
    return Entry(9, 5, f"{row.first} would be glad to talk", why, f"/asking/talks/{row.id}", "Write a line")


PARTS: list[Part] = [
    Part(
        "talk-offered",
        asking("talk-offered", Talk.id, Person.name)
        .join(Person, Person.id == Talk.asker_id)
        .where(
            Talk.other_id == bindparam("person"),
            Talk.state == TalkState.OFFERED,
            Talk.expires_on >= bindparam("today"),
        )
        .order_by(Talk.id)
        .limit(3),
        _offered,
    ),
    Part(
        "talk-accepted",
        asking("talk-accepted", Talk.id, Person.name)
        .join(Person, Person.id == Talk.other_id)
        .where(Talk.asker_id == bindparam("person"), Talk.state == TalkState.ACCEPTED, Talk.asker_done_at.is_(None))
        .order_by(Talk.id)
        .limit(3),
        _accepted,
    ),
]
