"""Bringing in clients from a file: upload, look, go ahead."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock, sheets
from portal.access import Can, allow
from portal.clients import imports, queries
from portal.clients.blueprint import bp
from portal.clients.forms import ImportForm
from portal.clients.import_plan import HEADINGS, Outcome, Row, understood
from portal.clients.models import ClientImport
from portal.errors import NotFound
from portal.paging import part_of

ROWS_A_PAGE = 50
SAID = {Outcome.NEW: "New", Outcome.CHANGED: "Changed", Outcome.SAME: "Same", Outcome.REFUSED: "Refused"}


@bp.route("/import", methods=["GET", "POST"])
@allow(Can.ADMINISTER)
def upload():
    form = ImportForm()
    if form.accepted():
        with form.explaining_refusals():
            file = form.file.data
            rows = understood(sheets.read(file.read(), file.filename or ""))
            found = imports.preview(rows, filename=file.filename or "", by=current_user, now=clock.now())
            return redirect(url_for("clients.one_import", import_id=found.id))
    return render_template("clients/import.html", form=form, recent=queries.imports()), form.status


@bp.get("/import/start.csv")
@allow(Can.ADMINISTER)
def file_to_start_from():
    return sheets.download("clients", "csv", list(HEADINGS.values()), [])


@bp.get("/imports/<int:import_id>")
@allow(Can.ADMINISTER)
def one_import(import_id: int):
    found = queries.one_import(import_id)
    only = request.args.get("outcome", "")
    rows = [each for each in _rows(found) if only not in SAID or each[1] == only]
    return render_template(
        "clients/import_rows.html",
        found=found,
        page=part_of(rows, size=ROWS_A_PAGE),
        only=only if only in SAID else "",
        said=SAID,
        total=len(found.rows),
        to_do=found.counts[Outcome.NEW] + found.counts[Outcome.CHANGED],
    )


@bp.get("/imports/<int:import_id>/refused.csv")
@allow(Can.ADMINISTER)
def refused_clients(import_id: int):
    rows = [
        [row.name, row.practice, row.industry, row.steward, row.line, " ".join(words)]
        for row, outcome, words in _rows(queries.one_import(import_id))
        if outcome == Outcome.REFUSED
    ]
    if not rows:
        raise NotFound
    return sheets.download("refused-rows", "csv", [*HEADINGS.values(), "Row", "Reason"], rows)


def _rows(found: ClientImport) -> list[tuple[Row, str, list[str]]]:
    return [(Row(*row), outcome, words) for row, (outcome, *words) in zip(found.rows, found.outcomes, strict=True)]


@bp.post("/imports/<int:import_id>/bring-in")
@allow(Can.ADMINISTER)
def bring_in(import_id: int):
    imports.bring_in(queries.one_import(import_id), by=current_user, now=clock.now())
    flash("The clients are brought in.")
    return redirect(url_for("clients.one_import", import_id=import_id))


@bp.post("/imports/<int:import_id>/discard")
@allow(Can.ADMINISTER)
def discard_import(import_id: int):
    imports.discard(queries.one_import(import_id))
    flash("The file is forgotten; no client was changed.")
    return redirect(url_for("clients.upload"))
