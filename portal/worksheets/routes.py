"""Choosing, filling, looking back at, finishing and printing worksheets."""

import json
import secrets
from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.access import Can, allow
from portal.forms import Form
from portal.worksheets import (
    definition,
    paper_routes,
    queries,
    services,
    sheet_routes,
    submission_queries,
    submission_routes,
    submissions,
)
from portal.worksheets.blueprint import bp
from portal.worksheets.definition import TABLE, Flat, Section
from portal.worksheets.forms import FillForm, changes, loaded
from portal.worksheets.models import FilledWorksheet
from portal.worksheets.services import SavedSince, StillEmpty

MORE_PAGES = (submission_routes, paper_routes, sheet_routes)
"""Imported so that their addresses are known."""

SPARE_ROWS = 1
ADDED_ROWS = 3
"""Empty rows at the end of a table: always, and after "Add a row"."""


@bp.get("")
@allow(Can.LEARN)
def index():
    return render_template(
        "worksheets/index.html", available=queries.available(), mine=queries.mine(current_user), zone=current_user.zone
    )


@bp.route("/<key>/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def new(key: str):
    worksheet = queries.worksheet(key)
    form = Form()
    if form.accepted():
        with form.explaining_refusals():
            filled = services.begin(worksheet, by=current_user, now=clock.now())
            return redirect(url_for("worksheets.fill", filled_id=filled.id))
    return render_template(
        "worksheets/new.html",
        worksheet=worksheet,
        version=queries.version(worksheet),
        under_way=queries.under_way(current_user, worksheet),
        form=form,
    ), form.status


@bp.route("/filled/<int:filled_id>", methods=["GET", "POST"])
@allow(Can.LEARN)
def fill(filled_id: int):
    filled = queries.filled_for(current_user, filled_id, to_change=request.method == "POST")
    if request.method == "GET" and filled.finished_at is not None:
        return redirect(url_for("worksheets.read", filled_id=filled.id))
    sections = queries.sections_of(filled)
    form = FillForm(sections)
    if form.accepted():
        with form.explaining_refusals():
            services.save(filled, before=form.known, mine=form.answers, by=current_user, now=clock.now())
            return redirect(_after(filled, *form.action))
    return _page(filled, sections, form)


def _after(filled: FilledWorksheet, verb: str, place: str) -> str:
    """Where a saved page leads: on, to another row, or to what is still empty."""
    address = url_for("worksheets.fill", filled_id=filled.id)
    table = definition.fields(queries.sections_of(filled)).get(definition.parts(place)[0])
    if table and verb == "add":
        return f"{address}?add={table.key}#f-{table.key}"
    if verb == "dealt":
        return f"{address}#f-{submissions.deal_with(place, by=current_user, now=clock.now())}"
    if verb == "finish":
        try:
            services.finish(filled, by=current_user, now=clock.now())
        except StillEmpty:
            return f"{address}?missing=1"
        flash("Finished. You can print it, or open it again whenever you like.")
        return url_for("worksheets.read", filled_id=filled.id)
    flash("Saved.")
    return f"{address}#f-{table.key}" if table else address


def _page(filled: FilledWorksheet, sections: Sequence[Section], form: FillForm) -> tuple[str, int]:
    saved = services.current(filled)
    shown = form.answers or saved
    errors = form.wrong
    if request.method == "GET" and "missing" in request.args:
        errors = definition.missing(sections, saved)
    # A page handed back for bad input still knows what it was opened with; after a conflict it knows what is saved now.
    known = form.known if form.is_submitted() and not form.theirs else saved
    return render_template(
        "worksheets/fill.html",
        filled=filled,
        version=queries.version(filled),
        sections=sections,
        form=form,
        answers=shown,
        known=json.dumps(known, ensure_ascii=False),
        rows=_rows(sections, shown, request.args.get("add", "")),
        errors=errors,
        theirs=form.theirs,
        logged=_stored_rows(saved),
        remarks=submission_queries.remarks(filled.id),
        shown_last=submission_queries.last_or_none(filled),
        saved_at=_said_saved(filled),
    ), form.status


def _rows(sections: Sequence[Section], answers: Flat, add: str) -> dict[str, list[str]]:
    """The rows of each table: those with answers in their order, and empty ones to write into."""
    rows: dict[str, list[str]] = {}
    for field in definition.fields(sections).values():
        if field.kind == TABLE:
            filled = [definition.parts(place)[1] for place in answers if definition.parts(place)[0] == field.key]
            spare = [secrets.token_hex(4) for _ in range(ADDED_ROWS if add == field.key else SPARE_ROWS)]
            rows[field.key] = [*dict.fromkeys(filled), *spare]
    return rows


def _stored_rows(answers: Flat) -> set[str]:
    return {definition.parts(place)[1] for place in answers} - {""}


def _said_saved(filled: FilledWorksheet) -> str:
    said = clock.said_moment(filled.saved_at, current_user.zone)
    is_today = clock.day_in(filled.saved_at, current_user.zone) == current_user.today()
    return f"Saved at {said[-5:]}" if is_today else f"Saved on {said}"


@bp.post("/filled/<int:filled_id>/answers")
@allow(Can.LEARN)
def save_answers(filled_id: int) -> Response | tuple[dict[str, Any], int] | dict[str, Any]:
    """Save what a script noticed as it was typed."""
    filled = queries.filled_for(current_user, filled_id, to_change=True)
    body = loaded(request.get_data())
    before, mine, wrong = changes(body, queries.sections_of(filled))
    if wrong:
        return {"error": "Something doesn't fit.", "fields": wrong, "version": filled.version}, 422
    is_newest = body["version"] == filled.version
    try:
        answers = services.save(filled, before=before, mine=mine, by=current_user, now=clock.now())
    except SavedSince as since:
        return {"error": since.message, "theirs": since.theirs, "version": filled.version}, 409
    return {"version": filled.version, "saved": _said_saved(filled), "answers": {} if is_newest else answers}


@bp.post("/filled/<int:filled_id>/reopen")
@allow(Can.LEARN)
def reopen(filled_id: int):
    filled = queries.filled_for(current_user, filled_id, to_change=True)
    services.reopen(filled)
    return redirect(url_for("worksheets.fill", filled_id=filled.id))


@bp.get("/filled/<int:filled_id>/read")
@allow(Can.LEARN)
def read(filled_id: int):
    filled = queries.filled_for(current_user, filled_id)
    return _reading(filled, services.current(filled))


@bp.get("/filled/<int:filled_id>/history")
@allow(Can.LEARN)
def history(filled_id: int):
    filled = queries.filled_for(current_user, filled_id)
    return render_template("worksheets/history.html", filled=filled, kept=queries.history(filled))


@bp.get("/filled/<int:filled_id>/history/<int:version>")
@allow(Can.LEARN)
def look_back(filled_id: int, version: int):
    filled = queries.filled_for(current_user, filled_id)
    kept = queries.kept(filled, version)
    return _reading(filled, definition.flat(kept.answers), kept=kept)


@bp.post("/filled/<int:filled_id>/history/<int:version>/restore")
@allow(Can.LEARN)
def restore(filled_id: int, version: int):
    filled = queries.filled_for(current_user, filled_id, to_change=True)
    services.restore(filled, queries.kept(filled, version), by=current_user, now=clock.now())
    flash("Restored. What it said before is in the history too.")
    return redirect(url_for("worksheets.fill", filled_id=filled.id))


def _reading(filled: FilledWorksheet, answers: Flat, **given: Any) -> str:
    sections = queries.sections_of(filled)
    rows = {
        key: dict.fromkeys(definition.parts(place)[1] for place in answers if place.startswith(f"{key}/"))
        for key in definition.fields(sections)
    }
    return render_template(
        "worksheets/read.html",
        filled=filled,
        sections=sections,
        answers=answers,
        rows=rows,
        remarks={} if "kept" in given else submission_queries.remarks(filled.id),
        shown_last=None if "kept" in given else submission_queries.last_or_none(filled),
        **given,
    )
