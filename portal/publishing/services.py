"""Leading an item from state to state. Every step is a row: who, when, from where to where, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from sqlalchemy import delete

from portal import clock
from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import Refused
from portal.jobs import services as jobs
from portal.library import services as library
from portal.library.models import Item, ItemState, Step
from portal.publishing import letters, queries, states
from portal.publishing.checks import Finding
from portal.publishing.models import Plan, StateChange
from portal.publishing.states import Act, Stand, Who

JOB = "keep-publishing-times"
LATEST = date(2100, 1, 1)


@dataclass(frozen=True)
class Going:
    """How a revision goes out."""

    is_minor: bool = False
    expires_at: datetime | None = None
    review_on: date | None = None


def ask_for_review(item: Item, *, note: str = "", by: Viewer, now: datetime) -> None:
    """Ask those who publish to look at the newest revision."""
    before = _checked(Act.ASK, item, by)
    item.step = Step.IN_REVIEW
    _keep(Act.ASK, item, before, note=note, by=by, now=now)


def approve(item: Item, *, note: str = "", by: Viewer, now: datetime) -> None:
    """Say that the newest revision may go out; whoever wrote it may then publish it."""
    before = _checked(Act.APPROVE, item, by)
    if queries.wrote_newest(by.id, item) and not may_publish_alone():
        raise Refused("You wrote this. Somebody else who publishes has to approve it.")
    _keep(Act.APPROVE, item, before, note=note, by=by, now=now)
    letters.tell_writer(item, f"“{item.title}” is approved", f"{by.name} approved what you wrote.", note, by)


def send_back(item: Item, *, note: str, by: Viewer, now: datetime) -> None:
    """Return the newest revision to whoever wrote it, saying why."""
    before = _checked(Act.RETURN, item, by)
    if not note.strip():
        raise Refused("Say what is missing, so that it can be mended.", field="note")
    item.step = Step.DRAFT
    _keep(Act.RETURN, item, before, note=note, by=by, now=now)
    letters.tell_writer(item, f"“{item.title}” came back to you", f"{by.name} read it and sent it back:", note, by)


def publish(item: Item, going: Going, *, by: Viewer, now: datetime) -> None:
    """Show readers the newest revision at once."""
    before = _checked(Act.PUBLISH, item, by)
    _look_by_a_second(item, by)
    _check_times(going, out=now, now=now)
    _out(item, going, now=now)
    _keep(Act.PUBLISH, item, before, note="Minor" if going.is_minor else "", by=by, now=now)


def schedule(item: Item, going: Going, *, at: datetime, by: Viewer, now: datetime) -> None:
    """Let the newest revision go out at a moment; what readers have stays until then. Again: at another moment."""
    before = _checked(Act.SCHEDULE, item, by)
    _look_by_a_second(item, by)
    if at <= now:
        raise Refused("That moment has passed. Choose a later one, or publish now.", field="at_time")
    if at.date() >= LATEST:
        raise Refused("That is too far away.", field="at_day")
    _check_times(going, out=at, now=now)
    _drop_plan(item)
    db.session.add(Plan(item_id=item.id, number=item.revision, by_id=by.id, at=now, **vars(going)))
    item.step, item.publish_at = Step.SCHEDULED, at
    jobs.enqueue(JOB, at=at)
    _keep(Act.SCHEDULE, item, before, note=f"for {_said(at)}", by=by, now=now)


def cancel(item: Item, *, by: Viewer, now: datetime) -> None:
    """Take a schedule back; the revision is a draft again."""
    before = _checked(Act.CANCEL, item, by)
    _drop_plan(item)
    item.step, item.publish_at = Step.DRAFT, None
    _keep(Act.CANCEL, item, before, by=by, now=now)


def doubt(item: Item, *, note: str = "", by: Viewer, now: datetime) -> None:
    """Mark an item: readers may use it, and are told that somebody is looking whether it still holds."""
    before = _checked(Act.DOUBT, item, by)
    item.state = ItemState.UNDER_REVIEW
    _keep(Act.DOUBT, item, before, note=note, by=by, now=now)


def confirm(item: Item, *, review_on: date, note: str = "", by: Viewer, now: datetime) -> None:
    """Say that an item still holds, and by when somebody looks again."""
    before = _checked(Act.CONFIRM, item, by)
    _check_review(review_on, now)
    item.state, item.review_on = ItemState.PUBLISHED, review_on
    _keep(
        Act.CONFIRM,
        item,
        before,
        note=note or f"looked at again by {clock.said_day(review_on, _today(now))}",
        by=by,
        now=now,
    )


def unconfirm(item: Item, *, state: ItemState, review_on: date | None, by: Viewer, now: datetime) -> None:
    """Take back that an item still holds."""
    before = _checked(Act.CONFIRM, item, by)
    item.review_on = review_on
    if state is ItemState.UNDER_REVIEW:
        item.state = state
    _keep(Act.CONFIRM, item, before, note="taken back", by=by, now=now)


def expire(item: Item, *, note: str = "", by: Viewer, now: datetime) -> None:
    """End an item's time at once."""
    before = _checked(Act.EXPIRE, item, by)
    library.expire(item)
    _keep(Act.EXPIRE, item, before, note=note, by=by, now=now)


def prolong(item: Item, *, until: datetime | None, by: Viewer, now: datetime) -> None:
    """Give an item another expiry, or none; one that has expired is back at once."""
    before = _checked(Act.PROLONG, item, by)
    _check_times(Going(expires_at=until), out=now, now=now)
    library.let_expire(item, until, now=now)
    if until is not None:
        jobs.enqueue(JOB, at=until)
    note = f"until {_said(until)}" if until else "no expiry"
    _keep(Act.PROLONG, item, before, note=note, by=by, now=now)


def archive(item: Item, *, note: str = "", by: Viewer, now: datetime) -> None:
    """Take an item out of the library, and off the schedule."""
    before = _checked(Act.ARCHIVE, item, by)
    _drop_plan(item)
    library.archive(item)
    _keep(Act.ARCHIVE, item, before, note=note, by=by, now=now)


def restore(item: Item, *, note: str = "", by: Viewer, now: datetime) -> None:
    """Put an archived or expired item back."""
    before = _checked(Act.RESTORE, item, by)
    library.restore(item, now=now)
    _keep(Act.RESTORE, item, before, note=note, by=by, now=now)


def give(item: Item, owner: Person | None, *, by: Viewer, now: datetime) -> None:
    """Let somebody else answer for an item; nobody means marketing's pool."""
    before = _checked(Act.PASS_ON, item, by)
    if item.owner_id == (owner.id if owner else None):
        return
    if owner is not None and not owner.is_active:
        raise Refused("Choose a colleague who is still here.", field="owner")
    item.owner_id = owner.id if owner else None
    _keep(Act.PASS_ON, item, before, note=f"to {owner.name if owner else 'marketing'}", by=by, now=now)


def may_publish_alone() -> bool:
    """Whether whoever wrote a revision may publish it without a second pair of eyes."""
    return bool(current_app.extensions["portal_config"].PUBLISH_ALONE)


def due_plan(item: Item, now: datetime) -> Plan | None:
    """The plan by which an item's newest revision goes out now; a moment whose plan is no more is forgotten."""
    plan = db.session.get(Plan, item.id, populate_existing=True)
    if item.publish_at is None or item.publish_at > now:
        return None
    if item.step is not Step.SCHEDULED or plan is None or plan.number != item.revision:
        item.publish_at = None  # nothing to look at again
        return None
    return plan


def go_out_by_the_clock(item: Item, plan: Plan, *, now: datetime) -> None:
    """Publish what is due by its plan, once: whoever takes the plan away does it."""
    before, due = queries.stand_of(item), _said(item.publish_at or now)
    going = Going(is_minor=plan.is_minor, expires_at=plan.expires_at, review_on=plan.review_on)
    _drop_plan(item)
    _out(item, going, now=now)
    _keep(Act.PUBLISH, item, before, note=f"due {due}", by=None, now=now)


def hold_back(item: Item, plan: Plan, found: Sequence[Finding], *, now: datetime) -> None:
    """Make what is due a draft again, because of what was found in it, and tell whoever planned it."""
    before, due = queries.stand_of(item), _said(item.publish_at or now)
    letters.held_back(item, plan, queries.newest_title(item), due, found)
    _drop_plan(item)
    item.step, item.publish_at = Step.DRAFT, None
    _keep(Act.HOLD, item, before, note=f"Due {due}. {'. '.join(each.what for each in found)}.", by=None, now=now)


def expire_by_the_clock(item: Item, now: datetime) -> bool:
    """End what has expired. Whether it was done."""
    before = queries.stand_of(item)
    if item.expires_at is None or item.expires_at > now or not states.may(Act.EXPIRE, before, {Who.CLOCK}):
        return False
    library.expire(item)
    _keep(Act.EXPIRE, item, before, note=f"due {_said(item.expires_at)}", by=None, now=now)
    return True


def _out(item: Item, going: Going, *, now: datetime) -> None:
    """Publish, and let what was decided about it hold."""
    item.expires_at = None
    library.publish(item, is_minor=going.is_minor, now=now)
    item.expires_at, item.review_on = going.expires_at, going.review_on
    _drop_plan(item)
    if going.expires_at is not None:
        jobs.enqueue(JOB, at=going.expires_at)


def _drop_plan(item: Item) -> None:
    db.session.execute(delete(Plan).where(Plan.item_id == item.id))


def _checked(act: Act, item: Item, by: Viewer) -> Stand:
    stand = queries.stand_of(item)
    if not states.is_possible(act, stand):
        raise Refused(states.NOT_NOW[act])
    if not states.may(act, stand, queries.parts_of(by, item)):
        raise Refused("That is for somebody else to do: ask those who publish.")
    return stand


def _look_by_a_second(item: Item, by: Viewer) -> None:
    if may_publish_alone() or not queries.wrote_newest(by.id, item) or queries.is_approved(item):
        return
    raise Refused("You wrote this revision. Ask for a review: somebody else approves it before it goes out.")


def _check_times(going: Going, *, out: datetime, now: datetime) -> None:
    if going.expires_at is not None and going.expires_at <= out:
        raise Refused("It would expire before anybody could read it. Choose a later moment.", field="expires_day")
    if going.expires_at is not None and going.expires_at.date() >= LATEST:
        raise Refused("That is too far away. Leave it empty if it has no end.", field="expires_day")
    if going.review_on is not None and going.review_on >= LATEST:
        raise Refused("That is too far away.", field="review_on")


def _check_review(review_on: date, now: datetime) -> None:
    if review_on < _today(now):
        raise Refused("That day has passed. Choose the day by which somebody should look again.", field="review_on")
    if review_on >= LATEST:
        raise Refused("That is too far away.", field="review_on")


def _said(moment: datetime) -> str:
    return clock.said_moment(moment, firm_zone())


def _today(now: datetime) -> date:
    return clock.day_in(now, firm_zone())


def firm_zone() -> str:
    """The zone that the clock of publishing shows."""
    return str(current_app.extensions["portal_config"].TIME_ZONE)


def _keep(act: Act, item: Item, before: Stand, *, note: str = "", by: Viewer | None, now: datetime) -> None:
    after = queries.stand_of(item)
    change = StateChange(item_id=item.id, act=act, number=item.revision, note=note.strip(), at=now)
    change.state_before, change.state_after = before.state, after.state
    change.step_before, change.step_after = before.step, after.step
    change.by_id = by.id if by else None
    db.session.add(change)
