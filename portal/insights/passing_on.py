"""Requests that somebody was writing when they left: they wait on marketing's desk again."""

from sqlalchemy import func, select, update

from portal.db import changed, db
from portal.insights.models import ContentRequest, RequestState


def writing(person_id: int) -> int:
    """How many requests somebody is writing."""
    return db.session.scalar(select(func.count()).where(*_theirs(person_id))) or 0


def put_back(person_id: int) -> None:
    """Put them back for somebody else."""
    values = {"state": RequestState.OPEN, "writer_id": None, "written_by_on": None}
    changed(update(ContentRequest).where(*_theirs(person_id)).values(values))
    db.session.expire_all()


def _theirs(person_id: int):
    return ContentRequest.writer_id == person_id, ContentRequest.state == RequestState.WRITING
