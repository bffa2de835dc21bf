"""One client from all sides; merging two; how far the services reach."""

from secrets import token_urlsafe

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import charts, clock, sheets
from portal.access import Can, allow
from portal.clients import marks
from portal.clients import queries as clients
from portal.clients.models import Client, Use
from portal.errors import NotFound, Refused
from portal.pipeline import agreement
from portal.pipeline.stages import CLOSED
from portal.stewardship import merging, penetration, queries, services
from portal.stewardship.forms import GoAheadForm, MergeForm
from portal.stewardship.reach import reading, said_month

bp = Blueprint("stewardship", __name__, url_prefix="/clients")


@bp.get("/<int:client_id>")
@allow(Can.LEARN)
def client(client_id: int):
    try:
        found, today = clients.client_for(current_user, client_id), current_user.today()
    except NotFound:
        return redirect(url_for("stewardship.client", client_id=queries.kept(client_id)))
    merges = queries.merges_of(found)
    catalogue = clients.services()
    states = clients.states([client_id])
    proposed = queries.opportunities_at(current_user, found)
    return render_template(
        "stewardship/client.html",
        client=found,
        may_change=clients.may_change(current_user, found),
        flags=clients.flags_in_force([client_id], today).get(client_id, ()),
        services=[(service, states.get((client_id, service.id))) for service in catalogue],
        in_use=sum(row.use == Use.USES for row in states.values()),
        known=queries.known_at(current_user, found),
        open=[one for one in proposed if one.stage not in CLOSED],
        past=[one for one in proposed if one.stage in CLOSED],
        talked=queries.last_conversation_or_none(current_user, found),
        sheets=queries.sheets_about(current_user, found, merges),
        to_raise=queries.to_raise(found, catalogue, states),
        merges=merges,
        said=marks.said,
        stages=agreement.labels(),
        flag_names=marks.FLAGS,
        flag_means=marks.FLAG_MEANS,
        own_contacts="/network",
        today=today,
    )


@bp.post("/<int:client_id>/people/<int:contact_id>")
@allow(Can.LEARN)
def show_contact(client_id: int, contact_id: int):
    """Let the client's page say that one knows somebody there, or no longer."""
    found = clients.client_for(current_user, client_id)
    contact = queries.own_contact_at(current_user, found, contact_id)
    is_shown = request.form.get("show") == "1"
    services.show_at_client(contact, is_shown=is_shown)
    flash("Colleagues see that you know them." if is_shown else "Only you see that you know them.")
    return redirect(url_for("stewardship.client", client_id=client_id) + "#people")


@bp.route("/<int:client_id>/merge", methods=["GET", "POST"])
@allow(Can.LEARN)
def merge(client_id: int):
    found = clients.changeable_by(current_user, client_id)
    form = MergeForm()
    if form.accepted():
        with form.explaining_refusals():
            other = _other(found, form.other_id.data)
            return redirect(url_for("stewardship.merge_preview", client_id=client_id, other_id=other.id))
    return render_template("stewardship/merge.html", client=found, form=form), form.status


def _other(client: Client, other_id: int | None) -> Client:
    if not other_id or other_id == client.id:
        raise Refused("Choose another client from the list while you type.", field="other")
    try:
        return clients.changeable_by(current_user, other_id)
    except NotFound:
        raise Refused("You can merge clients only where you may change both.", field="other") from None


@bp.route("/<int:client_id>/merge/<int:other_id>", methods=["GET", "POST"])
@allow(Can.LEARN)
def merge_preview(client_id: int, other_id: int):
    kept = clients.changeable_by(current_user, client_id)
    gone = clients.changeable_by(current_user, other_id)
    if client_id == other_id:
        raise NotFound
    form = GoAheadForm(key=token_urlsafe(12))
    if form.accepted():
        with form.explaining_refusals():
            merging.merge(client_id, other_id, **form.values, by=current_user, now=clock.now())
            flash("The two are one client now. You can undo it below.")
            return redirect(url_for("stewardship.client", client_id=client_id))
    return render_template(
        "stewardship/merge_preview.html",
        client=kept,
        gone=gone,
        preview=merging.preview(kept, gone),
        form=form,
        said=marks.said,
    ), form.status


@bp.post("/<int:client_id>/merges/<int:merge_id>/undo")
@allow(Can.LEARN)
def undo_merge(client_id: int, merge_id: int):
    found = queries.merge_for(current_user, client_id, merge_id)
    merging.undo(found, by=current_user, now=clock.now())
    flash("They are two clients again.")
    return redirect(url_for("stewardship.client", client_id=client_id))


@bp.get("/penetration", endpoint="penetration")
@allow(Can.LEARN)
def show_penetration():
    view = _asked_view()
    shown = view.picture
    averages = [month.average for month in shown.months]
    return render_template(
        "stewardship/penetration.html",
        view=view,
        said_month=said_month,
        reading=reading(shown.months, shown.clients),
        spark=charts.spark([round(each * 100) for each in averages], [f"{each:.1f}" for each in averages], "month"),
        noted=charts.spark([month.noted for month in shown.months], per="month"),
        spread=charts.bars([(label, n, f"{n:,} ({percent}%)") for label, n, percent in shown.spread]),
        uses=Use,
        labels=marks.LABELS,
    )


@bp.get("/penetration.csv")
@allow(Can.LEARN)
def penetration_csv():
    return _export("csv")


@bp.get("/penetration.xlsx")
@allow(Can.LEARN)
def penetration_xlsx():
    return _export("xlsx")


def _export(kind: str):
    shown = _asked_view().picture
    head = ["Service", "Clients", *(marks.LABELS[use] for use in Use), "Share that uses it, percent"]
    rows = [[one.name, shown.clients, *(one.by_use[use] for use in Use), one.percent] for one in shown.reaches]
    return sheets.download("penetration", kind, head, rows)


def _asked_view() -> penetration.View:
    typed = request.args.get("practice", "")
    asked = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    return penetration.view(current_user, asked, current_user.today())
