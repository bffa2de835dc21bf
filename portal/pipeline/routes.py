"""The pipeline: a list, a quick way in, one opportunity with its history, and the way from a worksheet's row."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock, sheets
from portal.access import Can, allow
from portal.errors import NotFound
from portal.money import said_amount
from portal.pipeline import queries, services
from portal.pipeline.forms import EditForm, LogForm, MoveForm
from portal.pipeline.models import Opportunity, OpportunityKind
from portal.pipeline.next_steps import said_due
from portal.pipeline.queries import Filters
from portal.pipeline.stages import CLOSED, LABELS, OPEN, Stage
from portal.worksheets import queries as worksheets
from portal.worksheets.definition import ROW

bp = Blueprint("pipeline", __name__, url_prefix="/pipeline")

KIND_LABELS = {OpportunityKind.REFERRAL: "Referral", OpportunityKind.CROSS_SELL: "Cross-sell"}
STATES = {"open": "Open", "closed": "Closed", "all": "All"}
HEAD = ["Kind", "Stage", "Organisation", "Contact", "Service", "Ask", "Value", "Currency", "Asked on"]
HEAD += ["Next step", "Next step on", "Logged on", "Changed on"]


def _filters() -> Filters:
    kind, state = request.args.get("kind", ""), request.args.get("state", "open")
    return Filters(
        OpportunityKind(kind) if kind in list(OpportunityKind) else None,
        state if state in STATES else "open",
        request.args.get("words", "")[:200],
    )


def _shown() -> dict[str, Any]:
    return {
        "labels": LABELS,
        "kind_labels": KIND_LABELS,
        "open_stages": OPEN,
        "today": current_user.today(),
        "said_due": said_due,
        "zone": current_user.zone,
    }


@bp.get("")
@allow(Can.LEARN)
def index():
    filters = _filters()
    as_list = request.args.get("view") == "list"
    totals = queries.totals(current_user, filters)
    currency = services.currency()
    stages = {"open": OPEN, "closed": CLOSED}.get(filters.state, tuple(Stage))
    return render_template(
        "pipeline/index.html",
        filters=filters,
        states=STATES,
        as_list=as_list,
        page=queries.listed(current_user, filters) if as_list else None,
        board={} if as_list else queries.board(current_user, filters),
        stages=stages,
        totals=totals,
        count=sum(n for n, _ in totals.values()),
        worth=said_amount(sum(amount for _, amount in totals.values()), currency),
        currency=currency,
        kept=_query(filters),
        **_shown(),
    )


def _query(filters: Filters) -> dict[str, str]:
    """The filters as they stand in the query string."""
    given = {"kind": filters.kind or "", "state": filters.state, "words": filters.words}
    return {name: str(value) for name, value in given.items() if value and (name, value) != ("state", "open")}


@bp.get("/export.csv")
@allow(Can.LEARN)
def export_csv():
    return _export("csv")


@bp.get("/export.xlsx")
@allow(Can.LEARN)
def export_xlsx():
    return _export("xlsx")


def _export(kind: str) -> Response:
    rows = [_exported(row, current_user.zone) for row in queries.exported(current_user, _filters())]
    return sheets.download("pipeline", kind, HEAD, rows)


def _exported(row: Opportunity, zone: str) -> list[Any]:
    return [
        KIND_LABELS[row.kind],
        LABELS[row.stage],
        row.organisation,
        row.contact,
        row.service,
        row.ask,
        None if row.value is None else row.value / 100,
        row.currency,
        row.asked_on,
        row.next_step,
        row.next_on,
        clock.day_in(row.created_at, zone),
        clock.day_in(row.changed_at, zone),
    ]


@bp.route("/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def new():
    kind = request.args.get("kind", "")
    form = LogForm(kind=OpportunityKind(kind)) if kind in list(OpportunityKind) else LogForm()
    if form.accepted():
        with form.explaining_refusals():
            opportunity = services.log(**form.values, by=current_user, now=clock.now())
            return _logged(opportunity)
    return render_template("pipeline/new.html", form=form, row=None), form.status


@bp.route("/from-worksheet/<int:filled_id>/<key>", methods=["GET", "POST"])
@allow(Can.LEARN)
def from_worksheet(filled_id: int, key: str):
    if not ROW.fullmatch(key):
        raise NotFound
    known = queries.logged_or_none(current_user, filled_id, key)
    if known:
        return redirect(url_for("pipeline.opportunity", opportunity_id=known.id))
    row = worksheets.row_for(current_user, filled_id, key)
    form = LogForm(**_prefilled(row.becomes, row.cells))
    if form.accepted():
        with form.explaining_refusals():
            given = form.values | {"kind": OpportunityKind(row.becomes), "filled_id": row.filled_id, "row": row.row}
            return _logged(services.log(**given, by=current_user, now=clock.now()))
    return render_template("pipeline/new.html", form=form, row=row), form.status


def _prefilled(becomes: str, cells: Mapping[str, str]) -> dict[str, Any]:
    day = cells.get("next_on", "")
    return {
        "kind": OpportunityKind(becomes),
        "contact": cells.get("contact", ""),
        "organisation": cells.get("organisation") or cells.get("client", ""),
        "service": cells.get("service", ""),
        "ask": cells.get("ask") or cells.get("need", ""),
        "next_step": cells.get("next_step", ""),
        "next_on": date.fromisoformat(day) if day else None,
    }


def _logged(opportunity: Opportunity) -> Response:
    flash(f"Logged: {KIND_LABELS[opportunity.kind].lower()}, {LABELS[opportunity.stage].lower()}.")
    return redirect(url_for("pipeline.opportunity", opportunity_id=opportunity.id))


@bp.route("/<int:opportunity_id>", methods=["GET", "POST"])
@allow(Can.LEARN)
def opportunity(opportunity_id: int):
    found = queries.opportunity_for(current_user, opportunity_id)
    form = MoveForm.of(found)
    if form.accepted():
        with form.explaining_refusals():
            services.move(found, **form.values, by=current_user, now=clock.now())
            flash(f"Kept. It stands at “{LABELS[found.stage]}”.")
            return redirect(url_for("pipeline.opportunity", opportunity_id=found.id))
        form.start_from(found)
    return render_template(
        "pipeline/opportunity.html", opportunity=found, form=form, history=queries.history(found), **_shown()
    ), form.status


@bp.route("/<int:opportunity_id>/facts", methods=["GET", "POST"])
@allow(Can.LEARN)
def facts(opportunity_id: int):
    found = queries.opportunity_for(current_user, opportunity_id)
    form = EditForm.of(found)
    if form.accepted():
        with form.explaining_refusals():
            services.edit(found, **form.values, by=current_user, now=clock.now())
            flash("The facts are changed.")
            return redirect(url_for("pipeline.opportunity", opportunity_id=found.id))
        form.start_from(found)
    return render_template("pipeline/facts.html", opportunity=found, form=form), form.status
