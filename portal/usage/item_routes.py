"""How one item is used, and what one wrote led to."""

from typing import Any

from flask import render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import charts, clock, sheets
from portal.access import Can, allow
from portal.paging import page_of
from portal.pipeline import rates
from portal.usage import behind, decisions, exporting, figures, influence, queries, times
from portal.usage.blueprint import bp
from portal.usage.meanings import BY_DAY, LABELS, PEOPLE
from portal.usage.times import Span
from portal.usage.wording import what_said


def _asked_span(item: Any) -> Span:
    first_on = figures.first_on(item, current_user)
    return times.span(
        request.args.get("time", ""), request.args.get("by", ""), first_on=first_on, today=current_user.today()
    )


@bp.get("/items/<int:item_id>")
@allow(Can.LEARN)
def item(item_id: int):
    found = queries.item_watched_by(current_user, item_id)
    span = _asked_span(found)
    stepped = times.stepped(figures.by_day(item_id, span.since, span.until), span, list(LABELS))
    what = request.args.get("what", "")
    what = what if what in LABELS else "views"
    records = queries.records([item_id])
    rows, hidden = behind.seen(current_user, records)
    starts = [times.said_start(start, span.step) for start, _ in stepped]
    return render_template(
        "usage/item.html",
        item=found,
        span=span,
        what=what,
        chart=charts.columns([counted[what] for _, counted in stepped], starts, span.step),
        stepped=list(zip(starts, [counted for _, counted in stepped], strict=True)),
        sums={key: sum(counted[key] for _, counted in stepped) for key in LABELS},
        people=figures.people([item_id], span.since, current_user).get(item_id, 0),
        total=influence.total(records, behind.worths(current_user, [each.opportunity_id for each in records])),
        rows=rows,
        hidden=hidden,
        plausible=behind.plausible([item_id], records).get(item_id, 0),
        decided=decisions.of_item(item_id),
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {
        "figures": BY_DAY,
        "people_means": PEOPLE,
        "labels": LABELS,
        "times": times.TIMES,
        "steps": times.STEPS,
        "around": behind.AROUND,
        "what_said": what_said,
        "currency": rates.firms_own(),
        "now": clock.now(),
        "zone": current_user.zone,
        "today": current_user.today(),
    }


@bp.get("/items/<int:item_id>.csv", defaults={"kind": "csv"})
@bp.get("/items/<int:item_id>.xlsx", defaults={"kind": "xlsx"})
@allow(Can.LEARN)
def export_item(item_id: int, kind: str) -> Response:
    found = queries.item_watched_by(current_user, item_id)
    span = _asked_span(found)
    days = figures.by_day(item_id, span.since, span.until)
    stepped = times.stepped(days, span, list(LABELS))
    return sheets.download(f"usage-{found.key}"[:80], kind, exporting.STEP_HEAD, exporting.steps(stepped, span.step))


@bp.get("/mine")
@allow(Can.LEARN)
def mine():
    page = page_of(queries.own_items(current_user))
    ids = [row.id for row in page.rows]
    span = times.span(request.args.get("time", "year"), "", first_on=current_user.today(), today=current_user.today())
    records = queries.records(queries.own_ids(current_user))
    return render_template(
        "usage/mine.html",
        page=page,
        span=span,
        written=queries.written_among(current_user, ids),
        sums=figures.sums(ids, span.since, span.until),
        people=figures.people(ids, span.since, current_user),
        led_to=queries.led_to(ids),
        total=influence.total(records, {}),
        **_words(),
    )


@bp.get("/mine.csv", defaults={"kind": "csv"})
@bp.get("/mine.xlsx", defaults={"kind": "xlsx"})
@allow(Can.LEARN)
def export_mine(kind: str) -> Response:
    today = current_user.today()
    span = times.span(request.args.get("time", "year"), "", first_on=today, today=today)
    rows = exporting.mine(current_user, span)
    return sheets.download("my-content", kind, exporting.MINE_HEAD, rows)
