"""A row becomes a contact, a reminder or a touch; and the reminders."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.access import Can, allow
from portal.errors import NotFound
from portal.forms import Form
from portal.paging import page_of
from portal.worksheets import linking, queries, reminders, showing
from portal.worksheets.blueprint import bp
from portal.worksheets.definition import ROW
from portal.worksheets.models import LinkKind, RowLink
from portal.worksheets.queries import TableRow
from portal.worksheets.row_forms import ContactForm, MoveReminderForm, ReminderForm, TouchForm


@dataclass(frozen=True)
class Way:
    """How a row becomes one kind of thing."""

    form: Callable[..., Form]
    become: Callable[..., RowLink]
    title: str
    button: str
    done: str


WAYS = {
    "contact": Way(
        ContactForm, linking.become_contact, "Keep as a contact", "Keep this contact", "Kept among your contacts."
    ),
    "reminder": Way(
        ReminderForm, linking.become_reminder, "Remind me", "Remind me", "You will be reminded on the day."
    ),
    "touch": Way(TouchForm, linking.become_touch, "Log a conversation", "Log it", "Logged with your contact."),
}


@bp.route("/filled/<int:filled_id>/rows/<key>", methods=["GET", "POST"])
@allow(Can.LEARN)
def row(filled_id: int, key: str):
    if not ROW.fullmatch(key):
        raise NotFound
    found = queries.row_for(current_user, filled_id, key)
    known = queries.link_of_row(filled_id, key)
    if known is not None:
        return redirect(showing.followed({key: known})[key].url)
    if found.becomes not in WAYS:
        return redirect(f"/pipeline/from-worksheet/{filled_id}/{key}")
    way = WAYS[found.becomes]
    form = _form(way, found)
    if form.accepted():
        with form.explaining_refusals():
            queries.filled_for(current_user, filled_id, to_change=True)  # another tab waits here
            way.become(found, **form.values, by=current_user, now=clock.now())
            flash(way.done)
            # A finished one leads on from there to where it is read.
            return redirect(f"{url_for('worksheets.fill', filled_id=filled_id)}#row-{key}")
    return render_template("worksheets/row.html", row=found, way=way, form=form), form.status


def _form(way: Way, found: TableRow) -> Any:
    if found.becomes == "contact":
        chosen = found.ids.get("contact_id")
        return ContactForm.of(found, linking.alike(current_user, found.said.get("name", ""), chosen))
    return way.form.of(found, current_user.today())  # type: ignore[attr-defined]


@bp.post("/filled/<int:filled_id>/rows/<key>/part")
@allow(Can.LEARN)
def part(filled_id: int, key: str):
    """Part a row from what it became, so that it can become something else; both stay."""
    queries.filled_for(current_user, filled_id, to_change=True)
    link = queries.link_of_row(filled_id, key) if ROW.fullmatch(key) else None
    if link is None or link.kind == LinkKind.OPPORTUNITY:
        raise NotFound
    linking.unlink(link)
    flash("The row is on its own again; what it became stays.")
    return redirect(f"{url_for('worksheets.read', filled_id=filled_id)}#row-{key}")


@bp.get("/reminders")
@allow(Can.LEARN)
def reminder_list():
    return _reminders(None, None)


def _reminders(moving: int | None, form: MoveReminderForm | None) -> Any:
    is_done = "done" in request.args
    return render_template(
        "worksheets/reminders.html",
        page=page_of(reminders.listed(current_user, is_done=is_done), scalars=False),
        is_done=is_done,
        today=current_user.today(),
        zone=current_user.zone,
        moving=moving,
        form=form,
    ), form.status if form else 200


@bp.post("/reminders/<int:reminder_id>/done")
@allow(Can.LEARN)
def finish_reminder(reminder_id: int) -> Response:
    reminders.finish(reminders.reminder_for(current_user, reminder_id), by=current_user, now=clock.now())
    flash("Done. It stands under Done, if you want it back.")
    return redirect(url_for("worksheets.reminder_list"))


@bp.post("/reminders/<int:reminder_id>/open")
@allow(Can.LEARN)
def reopen_reminder(reminder_id: int) -> Response:
    reminders.take_back(reminders.reminder_for(current_user, reminder_id))
    flash("It is open again.")
    return redirect(url_for("worksheets.reminder_list"))


@bp.post("/reminders/<int:reminder_id>/move")
@allow(Can.LEARN)
def move_reminder(reminder_id: int):
    reminder = reminders.reminder_for(current_user, reminder_id)
    form = MoveReminderForm()
    if form.accepted():
        with form.explaining_refusals():
            reminders.move(reminder, **form.values, by=current_user, now=clock.now())
            flash(f"Moved to {clock.said_day(reminder.due_on, current_user.today())}.")
            return redirect(url_for("worksheets.reminder_list"))
    return _reminders(reminder_id, form)
