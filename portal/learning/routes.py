"""The programme, its modules, and a page for every step."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.learning import grading, queries, services, steps, wording
from portal.learning.forms import ReportForm, check_form
from portal.learning.models import StepKind
from portal.learning.steps import Place

bp = Blueprint("learning", __name__, url_prefix="/modules")

NOT_YET = {
    StepKind.DRILLS: "Some cards are still waiting. This step is done once you have answered each of them once.",
    StepKind.WORKSHEET: "The worksheet isn't finished yet. This step is done once you press Finish there.",
    StepKind.FIELD_TASK: "Nothing is logged as asked yet. This step is done once it is.",
}


@bp.get("")
@allow(Can.LEARN)
def programme():
    today = current_user.today()
    rows = queries.standings(current_user)
    coming = queries.what_next(rows, today)[:1]
    return render_template(
        "learning/programme.html", rows=rows, coming=coming, headline=wording.headline(rows), today=today
    )


@bp.get("/<module>")
@allow(Can.LEARN)
def module(module: str):
    row = queries.module_for(current_user, module)
    here = steps.steps_for(current_user, module)
    asked = [each for each in queries.assignments_for(current_user) if each.key == module]
    return render_template(
        "learning/module.html", row=row, steps=here, asked=asked, kinds=wording.KINDS, today=current_user.today()
    )


@bp.route("/<module>/<step>", methods=["GET", "POST"])
@allow(Can.LEARN)
def step(module: str, step: str):
    place = steps.place(current_user, module, step)
    return PAGES[place.here.kind](place)


@bp.get("/<module>/<step>/attempts/<int:attempt_id>")
@allow(Can.LEARN)
def attempt(module: str, step: str, attempt_id: int):
    place = steps.place(current_user, module, step)
    found = steps.attempt_for(current_user, place.here.id, attempt_id)
    facts = steps.version(found.step_id, found.number).facts
    wrong = grading.wrong(facts, found.answers)
    return render_template("learning/attempt.html", place=place, attempt=found, facts=facts, wrong=wrong)


@bp.post("/catch-up")
@allow(Can.LEARN)
def catch_up():
    services.catch_up(current_user, clock.now())
    if "module" not in request.form:
        return redirect("/modules")
    place = steps.place(current_user, request.form["module"], request.form.get("step", ""))
    if place.here.done_at is None and place.here.kind in NOT_YET:
        flash(NOT_YET[place.here.kind])
        return redirect(place.address)
    return redirect(place.onwards)


def _lesson(place: Place) -> Any:
    if request.method == "POST":
        services.finish_step(_row(place), by=current_user, now=clock.now(), number=_number_seen())
        services.catch_up(current_user, clock.now())
        return redirect(place.onwards)
    return render_template("learning/lesson.html", place=place)


def _elsewhere(place: Place) -> Any:
    facts = steps.version(place.here.id, place.here.number).facts
    is_ready = steps.is_ready(current_user, place.here.kind, facts)
    return render_template("learning/elsewhere.html", place=place, way=wording.way(facts), is_ready=is_ready)


def _check(place: Place) -> Any:
    seen = steps.version(place.here.id, _number_seen() or place.here.number)
    form = check_form(seen.facts["questions"], seen.number)
    if form.accepted():
        with form.explaining_refusals():
            attempt = services.take_check(
                _row(place),
                answers=form.answers,
                number=seen.number,
                key=form.key.data,
                by=current_user,
                now=clock.now(),
            )
            return redirect(f"{place.address}/attempts/{attempt.id}")
    last = steps.last_attempt_or_none(current_user, place.here.id)
    return render_template("learning/check.html", place=place, form=form, facts=seen.facts, last=last), form.status


def _field_task(place: Place) -> Any:
    facts = steps.version(place.here.id, place.here.number).facts
    if facts["logged_as"] != steps.REPORT:
        return _elsewhere(place)
    form = ReportForm(done_on=current_user.today())
    if form.accepted():
        with form.explaining_refusals():
            services.report(_row(place), **form.values, by=current_user, now=clock.now())
            return redirect(place.onwards)
    reports = steps.reports_of(current_user, place.here.id)
    return render_template("learning/report.html", place=place, form=form, reports=reports), form.status


PAGES = {
    StepKind.LESSON: _lesson,
    StepKind.CHECK: _check,
    StepKind.DRILLS: _elsewhere,
    StepKind.WORKSHEET: _elsewhere,
    StepKind.FIELD_TASK: _field_task,
}


def _row(place: Place) -> Any:
    return steps.step(place.here.module_key, place.here.key)


def _number_seen() -> int | None:
    """The version that the page showed, as its form says; None when it says nothing that makes sense."""
    given = request.form.get("number", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else None
