"""The coach's queue, and answering one recital."""

import secrets
from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.coaching import queries as coaching
from portal.coaching import services, worksheet_routes
from portal.coaching.blueprint import bp
from portal.coaching.forms import LEVEL, OUTCOMES, AnswerForm, answer_form
from portal.errors import Refused
from portal.message import parts
from portal.message.models import Claim
from portal.paging import page_of
from portal.recitals import coverage, holding, limits, listening, queries, rubrics, waiting
from portal.recitals.models import Medium, Recital, RubricVersion, State
from portal.worksheets import submission_waiting

MORE_PAGES = (worksheet_routes,)
"""Imported so that their addresses are known."""


@bp.get("")
@allow(Can.COACH)
def queue():
    now = clock.now()
    asked = request.args.get("kind", "")
    only = asked if asked in (coaching.RECITAL, coaching.WORKSHEET) else ""
    return render_template(
        "coaching/queue.html",
        page=page_of(coaching.queue(current_user, now, only), scalars=False),
        only=only,
        recitals=waiting.turnaround(current_user, now),
        worksheets=submission_waiting.turnaround(current_user, now),
        answered=waiting.answered_by(current_user),
        read=submission_waiting.answered_by(current_user),
        averages=waiting.averages_of(current_user, now),
        today=current_user.today(now),
        day_of=clock.day_in,
    )


@bp.post("/next")
@allow(Can.COACH)
def take_next():
    now = clock.now()
    recital = waiting.next_or_none(current_user, now)
    submission = submission_waiting.next_or_none(current_user, now)
    if submission is not None and coaching.is_first(submission, recital, by=current_user):
        holding.take(submission, by=current_user, now=now)
        return redirect(url_for("coaching.read_worksheet", submission_id=submission.id))
    if recital is None:
        flash("Nobody waits just now. Thank you.")
        return redirect(url_for("coaching.queue"))
    holding.take(recital, by=current_user, now=now)
    return redirect(url_for("coaching.answer", recital_id=recital.id))


@bp.post("/<int:recital_id>/take")
@allow(Can.COACH)
def take(recital_id: int):
    holding.take(waiting.recital_for(current_user, recital_id), by=current_user, now=clock.now())
    return redirect(url_for("coaching.answer", recital_id=recital_id))


@bp.post("/<int:recital_id>/put-back")
@allow(Can.COACH)
def put_back(recital_id: int):
    holding.put_back(waiting.recital_for(current_user, recital_id), by=current_user)
    flash("Put back. Another coach can take it now.")
    return redirect(url_for("coaching.queue"))


@bp.post("/<int:recital_id>/remarks/<int:comment_id>/remove")
@allow(Can.COACH)
def remove_remark(recital_id: int, comment_id: int):
    recital = waiting.recital_for(current_user, recital_id)
    listening.remove_comment(recital, comment_id, by=current_user, now=clock.now())
    return redirect(url_for("coaching.answer", recital_id=recital_id, _anchor="remarks"))


@bp.route("/<int:recital_id>", methods=["GET", "POST"])
@allow(Can.COACH)
def answer(recital_id: int):
    recital = waiting.recital_for(current_user, recital_id)
    now = clock.now()
    is_open = recital.state == State.SUBMITTED and holding.holds(recital, current_user, now)
    if not is_open and request.method == "GET":
        return render_template(
            "coaching/closed.html", recital=recital, holder=holding.holder_or_none(recital, now), today=now.date()
        )
    version = rubrics.in_force(recital.scope)
    claims = queries.claims_asked(recital)
    form = answer_form(version, [(claim.key, f"{parts.NAMES[claim.kind]}: {claim.text[:60]}") for claim in claims])
    if form.accepted():
        with form.explaining_refusals():
            done = _act(recital, form)
            if done is not None:
                return done
    if form.is_submitted():  # what a refusal rolled back is read once more, together
        recital = waiting.recital_for(current_user, recital_id)
        version, claims = rubrics.in_force(recital.scope), queries.claims_asked(recital)
    return _page(recital, version, claims, form)


def _act(recital: Recital, form: AnswerForm):
    now = clock.now()
    if form.wants == "remark":
        if not form.remark.data:
            raise Refused("Write the remark first.", field="remark")
        listening.comment(
            recital,
            text=form.remark.data,
            second=form.second,
            claim=form.claim.data or "",
            key=form.key.data,
            by=current_user,
            now=now,
        )
        # The page comes back with the levels and lines as they were, and room for another remark.
        form.remark.data = form.moment.data = form.claim.data = ""
        form.key.data = secrets.token_urlsafe(12)
        return None
    if form.wants not in OUTCOMES:
        raise Refused("Press one of the buttons.")
    return _decide(recital, form)


def _decide(recital: Recital, form: AnswerForm):
    now = clock.now()
    if not form.note.data:
        raise Refused("Write two lines; a score alone helps nobody.", field="note")
    if form.remark.data:
        raise Refused("Add this remark, or empty the field, before you answer.", field="remark")
    try:
        decision = listening.decide(
            recital,
            levels=form.levels,
            note=form.note.data,
            outcome=OUTCOMES[form.wants],
            rubric=form.rubric_version,
            by=current_user,
            now=now,
        )
    except Refused as refusal:
        raise Refused(refusal.message, field=f"{LEVEL}{refusal.field}" if refusal.field else None) from None
    is_certified = decision.outcome == State.PASSED and services.after_a_pass(recital, now=now)
    flash(f"{recital.person.name} is told{', and certified now' if is_certified else ''}. Thank you.")
    return redirect(url_for("coaching.queue"))


def _page(recital: Recital, version: RubricVersion, claims: Sequence[Claim], form: AnswerForm):
    if not form.is_submitted():
        form.key.data = secrets.token_urlsafe(12)
    form.rubric.data = f"{version.rubric_id}-{version.number}"
    is_typed = recital.medium == Medium.TYPED
    found = coverage.covered(claims, recital.text) if is_typed else []
    return render_template(
        "coaching/answer.html",
        recital=recital,
        recording=None if is_typed else queries.recording_or_none(recital),
        rubric=version,
        form=form,
        level=LEVEL,
        claims=claims,
        parts=parts.of(claims),
        names=parts.NAMES,
        words={claim.key: claim for claim in claims},
        said=[each for each in found if each.is_covered],
        missed=[each for each in found if not each.is_covered and each.is_asked_for],
        avoided=coverage.avoided(rubrics.phrases(), recital.text) if is_typed else [],
        remarks=queries.comments(recital, from_coach=True, by_id=current_user.id),
        said_moment_of=limits.said_moment,
    ), form.status
