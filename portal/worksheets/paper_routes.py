"""Worksheets on paper."""

from typing import Any

from flask import Response, current_app, request
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.worksheets import paper, queries, reading, services, submission_queries
from portal.worksheets.blueprint import bp


@bp.get("/filled/<int:filled_id>/paper.pdf")
@allow(Can.LEARN)
def filled_paper(filled_id: int):
    filled = queries.filled_for(current_user, filled_id)
    remarks: Any = submission_queries.remarks(filled.id) if request.args.get("remarks") == "yes" else {}
    shown = reading.shown(queries.sections_of(filled), services.current(filled), remarks=remarks)
    title = filled.worksheet.title
    about = f"{filled.name}. " if filled.name else ""
    saved = clock.said_moment(filled.saved_at, current_user.zone)
    head = _head(title, f"{about}{current_user.name}, saved {saved}", footer=f"{title}, {current_user.name}")
    return _sent(paper.filled(head, shown), filled.worksheet.key)


@bp.get("/<key>/blank.pdf")
@allow(Can.LEARN)
def blank_paper(key: str):
    worksheet = queries.worksheet(key)
    about = f"{worksheet.summary} About {worksheet.minutes} minutes."
    head = _head(worksheet.title, about, footer=worksheet.title)
    return _sent(paper.blank(head, queries.sections_of(worksheet)), f"{worksheet.key}-blank")


def _head(title: str, about: str, *, footer: str) -> paper.Head:
    firm = current_app.extensions["portal_config"].FIRM_NAME
    return paper.Head(title, about, firm, f"{footer}, {firm}", current_user.today())


def _sent(made: bytes, name: str) -> Response:
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
