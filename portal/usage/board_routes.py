"""The scoreboard."""

from typing import Any

from flask import render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock, sheets
from portal.access import Can, allow
from portal.library.labels import said
from portal.paging import SIZE, Page, asked_number
from portal.usage import board, decisions, exporting, scoreboard
from portal.usage.blueprint import bp
from portal.usage.board import Filters, Placed
from portal.usage.meanings import BY_DAY
from portal.usage.scoreboard import Box
from portal.usage.wording import what_said


def _filters() -> Filters:
    return Filters(*(request.args.get(facet, "").replace("\x00", "")[:60] for facet in board.FACETS))


def _asked_box() -> Box | None:
    asked = request.args.get("box", "")
    return Box(asked) if asked in list(Box) else None


@bp.get("/scoreboard")
@allow(Can.PUBLISH)
def board_page():
    filters, chosen = _filters(), _asked_box()
    rows = board.placed(current_user, filters)
    page = _page([row for row in rows if chosen in {None, row.box}])
    today = current_user.today()
    return render_template(
        "usage/scoreboard.html",
        page=page,
        filters=filters,
        chosen=chosen,
        offered=board.offered(),
        counts=board.counts(rows),
        total=len(rows),
        since=board.since(current_user),
        decided=decisions.last_of([row.id for row in page.rows]),
        to_check=decisions.to_check(today),
        limits=scoreboard.THRESHOLDS,
        boxes=Box,
        figures=BY_DAY,
        **_words(),
        today=today,
        now=clock.now(),
        zone=current_user.zone,
        query=request.query_string.decode("ascii", "replace"),
    )


def _words() -> dict[str, Any]:
    return {
        "labels": scoreboard.LABELS,
        "advice": scoreboard.ADVICE,
        "judged": scoreboard.JUDGED,
        "why": scoreboard.why,
        "said": said,
        "what_said": what_said,
    }


def _page(rows: list[Placed]) -> Page:
    number = min(asked_number(), max(1, -(-len(rows) // SIZE)))
    return Page(rows[(number - 1) * SIZE : number * SIZE], number, SIZE, len(rows))


@bp.get("/scoreboard.csv", defaults={"kind": "csv"})
@bp.get("/scoreboard.xlsx", defaults={"kind": "xlsx"})
@allow(Can.PUBLISH)
def export_board(kind: str) -> Response:
    chosen = _asked_box()
    rows = [row for row in board.placed(current_user, _filters()) if chosen in {None, row.box}]
    decided = decisions.last_of([row.id for row in rows])
    return sheets.download("scoreboard", kind, exporting.BOARD_HEAD, exporting.board(rows, decided))
