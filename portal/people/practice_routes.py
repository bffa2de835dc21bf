"""The tree of practices."""

from flask import flash, redirect, render_template, url_for

from portal.access import Can, allow
from portal.accounts import queries as accounts
from portal.accounts import tree
from portal.accounts.models import Practice
from portal.forms import Form
from portal.paging import asked_number
from portal.people import practices, queries
from portal.people.blueprint import bp
from portal.people.forms import AddPracticeForm, PracticeForm


@bp.get("/practices")
@allow(Can.ADMINISTER)
def practice_tree():
    branches = queries.branches()
    own = queries.people_by_practice()
    within = tree.totals(branches, own)
    rows = [(branch, own.get(branch.id, 0), within[branch.id]) for branch in branches]
    return render_template("people/practices.html", rows=rows)


@bp.route("/practices/new", methods=["GET", "POST"])
@allow(Can.ADMINISTER)
def add_practice():
    form = AddPracticeForm()
    if not form.is_submitted():
        form.below_id.data = asked_number("below_id", default=0)
    form.offer(queries.branches())
    if form.accepted():
        with form.explaining_refusals():
            practice = practices.add(**form.values)
            flash(f"{practice.name} is added.")
            return redirect(url_for("people.practice_tree"))
    return render_template("people/new_practice.html", form=form), form.status


@bp.route("/practices/<int:practice_id>", methods=["GET", "POST"])
@allow(Can.ADMINISTER)
def practice(practice_id: int):
    found = accounts.practice(practice_id)
    form = _form(found)
    if form.accepted():
        with form.explaining_refusals():
            practices.change(found, **form.values)
            flash("Saved.")
            return redirect(url_for("people.practice_tree"))
    return _page(found, form), form.status


@bp.post("/practices/<int:practice_id>/remove")
@allow(Can.ADMINISTER)
def remove_practice(practice_id: int):
    found = accounts.practice(practice_id)
    form = Form()
    if form.accepted():
        with form.explaining_refusals():
            name = found.name
            practices.remove(found)
            flash(f"{name} is removed.")
            return redirect(url_for("people.practice_tree"))
    return _page(found, _form(found, is_sent=False), form), form.status


def _form(practice: Practice, *, is_sent: bool = True) -> PracticeForm:
    values = {"name": practice.name, "below_id": practice.parent_id or 0}
    form = PracticeForm(data=values) if is_sent else PracticeForm(formdata=None, data=values)
    form.offer(queries.branches(), but=practice.path)
    return form


def _page(practice: Practice, form: PracticeForm, removal: Form | None = None) -> str:
    branch = queries.branch(practice.id)
    people = queries.people_by_practice().get(practice.id, 0)
    return render_template("people/practice.html", branch=branch, people=people, form=form, removal=removal)
