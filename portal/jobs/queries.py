"""Reading the list of background work; its page is for admins alone."""

from sqlalchemy import Select, func, select

from portal.db import db
from portal.errors import NotFound
from portal.jobs.models import Job, JobState


def in_state(state: JobState) -> Select[Job]:
    """The jobs that wait, or that were given up; the oldest first."""
    return select(Job).where(Job.state == state).order_by(Job.run_at, Job.id)


def counts() -> dict[JobState, int]:
    """How many jobs there are in each state."""
    found = select(Job.state, func.count().label("n")).group_by(Job.state)
    return {row.state: row.n for row in db.session.execute(found)}


def job(job_id: int) -> Job:
    """One job."""
    found = db.session.get(Job, job_id)
    if found is None:
        raise NotFound
    return found
