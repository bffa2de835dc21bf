"""Reading the pitch, what changed in it, and its earlier versions."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.message import diff, fading, parts, queries, services
from portal.message.forms import CompareForm, MarkSeenForm, OnDayForm
from portal.message.models import Pitch
from portal.paging import page_of

bp = Blueprint("message", __name__, url_prefix="/pitch")


@bp.get("")
@allow(Can.LEARN)
def first():
    own = queries.own_pitch_or_none(current_user)
    if own is None:
        return render_template("message/none.html")
    return _page(own, MarkSeenForm(formdata=None), queries.pitches_for(current_user))


@bp.get("/claims/suggestions")
@allow(Can.LEARN)
def suggestions() -> list[dict[str, str]]:
    """Claims of the own pitch that fit what is being typed."""
    found = queries.claims_to_choose(current_user, request.args.get("q", "")[:80])
    return [{"id": one.id, "name": one.text[:300], "detail": parts.NAMES[one.kind]} for one in found[:8]]


@bp.get("/<key>")
@allow(Can.LEARN)
def read(key: str):
    pitch = queries.pitch_for(current_user, key)
    return _page(pitch, MarkSeenForm(formdata=None), queries.pitches_for(current_user))


@bp.post("/<key>/seen")
@allow(Can.LEARN)
def mark_seen(key: str):
    pitch = queries.pitch_for(current_user, key)
    form = MarkSeenForm()
    if form.accepted():
        with form.explaining_refusals():
            services.mark_seen(pitch, **form.values, by=current_user, now=clock.now())
            return redirect(url_for("message.read", key=key), 303)
    return _page(queries.pitch_for(current_user, key), form, queries.pitches_for(current_user))


@bp.get("/<key>/versions")
@allow(Can.LEARN)
def versions(key: str):
    pitch = queries.pitch_for(current_user, key)
    form = OnDayForm(request.args)
    day = form.day.data if form.validate() else None
    return render_template(
        "message/versions.html",
        pitch=pitch,
        page=page_of(queries.versions_of(pitch)),
        withdrawn=queries.withdrawals_of(pitch),
        form=form,
        day=day,
        then=queries.in_force_on(pitch.id, clock.end_of(day, current_user.zone)) if day else 0,
    )


@bp.get("/from-memory", defaults={"key": ""})
@bp.get("/<key>/from-memory")
@allow(Can.LEARN)
def from_memory(key: str):
    pitch = queries.pitch_for(current_user, key) if key else queries.own_pitch_or_none(current_user)
    if pitch is None:
        return render_template("message/none.html")
    asked = request.args.get("step", "1")
    step = int(asked) if asked in {str(n) for n in range(fading.STEPS + 1)} else 1
    told = [
        (part.name, [fading.faded(claim.answer or claim.text, step) for claim in part.claims])
        for part in parts.of(queries.claims_of(pitch.id, pitch.number))
    ]
    return render_template("message/fade.html", pitch=pitch, parts=told, step=step, steps=fading.STEPS)


@bp.get("/<key>/compare")
@allow(Can.LEARN)
def compare(key: str):
    pitch = queries.pitch_for(current_user, key)
    form = CompareForm(request.args)
    form.before.choices = form.after.choices = [(n, f"Version {n}") for n in range(pitch.latest, 0, -1)]
    before, after = (field.data if form.validate() else None for field in (form.before, form.after))
    before, after = before or max(1, pitch.latest - 1), after or pitch.latest
    form.before.data, form.after.data = before, after
    changes = diff.claims(queries.claims_of(pitch.id, before), queries.claims_of(pitch.id, after))
    return render_template(
        "message/compare.html", pitch=pitch, form=form, changes=changes, before=before, after=after, names=parts.NAMES
    )


@bp.get("/<key>/versions/<int:number>")
@allow(Can.LEARN)
def version(key: str, number: int):
    pitch = queries.pitch_for(current_user, key)
    shown = queries.version_of(pitch, number)
    before = queries.version_of(pitch, number - 1) if number > 1 else None
    return render_template(
        "message/version.html",
        pitch=pitch,
        version=shown,
        parts=parts.of(shown.claims),
        names=parts.NAMES,
        changes=diff.claims(before.claims, shown.claims) if before else [],
        withdrawal=queries.withdrawals_of(pitch).get(number),
    )


def _page(pitch: Pitch, form: MarkSeenForm, pitches):
    version = queries.version_of(pitch, pitch.number)
    seen = queries.seen_number_or_none(pitch, current_user)
    before = queries.version_before_or_none(pitch, seen)
    listener = request.args.get("listener", "")
    return render_template(
        "message/pitch.html",
        pitch=pitch,
        pitches=pitches,
        version=version,
        parts=parts.of([parts.worded(claim, listener) for claim in version.claims]),
        names=parts.NAMES,
        listener=listener,
        listeners=parts.listeners(version.claims),
        taken_back=queries.latest_withdrawal_or_none(pitch) if pitch.latest > pitch.number else None,
        before=before,
        changes=diff.claims(before.claims, version.claims) if before else [],
        is_read=seen == pitch.number,
        published_on=clock.day_in(version.published_at, current_user.zone),
        today=current_user.today(),
        form=form,
    ), form.status
