"""Which items had to do with the pipeline, by what is on record."""

from flask import render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock, sheets
from portal.access import Can, allow
from portal.library import queries as library
from portal.library.labels import said
from portal.paging import SIZE, Page, asked_number
from portal.pipeline import rates
from portal.usage import behind, exporting, influence, queries
from portal.usage.blueprint import bp
from portal.usage.influence import Influence, Order, Record, Worth


def _asked_order() -> Order:
    return Order.VALUE if request.args.get("order") == Order.VALUE else Order.OPPORTUNITIES


def _found() -> tuple[list[Record], dict[int, Worth], list[Influence]]:
    records = queries.records()
    worths = behind.worths(current_user, [each.opportunity_id for each in records])
    return records, worths, influence.ranked(records, worths, _asked_order())


@bp.get("/influence")
@allow(Can.PUBLISH)
def influence_page():
    records, worths, ranked = _found()
    number = min(asked_number(), max(1, -(-len(ranked) // SIZE)))
    page = Page(ranked[(number - 1) * SIZE : number * SIZE], number, SIZE, len(ranked))
    ids = [row.item_id for row in page.rows]
    return render_template(
        "usage/influence.html",
        page=page,
        order=_asked_order(),
        items={row.id: row for row in library.in_list(ids)},
        total=influence.total(records, worths),
        plausible=behind.plausible(ids, records),
        fewest=influence.FEWEST,
        around=behind.AROUND,
        currency=rates.firms_own(),
        said=said,
        now=clock.now(),
        zone=current_user.zone,
    )


@bp.get("/influence.csv", defaults={"kind": "csv"})
@bp.get("/influence.xlsx", defaults={"kind": "xlsx"})
@allow(Can.PUBLISH)
def export_influence(kind: str) -> Response:
    _, _, ranked = _found()
    titles = {row.id: row for row in library.in_list([row.item_id for row in ranked])}
    return sheets.download("influence", kind, exporting.INFLUENCE_HEAD, exporting.influence(ranked, titles))
