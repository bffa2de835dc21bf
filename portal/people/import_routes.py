"""Bringing in people from a file: upload, look, go ahead, report."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from portal import clock, sheets
from portal.access import Can, allow
from portal.errors import NotFound
from portal.paging import part_of
from portal.people import columns, imports, queries
from portal.people.blueprint import asked_choice, bp
from portal.people.columns import HEADINGS, Row
from portal.people.forms import ImportForm, StartForm
from portal.people.models import Import, ImportState
from portal.people.plan import Outcome

ROWS_A_PAGE = 50
SAID = {Outcome.NEW: "New", Outcome.CHANGED: "Changed", Outcome.SAME: "Same", Outcome.REFUSED: "Refused"}


@bp.route("/import", methods=["GET", "POST"])
@allow(Can.ADMINISTER)
def upload():
    form = ImportForm()
    if form.accepted():
        with form.explaining_refusals():
            file = form.file.data
            sheet = columns.understood(sheets.read(file.read(), file.filename or ""))
            found = imports.preview(sheet, filename=file.filename or "", by=current_user, now=clock.now())
            return redirect(url_for("people.one_import", import_id=found.id))
    return render_template("people/import.html", form=form, recent=queries.imports()), form.status


@bp.get("/import/start.csv")
@allow(Can.ADMINISTER)
def file_to_start_from():
    return sheets.download("people", "csv", list(HEADINGS.values()), [])


@bp.get("/imports/<int:import_id>")
@allow(Can.ADMINISTER)
def one_import(import_id: int):
    return _page(queries.one_import(import_id), StartForm())


@bp.route("/imports/<int:import_id>/start", methods=["GET", "POST"])
@allow(Can.ADMINISTER)
def start_import(import_id: int):
    found = queries.one_import(import_id)
    form = StartForm()
    if form.accepted():
        with form.explaining_refusals():
            imports.start(found, **form.values)
            return redirect(url_for("people.one_import", import_id=import_id))
    return _page(found, form), form.status


@bp.post("/imports/<int:import_id>/discard")
@allow(Can.ADMINISTER)
def discard_import(import_id: int):
    imports.discard(queries.one_import(import_id))
    flash("The file is forgotten; nobody was changed.")
    return redirect(url_for("people.upload"))


@bp.get("/imports/<int:import_id>/progress")
@allow(Can.ADMINISTER)
def progress(import_id: int):
    state, done, total = queries.how_far(import_id)
    return {"state": state, "done": done, "total": total}


@bp.get("/imports/<int:import_id>/refused.csv")
@allow(Can.ADMINISTER)
def refused_rows(import_id: int):
    found = queries.one_import(import_id)
    rows = [
        [row.email, row.name, row.practice, row.title, row.role, row.zone, row.line, " ".join(words)]
        for row, outcome, words in _rows(found)
        if outcome == Outcome.REFUSED
    ]
    if not rows:
        raise NotFound
    return sheets.download("refused-rows", "csv", [*HEADINGS.values(), "Row", "Reason"], rows)


def _rows(found: Import) -> list[tuple[Row, str, list[str]]]:
    return [(Row(*row), outcome, words) for row, (outcome, *words) in zip(found.rows, found.outcomes, strict=True)]


def _page(found: Import, form: StartForm) -> str:
    if found.state == ImportState.RUNNING:
        return render_template("people/import_running.html", found=found)
    only = asked_choice("outcome", Outcome)
    rows = [each for each in _rows(found) if not only or each[1] == only]
    return render_template(
        "people/import_rows.html",
        found=found,
        form=form,
        is_done=found.state == ImportState.DONE,
        page=part_of(rows, size=ROWS_A_PAGE),
        only=only,
        said=SAID,
        to_do=found.counts[Outcome.NEW] + found.counts[Outcome.CHANGED],
    )
