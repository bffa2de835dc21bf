"""The matrix of clients and services, and the page of one cell."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock, sheets
from portal.access import Can, allow
from portal.clients import marks, queries, services
from portal.clients.asked import asked_filters, asked_number, query
from portal.clients.blueprint import bp
from portal.clients.forms import UseForm
from portal.clients.matrix import groups, matrix, within
from portal.errors import Refused


@bp.get("/matrix", endpoint="matrix")
@allow(Can.LEARN)
def show_matrix():
    filters, group_id = asked_filters(), asked_number("group")
    branches, catalogue = queries.branches(), queries.services()
    return render_template(
        "clients/matrix.html",
        view=matrix(current_user, filters, within(branches, catalogue, group_id), current_user.today()),
        filters=filters,
        group_id=group_id,
        kept=query(filters) | ({"group": group_id} if group_id else {}),
        branches=branches,
        groups=groups(branches, catalogue),
        industries=queries.industries(),
        labels=marks.LABELS,
        short=marks.SHORT,
        letters=marks.LETTERS,
        flag_names=marks.FLAGS,
    )


@bp.get("/matrix.csv")
@allow(Can.LEARN)
def matrix_csv():
    return _export("csv")


@bp.get("/matrix.xlsx")
@allow(Can.LEARN)
def matrix_xlsx():
    return _export("xlsx")


def _export(kind: str) -> Response:
    filters, today = asked_filters(), current_user.today()
    columns = within(queries.branches(), queries.services(), asked_number("group"))
    clients = queries.exported(current_user, filters, today)
    ids = [client.id for client in clients]
    states, flags = queries.states(ids), queries.flags_in_force(ids, today)

    def word(client_id: int, service_id: int) -> str:
        state = states.get((client_id, service_id))
        return marks.LABELS[state.use] if state else ""

    rows = [
        [
            client.name,
            client.industry,
            "; ".join(marks.FLAGS[flag.kind] for flag in flags.get(client.id, ())),
            *(word(client.id, service.id) for service in columns),
        ]
        for client in clients
    ]
    return sheets.download(
        "clients-and-services", kind, ["Client", "Industry", "Flags", *(s.name for s in columns)], rows
    )


@bp.route("/<int:client_id>/services/<int:service_id>", methods=["GET", "POST"])
@allow(Can.LEARN)
def cell(client_id: int, service_id: int):
    client, service = queries.client_for(current_user, client_id), queries.service(service_id)
    changes = queries.history(client_id, service_id)
    state = queries.state_or_none(client_id, service_id)
    form = UseForm(use=state.use if state else None, seen=str(changes[0].id if changes else 0))
    if form.accepted():
        with form.explaining_refusals():
            services.set_use(client_id, service_id, **form.values, by=current_user, now=clock.now())
            flash(f"Kept: {marks.said(form.use.data).lower()}.")
            return redirect(url_for("clients.cell", client_id=client_id, service_id=service_id))
        changes = queries.history(client_id, service_id)
        form.seen.data = str(changes[0].id if changes else 0)
    return render_template(
        "clients/cell.html",
        client=client,
        service=service,
        state=state,
        changes=changes,
        form=form,
        flags=queries.flags_in_force([client_id], current_user.today()).get(client_id, ()),
        said=marks.said,
        flag_names=marks.FLAGS,
        flag_means=marks.FLAG_MEANS,
        today=current_user.today(),
    ), form.status


@bp.post("/<int:client_id>/services/<int:service_id>/set")
@allow(Can.LEARN)
def set_cell(client_id: int, service_id: int) -> Any:
    """The same from within the matrix, for a script."""
    queries.client_for(current_user, client_id)
    queries.service(service_id)
    form = UseForm()
    if not form.accepted():
        raise Refused("We couldn't read that. Open the cell's page instead.")
    services.set_use(client_id, service_id, **form.values, by=current_user, now=clock.now())
    use, state = form.use.data, queries.state_or_none(client_id, service_id)
    newest = queries.last_changes([client_id]).get((client_id, service_id), 0)
    return {
        "use": str(use or ""),
        "mark": marks.SHORT[use] if use else "",
        "said": marks.said_whole(state, current_user.today()),
        "seen": newest,
    }


@bp.post("/<int:client_id>/services/<int:service_id>/changes/<int:change_id>/take-back")
@allow(Can.LEARN)
def take_back(client_id: int, service_id: int, change_id: int):
    queries.client_for(current_user, client_id)
    services.take_back(client_id, service_id, change_id, by=current_user, now=clock.now())
    flash("Taken back. It stands as before.")
    return redirect(url_for("clients.cell", client_id=client_id, service_id=service_id))
