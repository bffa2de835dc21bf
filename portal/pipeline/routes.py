"""The pipeline: board and list, a quick way in, one opportunity with its history, and the way from a worksheet."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock, sheets
from portal.access import Can, allow
from portal.clients import marks
from portal.clients import queries as clients
from portal.errors import NotFound
from portal.pipeline import (
    agreement,
    beside,
    board,
    board_routes,
    exporting,
    handing_over,
    handover_routes,
    leads,
    prefill,
    queries,
    rates,
    services,
    settings_routes,
    source_routes,
    thanks,
)
from portal.pipeline.blueprint import bp
from portal.pipeline.forms import EditForm, LogForm, MoveForm
from portal.pipeline.models import Direction, Opportunity, OpportunityKind
from portal.pipeline.queries import Filters
from portal.pipeline.stages import CLOSED
from portal.pipeline.wording import kind_of, shown
from portal.worksheets import queries as worksheets
from portal.worksheets.definition import ROW

MORE_PAGES = (board_routes, handover_routes, settings_routes, source_routes)
"""Imported so that their addresses are known."""

STATES = {"open": "Open", "resting": "Not now", "closed": "Closed", "all": "All"}
KINDS = {
    "referral": "Referrals",
    "asked": "Referrals asked for",
    "received": "Referrals received",
    "given": "Referrals given",
    "cross-sell": "Cross-sells",
}
CARES = {"no-step": "No next step", "stale": "Stale"}


def _filters() -> Filters:
    kind, state = request.args.get("kind", ""), request.args.get("state", "open")
    care = request.args.get("care", "")
    return Filters(
        OpportunityKind(kind) if kind in list(OpportunityKind) else None,
        state if state in STATES else "open",
        request.args.get("words", "")[:200],
        Direction(kind) if kind in list(Direction) else None,
        care if care in CARES else "",
        current_user.today(),
    )


@bp.get("")
@allow(Can.LEARN)
def index():
    filters, terms = _filters(), agreement.in_force()
    as_list = request.args.get("view") == "list"
    totals = queries.totals(current_user, filters)
    cards = {} if as_list else queries.board(current_user, filters)
    columns = board.columns(filters.state, cards, totals, terms.labels, terms.probabilities)
    return render_template(
        "pipeline/index.html",
        filters=filters,
        states=STATES,
        kinds=KINDS,
        chosen_kind=filters.direction or filters.kind,
        cares=dict(zip(CARES.items(), queries.wanting(current_user, filters.today), strict=True)),
        as_list=as_list,
        page=queries.listed(current_user, filters) if as_list else None,
        columns=columns,
        zones=board.zones(filters.state),
        count=sum(n for n, _ in totals.values()),
        worth=sum(column.amount for column in columns),
        weighted=sum(column.weighted for column in columns),
        currency=rates.firms_own(),
        kept=_query(filters),
        **shown(terms),
    )


def _query(filters: Filters) -> dict[str, str]:
    """The filters as they stand in the query string."""
    given = {
        "kind": filters.direction or filters.kind or "",
        "state": filters.state,
        "words": filters.words,
        "care": filters.care,
    }
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
    rows = exporting.table(queries.exported(current_user, _filters()), agreement.in_force(), current_user)
    return sheets.download("pipeline", kind, exporting.HEAD, rows)


@bp.route("/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def new():
    form = LogForm(**({} if request.method == "POST" else prefill.from_address(current_user, request.args)))
    form.offer_currencies(rates.currencies(current_user.today()))
    if form.accepted():
        with form.explaining_refusals():
            return _logged(services.log(**form.values, by=current_user, now=clock.now()))
    return render_template("pipeline/new.html", form=form, row=None), form.status


@bp.route("/from-worksheet/<int:filled_id>/<key>", methods=["GET", "POST"])
@allow(Can.LEARN)
def from_worksheet(filled_id: int, key: str):
    """A row of a worksheet becomes an opportunity, once; after that its address leads there."""
    if not ROW.fullmatch(key):
        raise NotFound
    known = queries.logged_or_none(current_user, filled_id, key)
    if known:
        return redirect(url_for("pipeline.opportunity", opportunity_id=known.id))
    found = worksheets.row_for(current_user, filled_id, key)
    if found.becomes not in list(OpportunityKind):
        raise NotFound
    form = LogForm(**prefill.from_row(found.becomes, found.cells))
    form.offer_currencies(rates.currencies(current_user.today()))
    if form.accepted():
        with form.explaining_refusals():
            given = form.values | {"kind": OpportunityKind(found.becomes), "direction": Direction.ASKED}
            given |= {"filled_id": found.filled_id, "row": found.row}
            return _logged(services.log(**given, by=current_user, now=clock.now()))
    return render_template("pipeline/new.html", form=form, row=found), form.status


def _logged(opportunity: Opportunity) -> Response:
    label = agreement.labels()[opportunity.stage]
    flash(f"Logged: {kind_of(opportunity).lower()}, {label.lower()}.")
    return redirect(url_for("pipeline.opportunity", opportunity_id=opportunity.id))


@bp.route("/<int:opportunity_id>", methods=["GET", "POST"])
@allow(Can.LEARN)
def opportunity(opportunity_id: int):
    found, terms = queries.opportunity_for(current_user, opportunity_id), agreement.in_force()
    form = MoveForm.of(found, terms, rates.currencies(current_user.today(), also=found.currency))
    if form.accepted():
        with form.explaining_refusals():
            services.move(found, **form.values, by=current_user, now=clock.now())
            flash(f"Kept. It stands at “{terms.labels[found.stage]}”.")
            return redirect(url_for("pipeline.opportunity", opportunity_id=found.id))
        form.start_from(found)
        form.offer(found, terms)
    history = queries.history(current_user, found)
    minded = found.client_id if found.stage not in CLOSED else None
    offered, accepted = handing_over.around(current_user, found)
    return render_template(
        "pipeline/opportunity.html",
        opportunity=found,
        form=form,
        history=history,
        undoable=services.undoable(history[0], current_user, clock.now()),
        due_thanks=thanks.due(current_user, found),
        occasions=thanks.OCCASIONS,
        lead=leads.checklist(found),
        offered=offered,
        accepted=accepted,
        flags=clients.flags_in_force([minded], current_user.today()).get(minded, ()) if minded else (),
        flag_names=marks.FLAGS,
        flag_means=marks.FLAG_MEANS,
        parts_beside=beside.of(current_user, found),
        currency=rates.firms_own(),
        said_rate=rates.said,
        **shown(terms),
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
