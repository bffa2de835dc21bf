"""Asking for background work, and doing it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app, g, has_app_context
from sqlalchemy import inspect, select, update

from portal import clock, mail
from portal.audit import services as audit
from portal.db import changed, db
from portal.errors import Refused
from portal.jobs.models import Job, JobState

log = logging.getLogger(__name__)

Handler = Callable[..., None]
Round = Callable[[datetime], Any]
"""What comes round by itself: it is asked often, and knows whether its time has come."""
MOST_ATTEMPTS = 6
MANY = 50
"""More jobs than this at once are not handed over one by one; the queue is told to look for what is due."""


def enqueue(handler: str, *, at: datetime | None = None, **payload: Any) -> Job:
    """Write down a piece of work in this transaction; it runs after the commit, or never if there is none; with `at`
    not before that moment."""
    if handler not in current_app.extensions["job_handlers"]:
        raise LookupError(f"No job handler is called {handler}")
    now = clock.now()
    job = Job(handler=handler, payload=payload, run_at=max(at or now, now), created_at=now)
    db.session.add(job)
    if job.run_at > now:
        g.setdefault("jobs_for_later", []).append((job, job.run_at))
    else:
        g.setdefault("jobs_to_hand_over", []).append(job)
    return job


def letter(*, to: str, subject: str, text: str) -> None:
    """Send a mail in the background."""
    enqueue("send-mail", to=to, subject=subject, text=text)


def send_mail(to: str, subject: str, text: str) -> None:
    """The handler of `letter`."""
    mail.send(current_app.extensions["portal_config"], to=to, subject=subject, text=text)


def run(job_id: int) -> None:
    """Do one job, once: a job that another worker holds, or that is done, is left alone."""
    now = clock.now()
    held = changed(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.WAITING, Job.run_at <= now)
        .values(attempts=Job.attempts + 1, run_at=now + timedelta(minutes=10))
    )
    db.session.commit()
    if not held:
        return
    job = db.session.get_one(Job, job_id)
    try:
        current_app.extensions["job_handlers"][job.handler](**job.payload)
        # What was sent may carry a link that opens an account; it is not kept longer than it is needed.
        job.state, job.done_at, job.error, job.payload = JobState.DONE, clock.now(), "", {}
        db.session.commit()
    except Exception as error:  # the one place where anything may fail: it is kept, and tried again
        db.session.rollback()
        log.exception("Job %s failed", job_id)
        _put_back(job_id, error, clock.now())


def _put_back(job_id: int, error: Exception, now: datetime) -> None:
    job = db.session.get_one(Job, job_id)
    job.error = f"{type(error).__name__}: {error}"[:1000]
    if job.attempts >= MOST_ATTEMPTS:
        job.state = JobState.DEAD
    job.run_at = now + timedelta(minutes=2**job.attempts)
    db.session.commit()


def try_again(job: Job) -> None:
    """Give a job that was given up all its attempts once more, beginning after the commit."""
    if job.state != JobState.DEAD:
        raise Refused("This is being worked on already.")
    job.state, job.attempts, job.run_at = JobState.WAITING, 0, clock.now()
    audit.note("work tried again", f"{job.handler}, number {job.id}")
    g.setdefault("jobs_to_hand_over", []).append(job)


def sweep(most: int = 100) -> int:
    """Do what is due and was left behind; returns how many."""
    due = db.session.scalars(
        select(Job.id)
        .where(Job.state == JobState.WAITING, Job.run_at <= clock.now())
        .order_by(Job.run_at, Job.id)
        .limit(most)
    ).all()
    db.session.rollback()
    for job_id in due:
        run(job_id)
    return len(due)


def go_round() -> None:
    """Ask everything that comes round by itself; one that fails is asked again the next time."""
    for name, turn in current_app.extensions["job_rounds"].items():
        try:
            turn(clock.now())
            db.session.commit()
        except Exception:
            db.session.rollback()
            log.exception("The round %s failed", name)
    hand_over()


def sweep_all() -> None:
    """Do everything that is due, and what becomes due meanwhile."""
    while sweep():
        pass


def hand_over() -> None:
    """Give what was just committed to the queue."""
    if not has_app_context():
        return
    # What was rolled back has no identity.
    ids = [known[0] for job in g.pop("jobs_to_hand_over", []) if (known := inspect(job).identity)]
    queue = current_app.extensions["job_queue"]
    for job, at in g.pop("jobs_for_later", []):
        if known := inspect(job).identity:
            queue.run_later(known[0], (at - clock.now()).total_seconds())
    if len(ids) > MANY:
        queue.sweep_soon()
        return
    for job_id in ids:
        queue.run_soon(job_id)


def init_app(app: Flask, handlers: dict[str, Handler], rounds: dict[str, Round] | None = None) -> None:
    """Know the handlers and what comes round by itself, and hand committed jobs to the queue after each request."""
    app.extensions["job_handlers"] = {"send-mail": send_mail, **handlers}
    app.extensions["job_rounds"] = rounds or {}

    @app.teardown_request
    def after(_error: BaseException | None) -> None:
        hand_over()
