"""One's own recitals: the list, beginning one, writing it, and reading what came back."""

import secrets
from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.errors import NotFound, Refused
from portal.forms import Form
from portal.message import parts
from portal.message import queries as message
from portal.message.models import Claim, Pitch
from portal.paging import page_of
from portal.recitals import (
    colleague_routes,
    colleagues,
    coverage,
    holding,
    limits,
    listening,
    queries,
    recording_routes,
    rubrics,
    services,
)
from portal.recitals.blueprint import bp
from portal.recitals.forms import BeginForm, TypedForm
from portal.recitals.models import Medium, Recital, Scope, State

MORE_PAGES = (recording_routes, colleague_routes)
"""Imported so that their addresses are known."""


@bp.get("")
@allow(Can.LEARN)
def index():
    page = page_of(queries.mine(current_user), scalars=False)
    return render_template(
        "recitals/index.html",
        page=page,
        invitations=colleagues.invitations_for(current_user),
        pitch=message.own_pitch_or_none(current_user),
        today=current_user.today(),
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def new():
    pitch = _asked_pitch()
    form = BeginForm()
    if form.accepted():
        with form.explaining_refusals():
            recital = services.begin(
                pitch,
                scope=Scope(form.scope.data),
                medium=Medium(form.medium.data),
                key=form.key.data,
                by=current_user,
                now=clock.now(),
            )
            return redirect(url_for("recitals.one", recital_id=recital.id))
    if not form.is_submitted():
        form.key.data = secrets.token_urlsafe(12)
        if request.args.get("scope") == Scope.CHANGES:
            form.scope.data = Scope.CHANGES
    changed = queries.changed_keys(pitch, current_user)
    claims = message.claims_of(pitch.id, pitch.number)
    return render_template(
        "recitals/new.html",
        pitch=pitch,
        pitches=message.pitches_for(current_user),
        changed=[claim for claim in claims if claim.key in changed],
        form=form,
        whole=limits.of(Scope.WHOLE),
        changes=limits.of(Scope.CHANGES),
    ), form.status


def _asked_pitch() -> Pitch:
    key = request.args.get("pitch", "")
    pitch = message.pitch_for(current_user, key) if key else message.own_pitch_or_none(current_user)
    if pitch is None:
        raise NotFound
    return pitch


@bp.route("/<int:recital_id>", methods=["GET", "POST"])
@allow(Can.LEARN)
def one(recital_id: int):
    recital = queries.recital_for(current_user, recital_id)
    if recital.state != State.DRAFT and request.method == "GET":
        return _answer(recital)
    if recital.medium != Medium.TYPED:
        return _recorder(recital)
    form = TypedForm()
    form.text.flags.required = True  # only saving does without it
    if form.accepted():
        with form.explaining_refusals():
            services.save(recital, text=form.text.data or "", version=form.version.data, now=clock.now())
            if request.form.get("action") == "submit":
                services.submit(recital, by=current_user, now=clock.now())
                flash("Submitted. You will be told when a coach has heard it.")
                return redirect(url_for("recitals.one", recital_id=recital.id))
            return redirect(url_for("recitals.one", recital_id=recital.id, _anchor="covered"))
    return _typing(queries.recital_for(current_user, recital_id), form)


@bp.post("/<int:recital_id>/draft")
@allow(Can.LEARN)
def save_draft(recital_id: int):
    """Keep what a script noticed as it was typed."""
    recital = queries.recital_for(current_user, recital_id)
    body = request.get_json(silent=True)
    typed, version = (body.get("text"), body.get("version")) if isinstance(body, dict) else (None, None)
    if not isinstance(typed, str) or type(version) is not int or "\x00" in typed:
        raise Refused("This can't be kept as it is. Press Save, and see what is wrong.")
    if version != recital.version and typed != recital.text:
        return {"error": services.CHANGED_MEANWHILE}, 409
    services.save(recital, text=typed.strip(), version=version, now=clock.now())
    return {
        "version": recital.version,
        "saved": f"Saved at {clock.said_moment(recital.saved_at, current_user.zone)[-5:]}",
    }


def _typing(recital: Recital, form: TypedForm):
    saved = recital.text
    if not form.is_submitted():
        form.text.data, form.version.data = saved, recital.version
    elif any(services.CHANGED_MEANWHILE in str(error) for error in form.text.errors):
        form.version.data = recital.version
    claims = queries.claims_asked(recital)
    return render_template(
        "recitals/typing.html",
        recital=recital,
        form=form,
        theirs=saved if form.is_submitted() and saved != form.text.data else "",
        has_coach=queries.has_coach(current_user),
        claims=claims,
        **_heard(claims, saved),
    ), form.status


def _heard(claims: Sequence[Claim], text: str):
    """What a text covers, and what it had better not say."""
    found = coverage.covered(claims, text) if text.strip() else []
    return {
        "found": found,
        "said": [each for each in found if each.is_covered],
        "missed": [each for each in found if not each.is_covered and each.is_asked_for],
        "avoided": coverage.avoided(rubrics.phrases(), text) if text.strip() else [],
        "names": parts.NAMES,
    }


def _recorder(recital: Recital, refused: str = ""):
    return render_template(
        "recitals/recorder.html",
        recital=recital,
        recording=queries.recording_or_none(recital),
        put_away=queries.discarded_or_none(recital),
        most=limits.of(recital.scope),
        limits=limits,
        key=secrets.token_urlsafe(12),
        has_coach=queries.has_coach(current_user),
        claims=queries.claims_asked(recital),
        parts=parts.of(queries.claims_asked(recital)),
        refused=refused,
    ), 422 if refused else 200


def _answer(recital: Recital):
    decision = queries.decision_or_none(recital)
    claims = queries.claims_asked(recital)
    return render_template(
        "recitals/answer.html",
        recital=recital,
        recording=queries.recording_or_none(recital),
        decision=decision,
        rubric=rubrics.of(decision) if decision else None,
        levels=listening.levels_of(decision) if decision else {},
        remarks=queries.comments(recital, from_coach=True) if decision else [],
        written=queries.comments(recital, from_coach=False),
        invitations=colleagues.invitations_of(recital),
        holder=None if decision else holding.holder_or_none(recital, clock.now()),
        has_coach=bool(decision) or queries.has_coach(current_user),
        words={claim.key: claim for claim in claims},
        said_moment_of=limits.said_moment,
        **_heard(claims, recital.text if recital.medium == Medium.TYPED else ""),
    )


@bp.post("/<int:recital_id>/submit")
@allow(Can.LEARN)
def submit(recital_id: int):
    recital = queries.recital_for(current_user, recital_id)
    form = Form()
    if form.accepted():
        try:
            services.submit(recital, by=current_user, now=clock.now())
        except Refused as refusal:
            if recital.medium == Medium.TYPED:
                raise
            return _recorder(recital, refusal.message)
        flash("Submitted. You will be told when a coach has heard it.")
    return redirect(url_for("recitals.one", recital_id=recital_id))


@bp.post("/<int:recital_id>/take-back")
@allow(Can.LEARN)
def take_back(recital_id: int):
    services.take_back(queries.recital_for(current_user, recital_id), now=clock.now())
    flash("Taken back. It is a draft again.")
    return redirect(url_for("recitals.one", recital_id=recital_id))


@bp.post("/<int:recital_id>/read")
@allow(Can.LEARN)
def mark_read(recital_id: int):
    services.mark_read(queries.recital_for(current_user, recital_id), now=clock.now())
    return redirect(url_for("recitals.index"))
