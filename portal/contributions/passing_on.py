"""Texts that somebody was editing with their authors when they left: they wait on marketing's desk again."""

from sqlalchemy import func, select, update

from portal.contributions.models import Contribution, State
from portal.db import changed, db

IN_WORK = (State.WITH_MARKETING, State.SUGGESTIONS)


def editing(person_id: int) -> int:
    """How many texts somebody is editing."""
    mine = (Contribution.editor_id == person_id, Contribution.state.in_(IN_WORK))
    return db.session.scalar(select(func.count()).where(*mine)) or 0


def put_back(person_id: int) -> None:
    """Put them back for another editor. Suggestions that the authors have stay with them, and come back to the desk."""
    theirs = Contribution.editor_id == person_id
    free = {"editor_id": None, "version": Contribution.version + 1}
    changed(
        update(Contribution)
        .where(theirs, Contribution.state == State.WITH_MARKETING)
        .values(free | {"state": State.SUBMITTED})
    )
    changed(update(Contribution).where(theirs, Contribution.state == State.SUGGESTIONS).values(free))
    db.session.expire_all()
