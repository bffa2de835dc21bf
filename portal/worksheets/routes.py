"""Choosing, filling, reading and finishing worksheets."""

import json
import secrets
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.access import Can, allow
from portal.forms import Form
from portal.worksheets import (
    computed,
    definition,
    keeping_routes,
    paper_routes,
    queries,
    reading,
    row_routes,
    services,
    sheet_routes,
    showing,
    submission_queries,
    submission_routes,
    submissions,
)
from portal.worksheets.blueprint import bp
from portal.worksheets.definition import Section
from portal.worksheets.forms import FillForm, changes, loaded
from portal.worksheets.models import FilledWorksheet
from portal.worksheets.moves import read as left_over
from portal.worksheets.records import SUGGESTIONS
from portal.worksheets.services import NotToChoose, SavedSince, StillEmpty
from portal.worksheets.showing import OFFERS, Shown

MORE_PAGES = (keeping_routes, row_routes, submission_routes, paper_routes, sheet_routes)
"""Imported so that their addresses are known."""
SPARE_ROWS = 1
ADDED_ROWS = 3
"""Empty rows at the end of a table: always, and after "Add a row"."""
STATES = {
    "all": "All",
    "open": "Under way",
    "finished": "Finished",
    "old": "To look at again",
    "archived": "Archived",
}


@bp.get("")
@allow(Can.LEARN)
def index():
    state, words = request.args.get("state", "all"), request.args.get("words", "")[:200].strip()
    state = state if state in STATES else "all"
    today = current_user.today()
    return render_template(
        "worksheets/index.html",
        available=queries.available(),
        mine=queries.mine(current_user, state=state, words=words, today=today),
        counts=queries.counts(current_user, today),
        states=STATES,
        state=state,
        words=words,
        today=today,
        zone=current_user.zone,
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
    if request.method == "GET" and (filled.finished_at or filled.archived_at):
        return redirect(url_for("worksheets.read", filled_id=filled.id))
    sections = queries.sections_of(filled)
    form = FillForm(sections, queries.links(filled) if request.form.get("do", "").startswith("remove:") else ())
    if form.accepted():
        with form.explaining_refusals():
            services.save(filled, before=form.known, mine=form.answers, by=current_user, now=clock.now())
            return redirect(_after(filled, *form.action))
    return _page(filled, sections, form)


def _after(filled: FilledWorksheet, verb: str, place: str) -> str:
    """Where a saved page leads: on, to another row, or to what is still empty."""
    address = url_for("worksheets.fill", filled_id=filled.id)
    if verb == "still":
        services.confirm(filled, [place], by=current_user, now=clock.now())
        flash("Noted: it is still true.")
        return f"{address}#f-{place.replace('/', '-')}"
    if verb == "dealt":
        return f"{address}#f-{submissions.deal_with(place, by=current_user, now=clock.now())}"
    table = definition.fields(queries.sections_of(filled)).get(definition.parts(place)[0])
    if table and verb == "add":
        return f"{address}?add={table.key}#f-{table.key}"
    if verb == "finish":
        try:
            services.finish(filled, by=current_user, now=clock.now())
        except StillEmpty:
            return f"{address}?missing=1"
        flash("Finished. You can print it, or open it again whenever you like.")
        return url_for("worksheets.read", filled_id=filled.id)
    flash("Saved.")
    return f"{address}#f-{table.key}" if table else address


def _page(filled: FilledWorksheet, sections: tuple[Section, ...], form: FillForm) -> tuple[str, int]:
    saved = services.current(filled)
    answers = form.answers or saved
    errors = form.wrong
    if request.method == "GET" and "missing" in request.args:
        errors = definition.missing(sections, saved)
    # A page handed back for bad input still knows what it was opened with; after a conflict it knows what is saved now.
    known = form.known if form.is_submitted() and not form.theirs else saved
    shown = showing.shown(current_user, filled, sections, answers, current_user.today())
    return render_template(
        "worksheets/fill.html",
        filled=filled,
        version=queries.version(filled),
        newest=queries.newest_or_none(filled),
        left_over=left_over(filled.left_over),
        shown=shown,
        coached=submission_queries.coached(filled),
        sections=sections,
        form=form,
        known=json.dumps(known, ensure_ascii=False),
        rows=_with_spare(shown, request.args.get("add", "")),
        errors=errors,
        asked_again=form.action[1] if form.status == 422 and form.action[0] == "remove" else "",
        blank=showing.blank(sections),
        today=current_user.today(),
        suggestions=SUGGESTIONS,
        said=definition.said,
        chosen=definition.chosen,
        offers=OFFERS,
        stored={definition.parts(place)[1] for place in saved} - {""},
        saved_at=_said_saved(filled),
    ), form.status


def _with_spare(shown: Shown, add: str) -> dict[str, list[str]]:
    """The rows of each table and empty ones to write into."""
    return {
        key: [*rows, *(secrets.token_hex(4) for _ in range(ADDED_ROWS if add == key else SPARE_ROWS))]
        for key, rows in shown.rows.items()
    }


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
    sections = queries.sections_of(filled)
    before, mine, wrong = changes(body, sections)
    if wrong:
        return {"error": "Something doesn't fit.", "fields": wrong, "version": filled.version}, 422
    is_newest = body["version"] == filled.version
    try:
        answers = services.save(filled, before=before, mine=mine, by=current_user, now=clock.now())
    except SavedSince as since:
        return {"error": since.message, "theirs": since.theirs, "version": filled.version}, 409
    except NotToChoose as refusal:
        fields = {refusal.field: refusal.message}
        return {"error": refusal.message, "fields": fields, "version": filled.version}, 422
    results = computed.worked_out(sections, answers)
    return {
        "version": filled.version,
        "saved": _said_saved(filled),
        "answers": None if is_newest else answers,
        "computed": showing.told(results),
        "ranked": showing.ranks(sections, answers, results),
        "to_go": definition.to_go(sections, answers),
    }


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
    sections, answers = queries.sections_of(filled), services.current(filled)
    shown = showing.shown(current_user, filled, sections, answers, current_user.today())
    return render_template(
        "worksheets/read.html",
        filled=filled,
        newest=queries.newest_or_none(filled),
        left_over=left_over(filled.left_over),
        shown=shown,
        old={place: reading.named(sections, answers, place) for place in shown.old},
        coached=submission_queries.coached(filled),
        offers=OFFERS,
        today=current_user.today(),
    )
