"""It happened in real life: logged in a few taps."""

import secrets

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.drills import field_events, queries
from portal.drills.blueprint import bp
from portal.drills.field_models import Went
from portal.drills.forms import ASKED, WENT, FieldEventForm, ProgressForm
from portal.drills.resonance import lines as lines_of
from portal.message import queries as message

COUNTED = {
    Went.LANDED: "It counts as a card you had, so this line comes back later.",
    Went.SO_SO: "It counts as a card you just about had, so this line comes back a little sooner.",
    Went.FUMBLED: "It counts as a card you didn’t have, so this line comes back in your next practice.",
}


@bp.route("/field-events/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def report():
    pitch = message.own_pitch_or_none(current_user)
    lines = lines_of(pitch) if pitch else []
    form = FieldEventForm(key=secrets.token_urlsafe(12), claim_key=request.args.get("claim", ""))
    form.claim_key.choices = [(line.key, _short(line.text)) for line in lines]
    if form.accepted():
        with form.explaining_refusals():
            event = field_events.report(**form.report, by=current_user, now=clock.now())
            flash(f"Logged. {COUNTED[event.went]}")
            return redirect(url_for("drills.reported"), 303)
    return render_template("drills/field_event.html", form=form, went=WENT, has_lines=bool(lines)), form.status


@bp.get("/field-events")
@allow(Can.LEARN)
def reported():
    return _reported(ProgressForm(formdata=None))


@bp.post("/field-events/<int:event_id>/undo")
@allow(Can.LEARN)
def take_back_report(event_id: int):
    form = ProgressForm(request.form)
    if form.accepted():
        with form.explaining_refusals():
            field_events.take_back(event_id, by=current_user, now=clock.now())
            flash("Taken back. The card and the figures are as if it had not been logged.")
            return redirect(url_for("drills.reported"), 303)
    return _reported(form)


def _reported(form):
    now, pitch = clock.now(), message.own_pitch_or_none(current_user)
    return render_template(
        "drills/field_events.html",
        form=form,
        events=field_events.of(current_user),
        resonance=queries.resonance(pitch) if pitch else {},
        lines=lines_of(pitch) if pitch else [],
        undo_after=now - field_events.UNDO_WITHIN,
        asked=ASKED,
        went=WENT,
        now=now,
    ), form.status


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:87].rsplit(" ", 1)[0] + " …"
