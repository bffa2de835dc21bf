"""The clients' pages: the list, a client's facts and flags."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock, sheets
from portal.access import Can, allow
from portal.accounts import queries as accounts
from portal.clients import catalogue_routes, import_routes, marks, matrix_routes, queries, services
from portal.clients.asked import asked_filters, query
from portal.clients.blueprint import bp
from portal.clients.forms import ClientForm, EditClientForm, FlagForm
from portal.clients.import_plan import HEADINGS
from portal.clients.models import Client

OTHER_PAGES = (catalogue_routes, import_routes, matrix_routes)
"""Imported for their pages."""
HEAD = [*HEADINGS.values(), "Steward's e-mail", "Flags"]


@bp.get("")
@allow(Can.LEARN)
def index():
    filters, today = asked_filters(), current_user.today()
    page = queries.listed(current_user, filters, today)
    ids = [client.id for client in page.rows]
    catalogue = queries.services()
    names = {service.id: service.name for service in catalogue}
    states = queries.states(ids)
    return render_template(
        "clients/index.html",
        page=page,
        filters=filters,
        kept=query(filters),
        flags=queries.flags_in_force(ids, today),
        in_use={id: sum(key[0] == id and row.use == "uses" for key, row in states.items()) for id in ids},
        catalogue=catalogue,
        without=names.get(filters.without, ""),
        stands_to=names.get(filters.service, "") if filters.use else "",
        said=marks.said,
        branches=queries.branches(),
        industries=queries.industries(),
        flag_names=marks.FLAGS,
    )


@bp.get("/export.csv")
@allow(Can.LEARN)
def export_csv():
    return _export("csv")


@bp.get("/export.xlsx")
@allow(Can.LEARN)
def export_xlsx():
    return _export("xlsx")


def _export(kind: str) -> Response:
    today = current_user.today()
    clients = queries.exported(current_user, asked_filters(), today)
    ways = {branch.id: branch.brief for branch in queries.branches()}
    flags = queries.flags_in_force([client.id for client in clients], today)
    rows = [
        [
            client.name,
            ways.get(client.practice_id, ""),
            client.industry,
            client.steward.name if client.steward else "",
            client.steward.email if client.steward else "",
            "; ".join(f"{marks.FLAGS[flag.kind]}: {flag.reason}" for flag in flags.get(client.id, ())),
        ]
        for client in clients
    ]
    return sheets.download("clients", kind, HEAD, rows)


@bp.get("/suggestions")
@allow(Can.LEARN)
def suggestions() -> list[dict[str, Any]]:
    """Clients that fit what is being typed."""
    found = queries.options(current_user, request.args.get("q", "")[:80], 8)
    flags = queries.flags_in_force([row.id for row in found], current_user.today())
    return [{"id": row.id, "name": row.name, "detail": _detail(row, flags.get(row.id, ()))} for row in found]


def _detail(client: Client, flags: Any) -> str:
    return " · ".join([*([client.industry] if client.industry else []), *(marks.FLAGS[flag.kind] for flag in flags)])


@bp.get("/services/suggestions")
@allow(Can.LEARN)
def service_suggestions() -> list[dict[str, Any]]:
    """Services that fit what is being typed."""
    words = request.args.get("q", "")[:80].casefold().split()
    fitting = [row for row in queries.services() if all(word in row.name.casefold() for word in words)]
    return [{"id": row.id, "name": row.name, "detail": row.summary[:80]} for row in fitting[:8]]


@bp.route("/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def new():
    form = ClientForm()
    form.offer(queries.branches())
    if form.accepted():
        with form.explaining_refusals():
            led = accounts.led_paths(current_user)
            client = services.add(**form.values, by=current_user, led=led, now=clock.now())
            flash("The client is here. Say what they use already.")
            return redirect(f"/clients/{client.id}")
    return render_template("clients/new.html", form=form, industries=queries.industries()), form.status


@bp.route("/<int:client_id>/facts", methods=["GET", "POST"])
@allow(Can.LEARN)
def facts(client_id: int):
    client = queries.changeable_by(current_user, client_id)
    form = EditClientForm.of(client)
    form.offer(queries.branches())
    if form.accepted():
        with form.explaining_refusals():
            services.edit(client, **form.values, by=current_user, now=clock.now())
            flash("The facts are changed.")
            return redirect(f"/clients/{client_id}")
        form.version.data = str(client.version)
    return render_template(
        "clients/facts.html",
        client=client,
        form=form,
        handed=queries.stewards_of(client),
        industries=queries.industries(),
    ), form.status


@bp.route("/<int:client_id>/flags", methods=["GET", "POST"])
@allow(Can.LEARN)
def flags(client_id: int):
    client, today = queries.client_for(current_user, client_id), current_user.today()
    may_change = queries.may_change(current_user, client)
    form = FlagForm(from_on=today)
    if form.is_submitted():
        queries.changeable_by(current_user, client_id)
    if form.accepted():
        with form.explaining_refusals():
            services.flag(client, **form.values, by=current_user, now=clock.now())
            flash("The flag stands wherever this client is shown.")
            return redirect(url_for("clients.flags", client_id=client_id))
    return render_template(
        "clients/flags.html",
        client=client,
        form=form,
        flags=queries.flags_of(client),
        today=today,
        may_change=may_change,
        flag_names=marks.FLAGS,
        flag_means=marks.FLAG_MEANS,
    ), form.status


@bp.post("/<int:client_id>/flags/<int:flag_id>/end")
@allow(Can.LEARN)
def end_flag(client_id: int, flag_id: int):
    client = queries.changeable_by(current_user, client_id)
    services.end_flag(client, queries.flag_of(client, flag_id), by=current_user, now=clock.now())
    flash("The flag is ended. It stays in the history.")
    return redirect(url_for("clients.flags", client_id=client_id))


@bp.post("/<int:client_id>/flags/<int:flag_id>/bring-back")
@allow(Can.LEARN)
def bring_back_flag(client_id: int, flag_id: int):
    client = queries.changeable_by(current_user, client_id)
    services.bring_back_flag(client, queries.flag_of(client, flag_id), by=current_user, now=clock.now())
    flash("The flag holds again.")
    return redirect(url_for("clients.flags", client_id=client_id))
