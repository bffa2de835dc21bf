"""Writing a pitch: a draft that editors share, what a new version would change, publishing and withdrawing it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.drills import queries as drills
from portal.drills import resonance
from portal.message import diff
from portal.message import queries as message
from portal.message.models import Pitch, PitchDraft
from portal.message.parts import AUDIENCES, NAMES
from portal.releases import drafts
from portal.releases import queries as released
from portal.releases import services as releases
from portal.studio import queries
from portal.studio.blueprint import bp
from portal.studio.claims import arranged, as_typed, keyed
from portal.studio.forms import MOST_CLAIMS, PitchForm, WithdrawForm

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


@bp.post("/pitches/<key>/discard-draft")
@allow(Can.PUBLISH)
def discard_draft(key: str):
    drafts.discard(queries.pitch(key))
    flash("The draft is thrown away. What is in force stays as it is.")
    return redirect("/studio")


@bp.get("/pitches/<key>/releases")
@allow(Can.PUBLISH)
def pitch_releases(key: str):
    pitch = queries.pitch(key)
    return render_template(
        "studio/releases.html",
        pitch=pitch,
        releases=released.releases_of(pitch),
        withdrawn=message.withdrawals_of(pitch),
    )


@bp.get("/pitches/<key>/lines")
@allow(Can.PUBLISH)
def pitch_lines(key: str):
    pitch = queries.pitch(key)
    return render_template(
        "studio/lines.html",
        pitch=pitch,
        lines=resonance.lines(pitch),
        resonance=resonance.resonance(pitch),
        hard=drills.hard_claims(),
        names=NAMES,
    )


@bp.get("/releases/<int:release_id>/progress")
@allow(Can.PUBLISH)
def release_progress(release_id: int):
    release = released.release(release_id)
    return {"done": release.told, "total": release.to_tell, "state": "done" if release.finished_at else "running"}


@bp.route("/pitches/<key>/versions/<int:number>/withdraw", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def withdraw_version(key: str, number: int):
    pitch = queries.pitch(key)
    version = message.version_of(pitch, number)
    form = WithdrawForm()
    if form.accepted():
        with form.explaining_refusals():
            releases.withdraw(pitch, number=number, **form.values, by=current_user, now=clock.now())
            flash(f"Version {number} is withdrawn.")
            return redirect(url_for("studio.pitch_releases", key=key))
    before = [each for each in range(number - 1, 0, -1) if each not in message.withdrawals_of(pitch)]
    return render_template(
        "studio/withdraw.html", pitch=pitch, version=version, form=form, goes_back_to=before[0] if before else 0
    ), form.status


def _write(pitch: Pitch | None, address: str):
    """The one form of a pitch: its buttons move parts about, save, show what would change, go back, or publish."""
    form = _form(pitch)
    above = releases.inherited(pitch, form.practice_key.data or "")
    moved = arranged(form.claims.data, form.do.data or "", above) if form.is_submitted() else None
    if moved is not None:
        return _editor(pitch, _form(pitch, {**form.values, "claims": moved}), address)
    if form.is_submitted() and form.do.data == "save":
        return _save(pitch, form, address)
    if form.do.data != "edit" and form.accepted():
        with form.explaining_refusals():
            if form.do.data == "publish":
                return _publish(pitch, form)
            return _confirm(pitch, form, address)
    return _editor(pitch, form, address)


def _form(pitch: Pitch | None, typed: dict[str, Any] | None = None) -> PitchForm:
    draft = drafts.draft_or_none(pitch) if pitch else None
    if typed is not None:
        form = PitchForm(formdata=None, data=typed)
    elif request.method == "POST":
        form = PitchForm()  # only what was sent: a version that is missing must not look like the newest
    elif pitch is None:
        form = PitchForm(data={"claims": _START})
    else:
        form = PitchForm(data=_as_written(pitch, draft))
    form.practice_key.choices = dict(queries.practices())
    return form


def _as_written(pitch: Pitch, draft: PitchDraft | None) -> dict[str, Any]:
    """The draft, or else what is in force."""
    written: dict[str, Any] = {
        "title": pitch.title,
        "practice_key": pitch.practice_key,
        "base_number": pitch.latest,
        "draft_version": 0,
        "claims": [as_typed(vars(claim)) for claim in releases.said_in(pitch)],
    }
    if draft:
        written |= {name: getattr(draft, name) for name in ("title", "change", "is_major", "recertify_by")}
        written |= {"base_number": draft.base_number, "draft_version": draft.version}
        written["claims"] = [as_typed(claim) for claim in draft.claims]
    return written


def _editor(pitch: Pitch | None, form: PitchForm, address: str):
    theirs: list[Any] = []
    draft = drafts.draft_or_none(pitch) if pitch else None
    overtaken_by = ""
    if pitch and form.status == 422 and pitch.latest != form.base_number.data:
        theirs, overtaken_by = releases.said_in(pitch), f"Version {pitch.number}, published while you were writing"
    elif draft and form.status == 422 and draft.version != form.draft_version.data:
        theirs, overtaken_by = draft.claims, f"The draft, as {draft.saved_by.name} saved it"
    if pitch and form.status == 422:
        # What is theirs is on this page now, so pressing again is a decision and not an accident.
        form.base_number.data, form.draft_version.data = pitch.latest, draft.version if draft else 0
    return render_template(
        "studio/pitch.html",
        pitch=pitch,
        form=form,
        address=address,
        theirs=theirs,
        overtaken_by=overtaken_by,
        draft=draft,
        inherited=releases.not_replaced(form.claims.data, pitch, form.practice_key.data or ""),
        names=NAMES,
        audiences=AUDIENCES,
        most=MOST_CLAIMS,
    ), form.status


def _save(pitch: Pitch | None, form: PitchForm, address: str):
    """Half-written parts are welcome in a draft; only what cannot be kept is refused."""
    if form.may_be_kept():
        with form.explaining_refusals():
            pitch = pitch or drafts.begin(
                key=queries.free_pitch_key(form.title.data or ""),
                title=form.title.data,
                practice_key=form.practice_key.data or "",
            )
            drafts.save(
                pitch,
                **form.about_draft,
                claims=keyed(form.claims.data),
                version=form.draft_version.data,
                by=current_user,
                now=clock.now(),
            )
            flash("The draft is saved. Nobody but editors sees it.")
            return redirect(f"/studio/pitches/{pitch.key}")
    return _editor(pitch, form, address)


def _confirm(pitch: Pitch | None, form: PitchForm, address: str):
    before = message.said_in(pitch.id, pitch.number) if pitch and pitch.number else []
    after, effects = releases.preview(pitch, **_given(pitch, form))
    return render_template(
        "studio/pitch_preview.html",
        pitch=pitch,
        form=form,
        address=address,
        changes=diff.claims(before, after),
        effects=effects,
        audiences=AUDIENCES,
        names=NAMES,
    )


def _publish(pitch: Pitch | None, form: PitchForm):
    version = releases.publish(pitch, **_given(pitch, form))
    flash(f"Version {version.number} is in force. People see it on Today and in their drills.")
    return redirect("/studio")


def _given(pitch: Pitch | None, form: PitchForm) -> dict[str, Any]:
    return dict(
        key=pitch.key if pitch else queries.free_pitch_key(form.title.data),
        title=form.title.data,
        practice_key=form.practice_key.data or "",
        claims=keyed(form.claims.data),
        change=form.change.data,
        base_number=form.base_number.data,
        is_major=form.is_major.data,
        recertify_by=form.recertify_by.data,
        by=current_user,
        now=clock.now(),
    )
