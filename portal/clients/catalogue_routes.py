"""The service catalogue: everybody reads it, marketing keeps it."""

from flask import flash, redirect, render_template, url_for

from portal.access import Can, allow, can
from portal.clients import catalogue, marks, queries
from portal.clients.blueprint import bp
from portal.clients.forms import AddServiceForm, EditServiceForm
from portal.errors import NotFound


def _keeper() -> None:
    """Marketing and admins keep the catalogue; to others its forms are not there."""
    if not (can(Can.PUBLISH) or can(Can.ADMINISTER)):
        raise NotFound


@bp.get("/services", endpoint="catalogue")
@allow(Can.LEARN)
def show_catalogue():
    may_keep = can(Can.PUBLISH) or can(Can.ADMINISTER)
    rows = queries.services(with_retired=may_keep)
    return render_template(
        "clients/catalogue.html",
        rows=[row for row in rows if not row.is_retired],
        retired=[row for row in rows if row.is_retired],
        practices={branch.key: branch.brief for branch in queries.branches()},
        may_keep=may_keep,
    )


@bp.get("/services/<int:service_id>")
@allow(Can.LEARN)
def service(service_id: int):
    found = queries.service(service_id)
    return render_template(
        "clients/service.html",
        service=found,
        standing=[(use, marks.LABELS[use], n) for use, n in queries.standing_to(found).items()],
        practice=next((each.brief for each in queries.branches() if each.key == found.practice_key), ""),
        may_keep=can(Can.PUBLISH) or can(Can.ADMINISTER),
    )


@bp.route("/services/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def new_service():
    _keeper()
    form = AddServiceForm()
    form.offer(queries.branches())
    if form.accepted():
        with form.explaining_refusals():
            made = catalogue.add(**form.values)
            flash("The service is in the catalogue.")
            return redirect(url_for("clients.service", service_id=made.id))
    return render_template("clients/edit_service.html", form=form, service=None), form.status


@bp.route("/services/<int:service_id>/edit", methods=["GET", "POST"])
@allow(Can.LEARN)
def edit_service(service_id: int):
    _keeper()
    found, branches = queries.service(service_id), queries.branches()
    form = EditServiceForm.of(found, next((each.id for each in branches if each.key == found.practice_key), 0))
    form.offer(branches)
    if form.accepted():
        with form.explaining_refusals():
            catalogue.edit(found, **form.values)
            flash("The service is changed.")
            return redirect(url_for("clients.service", service_id=service_id))
        form.version.data = str(found.version)
    return render_template("clients/edit_service.html", form=form, service=found), form.status


@bp.post("/services/<int:service_id>/retire")
@allow(Can.LEARN)
def retire_service(service_id: int):
    _keeper()
    catalogue.retire(queries.service(service_id))
    flash("The service is out of the catalogue. What clients use stays on record.")
    return redirect(url_for("clients.service", service_id=service_id))


@bp.post("/services/<int:service_id>/restore")
@allow(Can.LEARN)
def restore_service(service_id: int):
    _keeper()
    catalogue.restore(queries.service(service_id))
    flash("The service is back in the catalogue.")
    return redirect(url_for("clients.service", service_id=service_id))
