"""Reading one worksheet that waits, remarking at its fields, and answering."""

import secrets

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.coaching.blueprint import bp
from portal.coaching.worksheet_forms import ReadingForm
from portal.errors import Refused
from portal.recitals import holding
from portal.worksheets import definition, masking, reading, remarking, submission_queries
from portal.worksheets import submission_waiting as waiting
from portal.worksheets.definition import NAME, Flat, Section
from portal.worksheets.models import Submission
from portal.worksheets.submission_models import Standing

OUTCOMES = {"returned": Standing.RETURNED, "accepted": Standing.ACCEPTED}


@bp.post("/worksheets/<int:submission_id>/take")
@allow(Can.COACH)
def take_worksheet(submission_id: int):
    holding.take(waiting.submission_for(current_user, submission_id), by=current_user, now=clock.now())
    return redirect(url_for("coaching.read_worksheet", submission_id=submission_id))


@bp.post("/worksheets/<int:submission_id>/put-back")
@allow(Can.COACH)
def put_back_worksheet(submission_id: int):
    holding.put_back(waiting.submission_for(current_user, submission_id), by=current_user)
    flash("Put back. Another coach can take it now.")
    return redirect(url_for("coaching.queue"))


@bp.route("/worksheets/<int:submission_id>", methods=["GET", "POST"])
@allow(Can.COACH)
def read_worksheet(submission_id: int):
    submission = waiting.submission_for(current_user, submission_id)
    now = clock.now()
    if request.method == "GET" and not _is_open(submission):
        return render_template(
            "coaching/closed_worksheet.html",
            submission=submission,
            title=waiting.title_of(submission),
            holder=holding.holder_or_none(submission, now),
        )
    form = ReadingForm()
    if form.accepted():
        with form.explaining_refusals():
            return redirect(_act(submission, form))
    if form.is_submitted():  # what a refusal rolled back is read once more
        submission = waiting.submission_for(current_user, submission_id)
    return _page(submission, form)


def _is_open(submission: Submission) -> bool:
    return submission.standing == Standing.WAITING and holding.holds(submission, current_user, clock.now())


def _act(submission: Submission, form: ReadingForm) -> str:
    """Keep what was typed, whichever button it was, and say where to go."""
    now, (verb, number) = clock.now(), form.action
    here = url_for("coaching.read_worksheet", submission_id=submission.id)
    if verb in OUTCOMES and (decided := remarking.decision_or_none(submission)) and decided.by_id == current_user.id:
        return url_for("coaching.queue")  # pressed twice
    remarking.remark(submission, form.remarks, key=form.key.data, by=current_user, now=now)
    if verb == "remove":
        remarking.remove_remark(submission, number, by=current_user, now=now)
        return f"{here}#remarks"
    if verb == "remarks":
        if not form.remarks:
            raise Refused("Write a remark at a field first, or answer below.")
        return f"{here}#f-{next(iter(form.typed)).replace('/', '-')}"
    if verb not in OUTCOMES:
        raise Refused("Press one of the buttons.")
    remarking.decide(submission, outcome=OUTCOMES[verb], note=form.note.data or "", by=current_user, now=now)
    flash(f"{submission.person.name} is told. Thank you.")
    return url_for("coaching.queue")


def _page(submission: Submission, form: ReadingForm):
    if not form.is_submitted():
        form.key.data = secrets.token_urlsafe(12)
    sections = submission_queries.sections_of(submission)
    before = submission_queries.looked_at_before(submission)
    answers, earlier, name = _seen(submission, before, sections)
    to_come = submission_queries.remarks_to_come(submission)
    by_place: dict[str, list] = {}
    for place, found in submission_queries.remarks(submission.filled_id, until=submission.id).items():
        by_place.setdefault(place, []).extend(found)
    for each in to_come:
        by_place.setdefault(each.place, []).append(each)
    stand = {place for place in by_place if reading.stands(sections, answers, place)}
    changed = reading.changed(sections, answers, earlier) if earlier is not None else []
    return render_template(
        "coaching/worksheet.html",
        submission=submission,
        title=waiting.title_of(submission),
        name=name,
        form=form,
        shown=reading.shown(sections, answers, before=earlier, remarks=by_place),
        before=before,
        before_id=current_user.id if before and before.decided_by_id == current_user.id else 0,
        changed=[(key, reading.named(sections, answers, key)) for key in changed],
        name_of={place: reading.named(sections, answers, place) for place in _places(sections, answers)},
        elsewhere=[each for place in by_place if place not in stand for each in by_place[place]],
        mine={each.id for each in to_come if each.by_id == current_user.id},
        to_come={each.id for each in to_come},
    ), form.status


def _places(sections: tuple[Section, ...], answers: Flat) -> list[str]:
    """Where a remark can be begun: at each field, and at each row of a table."""
    keys = list(definition.fields(sections))
    return [*keys, *(f"{key}/{row}" for key in keys for row in reading.rows_of(key, answers))]


def _seen(
    submission: Submission, before: Submission | None, sections: tuple[Section, ...]
) -> tuple[Flat, Flat | None, str]:
    """What the coach may read: the answers, those of the last look, and the name, each with what was to be hidden."""
    answers = {NAME: submission.name, **submission_queries.answers_of(submission)}
    earlier = {NAME: before.name, **submission_queries.answers_of(before)} if before else None
    called = masking.names(sections, earlier or {}, answers)
    if submission.hides_contacts:
        answers = masking.masked(sections, answers, called)
    if before and earlier is not None and before.hides_contacts:
        earlier = masking.masked(sections, earlier, called)
    name = answers.pop(NAME)
    if earlier is not None:
        del earlier[NAME]
    return answers, earlier, name
