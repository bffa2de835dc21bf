"""Writing a pitch: its parts in order, what a new version would change, and publishing it."""

from flask import flash, redirect, render_template
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.errors import Refused
from portal.message import diff
from portal.message.models import Pitch
from portal.message.parts import NAMES
from portal.releases import services as releases
from portal.studio import queries
from portal.studio.blueprint import bp
from portal.studio.claims import arranged, keyed
from portal.studio.forms import MOST_CLAIMS, PitchForm

_START = [{"kind": kind} for kind in ("opener", "whom-we-serve", "problem", "difference", "proof")]


@bp.route("/pitches/new", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def new_pitch():
    return _write(None, "/studio/pitches/new")


@bp.route("/pitches/<key>", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def edit_pitch(key: str):
    pitch = queries.pitch(key)
    return _write(pitch, f"/studio/pitches/{pitch.key}")


def _write(pitch: Pitch | None, address: str):
    """The one form of a pitch: its buttons move parts about, show what would change, go back, or publish."""
    form = _form(pitch)
    moved = arranged(form.claims.data, form.do.data or "") if form.is_submitted() else None
    if moved is not None:
        return _editor(pitch, _form(pitch, {**form.values, "claims": moved}), address)
    if form.do.data != "edit" and form.accepted():
        with form.explaining_refusals():
            if form.do.data == "publish":
                return _publish(pitch, form)
            return _confirm(pitch, form, address)
    return _editor(pitch, form, address)


def _form(pitch: Pitch | None, typed: dict[str, object] | None = None) -> PitchForm:
    if typed is not None:
        form = PitchForm(formdata=None, data=typed)
    elif pitch is None:
        form = PitchForm(data={"claims": _START})
    else:
        said = [vars(claim) for claim in releases.said_in(pitch)]
        given = {"title": pitch.title, "practice_key": pitch.practice_key, "base_number": pitch.number}
        form = PitchForm(data={**given, "claims": said})
    form.practice_key.choices = dict(queries.practices())
    return form


def _editor(pitch: Pitch | None, form: PitchForm, address: str):
    theirs = []
    if pitch and form.status == 422 and pitch.number != form.base_number.data:
        theirs = releases.said_in(pitch)
        # Their version is on this page now, so publishing again is a decision and not an accident.
        form.base_number.data = pitch.number
    return render_template(
        "studio/pitch.html",
        pitch=pitch,
        form=form,
        address=address,
        theirs=theirs,
        names=NAMES,
        most=MOST_CLAIMS,
    ), form.status


def _confirm(pitch: Pitch | None, form: PitchForm, address: str):
    after = releases.checked(keyed(form.claims.data))
    before = releases.said_in(pitch) if pitch else []
    if pitch and pitch.number != form.base_number.data:
        raise Refused("Somebody published a newer version while you were writing. Yours is kept here.")
    if pitch and (pitch.title, pitch.practice_key, before) == (form.title.data, form.practice_key.data or "", after):
        raise Refused("Nothing differs from the version in force. Change a line before you publish.")
    changes = diff.claims(before, after)
    counts = {state: sum(change.state == state for change in changes) for state in ("new", "changed", "gone")}
    return render_template(
        "studio/pitch_preview.html",
        pitch=pitch,
        form=form,
        address=address,
        changes=changes,
        counts=counts,
        kept=len(after) - counts["new"] - counts["changed"],
        people=queries.people_practising(pitch) if pitch else 0,
        names=NAMES,
    )


def _publish(pitch: Pitch | None, form: PitchForm):
    version = releases.publish(
        pitch,
        key=pitch.key if pitch else queries.free_pitch_key(form.title.data),
        title=form.title.data,
        practice_key=form.practice_key.data or "",
        claims=keyed(form.claims.data),
        change=form.change.data,
        base_number=form.base_number.data,
        by=current_user,
        now=clock.now(),
    )
    flash(f"Version {version.number} is in force. People see it on Today and in their drills.")
    return redirect("/studio")
