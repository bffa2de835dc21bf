"""Logging a touch, and the ask that was made, with one press; and taking both back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.viewer import Viewer
from portal.clock import said_on
from portal.db import db
from portal.errors import Refused
from portal.network import services as network
from portal.network.models import Contact, Touch, TouchKind
from portal.pipeline import queries as opportunities
from portal.pipeline import services as pipeline
from portal.pipeline.models import Opportunity, OpportunityKind
from portal.pipeline.stages import Stage
from portal.quick_log import queries, whom
from portal.quick_log.models import QuickLog
from portal.quick_log.phrases import Asked
from portal.quick_log.whom import Who
from portal.worksheets import reminders

MOST_OTHERS = 10
MISTAKE = "Taken back: it was logged by mistake."


@dataclass(frozen=True)
class Told:
    """How two people were in touch, and when."""

    kind: TouchKind
    happened_on: date
    note: str = ""


@dataclass(frozen=True)
class Wanted:
    """What was asked for, and what comes next."""

    asked: Asked = Asked.NO
    organisation: str = ""
    ask: str = ""
    next_step: str = ""
    next_on: date | None = None


def log(*, key: str, who: Who, others: list[str], told: Told, wanted: Wanted, by: Viewer, now: datetime) -> QuickLog:
    """Log a touch with a contact, known or new, and what was asked; the same key counts once."""
    if known := queries.by_key(by, key):
        return known
    _check(told, wanted, by.today(now))
    row = QuickLog(person_id=by.id, key=_checked(key), is_new=False, touch_ids=[], at=now)
    if not _claimed(row):
        return queries.by_key(by, key) or row
    first, row.is_new = whom.found(who, by=by, now=now)
    row.contact_id = first.id
    note = _with_next(told.note, wanted, by.today(now))
    ids = {int(one) for one in others if one.isascii() and one.isdigit() and len(one) <= 9} - {first.id}
    people = [first, *(whom.own(number, by) for number in sorted(ids)[:MOST_OTHERS])]
    facts: dict[str, Any] = {"kind": told.kind, "happened_on": told.happened_on, "note": note, "by": by, "now": now}
    row.touch_ids = [network.touch(one, key=f"quick-{key}-{one.id}", **facts).id for one in people]
    if wanted.asked != Asked.NO:
        row.opportunity_id = _ask(first, wanted, by, now).id
    elif wanted.next_on and wanted.next_on >= by.today(now):
        step = reminders.add(what=wanted.next_step, due_on=wanted.next_on, by=by, now=now, contact_id=first.id)
        row.reminder_id = step.id
    db.session.flush()
    return row


def _check(told: Told, wanted: Wanted, today: date) -> None:
    if told.kind not in list(TouchKind):
        raise Refused("Choose how you were in touch.", field="kind")
    if told.happened_on > today:
        raise Refused("That day is still to come. Log it afterwards, or as the next step of an ask.", "happened_on")
    if wanted.asked != Asked.NO and not wanted.organisation:
        raise Refused("Say where they work.", field="organisation")
    if wanted.asked != Asked.NO and not wanted.ask:
        raise Refused("Say what you ask for.", field="ask")
    if wanted.next_on and not wanted.next_step:
        raise Refused("Say what you will do on that day.", field="next_step")


def _checked(key: str) -> str:
    if not (key.isascii() and key.isalnum() and 8 <= len(key) <= 64):
        raise Refused("This form was damaged on its way. Open the page anew.")
    return key


def _claimed(row: QuickLog) -> bool:
    """Whether this press is the first with its key; another tab's waits for ours, or ours for it."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    return True


def _with_next(note: str, wanted: Wanted, today: date) -> str:
    """Where nothing is asked, the next step stands in the note too: that is where one looks before the next touch."""
    if wanted.asked != Asked.NO or not wanted.next_step:
        return note
    when = f", {said_on(wanted.next_on, today)}" if wanted.next_on else ""
    return f"{note}\nNext: {wanted.next_step}{when}".strip()


def _ask(one: Contact, wanted: Wanted, by: Viewer, now: datetime) -> Opportunity:
    """The ask, in the pipeline; planned first, so that taking it back leaves no ask in anybody's figures."""
    given: dict[str, Any] = {"next_step": wanted.next_step, "next_on": wanted.next_on, "by": by, "now": now}
    row = pipeline.log(
        kind=OpportunityKind.REFERRAL,
        contact=one.name,
        contact_id=one.id,
        client_id=one.client_id,
        organisation=wanted.organisation,
        service="",
        ask=wanted.ask,
        value=None,
        is_asked=False,
        **given,
    )
    if wanted.asked == Asked.YES and row.stage == Stage.PLANNED:
        pipeline.move(row, stage=Stage.ASKED, note="", value=None, version=row.version, **given)
    return row


def undo(row: QuickLog, *, by: Viewer, now: datetime) -> None:
    """Take back what was logged with one press: the touches, the reminder, and the ask, which is closed with a note. A
    contact that was new stays."""
    if not queries.can_be_undone(row, now):
        raise Refused("This can't be taken back here any more. Each touch can be, on the contact's page.")
    for touch in db.session.scalars(select(Touch).where(Touch.id.in_(row.touch_ids), Touch.owner_id == by.id)):
        network.take_back_touch(touch, by=by, now=now)
    if row.opportunity_id:
        _close(opportunities.opportunity_for(by, row.opportunity_id), by, now)
    if row.reminder_id:
        reminders.forget(row.reminder_id, by=by)
    row.undone_at = now
    db.session.flush()


def _close(row: Opportunity, by: Viewer, now: datetime) -> None:
    if row.stage == Stage.ASKED:
        newest = opportunities.history(by, row)[0]
        if newest.before == Stage.PLANNED and newest.after == Stage.ASKED:
            pipeline.undo(row, change_id=newest.id, version=row.version, by=by, now=now)
            if asked := queries.ask_touch_or_none(by, row.id):
                network.take_back_touch(asked, by=by, now=now)
    if row.stage == Stage.PLANNED:
        given: dict[str, Any] = {"value": row.value, "next_step": "", "next_on": None, "version": row.version}
        pipeline.move(row, stage=Stage.LOST, note=MISTAKE, by=by, now=now, **given)
