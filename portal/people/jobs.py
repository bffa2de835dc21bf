"""Background work of this room."""

from portal import clock
from portal.db import db
from portal.jobs import services as jobs
from portal.people import imports


def import_people(import_id: int) -> None:
    """Bring a file of people in; each batch is kept as it is done, so that a second run goes on where this one ends."""
    more = True
    while more:
        more = imports.apply_next(import_id, now=clock.now())
        db.session.commit()
        jobs.hand_over()
