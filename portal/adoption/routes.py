"""Pages of this room."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock, sheets
from portal.access import Can, allow
from portal.adoption import assignments, people, person, queries, services
from portal.adoption import overview as overviews
from portal.adoption.forms import AssignToPeopleForm, AssignToPracticeForm
from portal.errors import NotFound
from portal.learning import queries as learning
from portal.learning import services as learning_services
from portal.paging import asked_number

bp = Blueprint("adoption", __name__, url_prefix="/team")

LARGEST_ID = 999_999_999


@bp.get("")
@allow(Can.LEAD)
def team():
    return _overview(None)


@bp.get("/practices/<int:practice_id>")
@allow(Can.LEAD)
def practice(practice_id: int):
    return _overview(practice_id)


@bp.get("/people")
@allow(Can.LEAD)
def everybody():
    wanted = people.filters(current_user, request.args)
    return render_template(
        "adoption/people.html",
        page=people.page(current_user, wanted, clock.now()),
        wanted=wanted,
        states=people.STATES,
        modules=learning.modules(),
        practices=queries.practices_for(current_user),
        today=current_user.today(),
        query=request.query_string.decode("ascii", "replace"),
    )


@bp.get("/people.csv", defaults={"kind": "csv"})
@bp.get("/people.xlsx", defaults={"kind": "xlsx"})
@allow(Can.LEAD)
def export(kind: str):
    wanted = people.filters(current_user, request.args)
    head, rows = people.matrix(current_user, wanted, clock.now())
    return sheets.download("team-people", kind, head, rows)


@bp.get("/people/<int:person_id>")
@allow(Can.LEAD)
def one(person_id: int):
    view = person.view(current_user, person_id, now=clock.now())
    return render_template("adoption/person.html", view=view, today=current_user.today())


@bp.route("/assign", methods=["GET", "POST"])
@allow(Can.LEAD)
def assign():
    return _assign_to_people() if request.args.getlist("person") else _assign_to_practice()


@bp.get("/assignments")
@allow(Can.LEAD)
def assigned():
    return render_template(
        "adoption/assignments.html",
        page=assignments.page(current_user),
        withdrawn=assignments.withdrawn_or_none(current_user, asked_number("withdrawn", default=0, most=LARGEST_ID)),
        today=current_user.today(),
    )


@bp.post("/assignments/<int:assignment_id>/withdraw")
@allow(Can.LEAD)
def withdraw(assignment_id: int):
    found = learning.assignment_led_by(current_user, assignment_id)
    learning_services.withdraw(found, by=current_user, now=clock.now())
    return redirect(url_for("adoption.assigned", withdrawn=assignment_id))


@bp.post("/assignments/<int:assignment_id>/restore")
@allow(Can.LEAD)
def restore(assignment_id: int):
    found = assignments.withdrawn_or_none(current_user, assignment_id)
    if found is None:
        raise NotFound
    services.restore(found)
    flash("It is in force again.")
    return redirect(url_for("adoption.assigned"))


def _overview(practice_id: int | None) -> str:
    currency = current_app.extensions["portal_config"].CURRENCY
    view = overviews.overview(current_user, practice_id, now=clock.now(), currency=currency)
    return render_template("adoption/overview.html", view=view, today=current_user.today())


def _assign_to_people() -> Any:
    chosen = assignments.chosen(current_user, request.args.getlist("person"))
    form = AssignToPeopleForm(**_suggested(), people=[row.id for row in chosen])
    form.offer([(row.id, row.title) for row in learning.modules()])
    form.people.choices = [(row.id, row.name) for row in chosen]
    if form.accepted():
        with form.explaining_refusals():
            asked = services.assign_to_people(**form.values, by=current_user, now=clock.now())
            flash("1 person is asked." if asked == 1 else f"{asked} people are asked.")
            return redirect(url_for("adoption.assigned"))
    return render_template("adoption/assign.html", form=form), form.status


def _assign_to_practice() -> Any:
    practices = queries.practices_for(current_user)
    form = AssignToPracticeForm(**_suggested(), practice_id=asked_number("practice", default=0, most=LARGEST_ID))
    form.offer([(row.id, row.title) for row in learning.modules()])
    form.practice_id.choices = [(0, "Choose a practice"), *practices]
    if form.accepted():
        with form.explaining_refusals():
            services.assign_to_practice(**form.values, by=current_user, now=clock.now())
            flash("The practice is asked.")
            return redirect(url_for("adoption.assigned"))
    return render_template("adoption/assign.html", form=form), form.status


def _suggested() -> dict[str, Any]:
    return {
        "module_id": asked_number("module", default=0, most=LARGEST_ID),
        "due_on": assignments.default_day(current_user.today()),
    }
