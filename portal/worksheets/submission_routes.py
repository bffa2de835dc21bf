"""Showing a worksheet to a coach, taking it back, and dealing with what came back."""

import secrets

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.worksheets import masking, queries, reading, services, submission_queries, submissions
from portal.worksheets.blueprint import bp
from portal.worksheets.models import FilledWorksheet, Submission
from portal.worksheets.submission_forms import ReplyForm, SubmitForm


@bp.route("/filled/<int:filled_id>/submit", methods=["GET", "POST"])
@allow(Can.LEARN)
def submit(filled_id: int):
    filled = queries.filled_for(current_user, filled_id, to_change=request.method == "POST")
    form = SubmitForm()
    if form.accepted():
        with form.explaining_refusals():
            submissions.submit(filled, **form.values, by=current_user, now=clock.now())
            flash("It is with the coaches now. You hear as soon as somebody has read it.")
            return redirect(url_for("worksheets.with_coach", filled_id=filled.id))
    sections, answers = queries.sections_of(filled), services.current(filled)
    last = submission_queries.last_or_none(filled)
    has_contacts = masking.has_contacts(sections)
    if not form.is_submitted():
        form.key.data = secrets.token_urlsafe(12)
        form.hides_contacts.data = bool(last and last.hides_contacts)
    if not has_contacts:
        del form.hides_contacts
    return render_template(
        "worksheets/submit.html",
        filled=filled,
        form=form,
        last=last,
        coaches=submission_queries.coaches_of(current_user),
        open_remarks=_open(filled),
        masked=reading.shown(sections, masking.masked(sections, answers, masking.names(sections, answers)))
        if has_contacts
        else [],
        shown=reading.shown(sections, answers),
    ), form.status


def _open(filled: FilledWorksheet) -> int:
    return sum(not each.dealt_at for found in submission_queries.remarks(filled.id).values() for each in found)


@bp.post("/submissions/<int:submission_id>/withdraw")
@allow(Can.LEARN)
def withdraw(submission_id: int):
    submission = submission_queries.submission_for(current_user, submission_id)
    submissions.withdraw(submission, now=clock.now())
    flash("Taken back. No coach sees it now.")
    return redirect(url_for("worksheets.with_coach", filled_id=submission.filled_id))


@bp.post("/submissions/<int:submission_id>/read")
@allow(Can.LEARN)
def mark_read(submission_id: int):
    submission = submission_queries.submission_for(current_user, submission_id)
    submissions.mark_read(submission, now=clock.now())
    return redirect(url_for("worksheets.with_coach", filled_id=submission.filled_id))


@bp.get("/filled/<int:filled_id>/coach")
@allow(Can.LEARN)
def with_coach(filled_id: int):
    filled = queries.filled_for(current_user, filled_id)
    sections, answers = queries.sections_of(filled), services.current(filled)
    thread = submission_queries.thread(filled)
    by_place = submission_queries.remarks(filled.id)
    answered = _last_answered(thread)
    return render_template(
        "worksheets/with_coach.html",
        filled=filled,
        thread=thread,
        waiting=next((row.Submission for row in thread if row.Submission.standing == "waiting"), None),
        unread=next((row for row in thread if row.coach and row.Submission.read_at is None), None),
        remarks=[
            (place, reading.named(sections, answers, place), found)
            for place, found in sorted(by_place.items(), key=_order(sections))
        ],
        changed=_changed_since(filled, answered) if answered else [],
        shown_at=max(
            (row.Submission.submitted_at for row in thread if row.Submission.standing != "withdrawn"),
            default=filled.saved_at,
        ),
    )


def _last_answered(thread) -> Submission | None:
    return next((row.Submission for row in thread if row.coach), None)


def _changed_since(filled: FilledWorksheet, answered: Submission) -> list[str]:
    sections = queries.sections_of(filled)
    before = submission_queries.answers_of(answered)
    now = services.current(filled)
    return [reading.named(sections, now, key) for key in reading.changed(sections, now, before)]


def _order(sections):
    """Remarks in the order of the worksheet."""
    keys = [field.key for section in sections for field in section.fields]

    def place_of(item) -> tuple[int, str]:
        key = item[0].partition("/")[0]
        return (keys.index(key) if key in keys else len(keys), item[0])

    return place_of


@bp.post("/remarks/<int:remark_id>/dealt")
@allow(Can.LEARN)
def deal(remark_id: int):
    remark, submission = submission_queries.remark_for(current_user, remark_id)
    submissions.deal(remark, is_dealt=request.form.get("dealt") != "no", now=clock.now())
    return redirect(url_for("worksheets.with_coach", filled_id=submission.filled_id, _anchor=f"remark-{remark.id}"))


@bp.route("/remarks/<int:remark_id>/answer", methods=["GET", "POST"])
@allow(Can.LEARN)
def reply(remark_id: int):
    remark, submission = submission_queries.remark_for(current_user, remark_id)
    form = ReplyForm()
    if form.accepted():
        with form.explaining_refusals():
            submissions.answer(remark, **form.values, by=current_user, now=clock.now())
            return redirect(
                url_for("worksheets.with_coach", filled_id=submission.filled_id, _anchor=f"remark-{remark.id}")
            )
    if not form.is_submitted():
        form.key.data = secrets.token_urlsafe(12)
    sections, answers = submission_queries.sections_of(submission), submission_queries.answers_of(submission)
    return render_template(
        "worksheets/reply.html",
        remark=remark,
        submission=submission,
        form=form,
        about=reading.named(sections, answers, remark.place),
    ), form.status


@bp.post("/remarks/<int:remark_id>/answers/<int:answer_id>/remove")
@allow(Can.LEARN)
def remove_reply(remark_id: int, answer_id: int):
    remark, submission = submission_queries.remark_for(current_user, remark_id)
    submissions.remove_answer(remark, submission, answer_id, by=current_user)
    return redirect(url_for("worksheets.with_coach", filled_id=submission.filled_id, _anchor=f"remark-{remark_id}"))
