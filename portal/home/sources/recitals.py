"""What recitals put on Today: what a coach answered, a colleague who asks for an ear, and for coaches what waits."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select

from portal import clock
from portal.access import Can
from portal.accounts.models import Grant, Person, Practice
from portal.home.queue import Entry, capital, things
from portal.home.sources.reading import Part, asking
from portal.message.models import Pitch
from portal.recitals.models import Invitation, Recital, State
from portal.recitals.queries import COACHES

MOST, MOST_COUNTED = 6, 100
NEWS_FOR = timedelta(days=30)
"""For so long something that came back, or was asked for, is news."""

_since = bindparam("recitals_since", callable_=lambda: clock.now() - NEWS_FOR, type_=Recital.decided_at.type)
_held = Practice.__table__.alias("held_for_recitals")
_to_hear = (
    select(Recital.id)
    .join(Person, Person.id == Recital.person_id)
    .join(Practice, Practice.id == Person.practice_id)
    .where(
        Recital.state == State.SUBMITTED,
        Person.is_active,
        Person.id != bindparam("person"),
        select(Grant.id)
        .join(_held, _held.c.id == Grant.practice_id)
        .where(
            Grant.person_id == bindparam("person"),
            Grant.role.in_(COACHES),
            func.substr(Practice.path, 1, func.length(_held.c.path)) == _held.c.path,
        )
        .exists(),
    )
    .limit(MOST_COUNTED)
    .subquery()
)


def _answered(kind: str, state: State) -> Any:
    return (
        asking(kind, Recital.id, Pitch.title, Person.name)
        .join(Pitch, Pitch.id == Recital.pitch_id)
        .join(Person, Person.id == Recital.decided_by_id)
        .where(
            Recital.person_id == bindparam("person"),
            Recital.state == state,
            Recital.read_at.is_(None),
            Recital.decided_at > _since,
        )
        .order_by(Recital.decided_at.desc(), Recital.id.desc())
        .limit(MOST)
    )


_invited = (
    asking("recital-invited", Invitation.id, Pitch.title, Person.name)
    .join(Recital, Recital.id == Invitation.recital_id)
    .join(Pitch, Pitch.id == Recital.pitch_id)
    .join(Person, Person.id == Recital.person_id)
    .where(
        Invitation.person_id == bindparam("person"),
        Invitation.withdrawn_at.is_(None),
        Invitation.answered_at.is_(None),
        Invitation.at > _since,
    )
    .order_by(Invitation.at.desc(), Invitation.id.desc())
    .limit(MOST)
)


def _back(row: Any, _today: date) -> Entry:
    why = f"{row.second} heard {row.first} and asks for one thing changed."
    return Entry(5, 2, "Your recital came back", why, f"/recitals/{row.id}", "Read it")


def _passed(row: Any, _today: date) -> Entry:
    why = f"{row.second} heard {row.first} and wrote to you."
    return Entry(8, 1, "Your recital passed", why, f"/recitals/{row.id}", "Read it")


def _asked(row: Any, _today: date) -> Entry:
    why = f"They would like to know how {row.first} sounds."
    return Entry(28, 4, f"{row.second} asks for your ear", why, f"/recitals/invitations/{row.id}", "Listen")


def _waiting(row: Any, _today: date) -> Entry:
    what = f"{capital(things(row.id, 'recital'))} {'waits' if row.id == 1 else 'wait'} to be heard"
    return Entry(12, 5, what, "Five minutes each; somebody is curious what you will say.", "/coaching", "Listen")


PARTS: list[Part] = [
    Part("recital-again", _answered("recital-again", State.AGAIN), _back),
    Part("recital-passed", _answered("recital-passed", State.PASSED), _passed),
    Part("recital-invited", _invited, _asked),
    Part(
        "recitals-to-hear",
        asking("recitals-to-hear", func.count(_to_hear.c.id), "").having(func.count(_to_hear.c.id) > 0),
        _waiting,
        Can.COACH,
    ),
]
