"""Contacts in and out: upload, settle the columns, look, go ahead, report, undo; and taking them along."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock, sheets
from portal.access import Can, allow
from portal.address_book import columns, exports, imports, queries, row_routes, undo, vcards
from portal.address_book.blueprint import NETWORK, asked_choice, bp
from portal.address_book.forms import CHOICES, ManyForm, StartForm, UploadForm
from portal.address_book.models import ContactImport, ImportState, Outcome, Result, Undone
from portal.forms import Form
from portal.paging import page_of

__all__ = ["bp"]
assert row_routes  # its routes hang on the same blueprint

ROWS_A_PAGE = 50
SHOWN_ROWS = 5
"""Rows beside the columns."""
SAID: dict[str, dict[str, str]] = {
    "outcome": {
        Outcome.NEW: "New",
        Outcome.LIKELY: "Likely duplicate",
        Outcome.DIFFERS: "Says something else",
        Outcome.ADDS: "Adds to a contact",
        Outcome.SAME: "Same",
        Outcome.REFUSED: "Refused",
    },
    "result": {
        Result.MADE: "Added",
        Result.MERGED: "Merged",
        Result.SAME: "As it was",
        Result.SKIPPED: "Left out",
        Result.REFUSED: "Refused",
    },
    "undone": {Undone.KEPT: "Kept", Undone.REMOVED: "Removed", Undone.RESTORED: "Put back"},
}
"""What rows are filtered by while a file is looked at, when it was brought in, and when it was undone."""
PREFIX = {"outcome": "", "result": "was-", "undone": "now-"}


@bp.route("/import", methods=["GET", "POST"])
@allow(Can.LEARN)
def index():
    form = UploadForm()
    if form.accepted():
        with form.explaining_refusals():
            file = form.file.data
            found = imports.take_in(file.read(), filename=file.filename or "", by=current_user, now=clock.now())
            where = "columns" if found.state == ImportState.COLUMNS else "one_import"
            return redirect(url_for(f"address_book.{where}", import_id=found.id))
    page = page_of(queries.history(current_user), size=20)
    return render_template("address_book/import.html", form=form, page=page, network=NETWORK), form.status


@bp.get("/import/start.csv")
@allow(Can.LEARN)
def file_to_start_from():
    return sheets.download("contacts", "csv", [columns.FIELDS[name] for name in exports.START], [exports.EXAMPLE])


@bp.route("/import/<int:import_id>/columns", methods=["GET", "POST"], endpoint="columns")
@allow(Can.LEARN)
def settle_columns(import_id: int):
    found = queries.one_import(current_user, import_id)
    form = Form()
    if found.state not in {ImportState.COLUMNS, ImportState.PREVIEWED} or not found.heading:
        return redirect(url_for("address_book.one_import", import_id=import_id))
    chosen = dict(enumerate(found.fields))
    if form.accepted():
        sent = {place: request.form.get(f"column-{place}", "") for place in range(len(found.heading))}
        chosen = {place: field for place, field in sent.items() if field in columns.FIELDS}
        with form.explaining_refusals():
            imports.settle_columns(found, chosen)
            return redirect(url_for("address_book.one_import", import_id=import_id))
    shown = [row for _, row in found.cells[:SHOWN_ROWS]]
    samples = [[row[place] for row in shown if place < len(row) and row[place]] for place in range(len(found.heading))]
    return render_template(
        "address_book/columns.html",
        found=found,
        form=form,
        chosen=chosen,
        offered=columns.FIELDS,
        samples=samples,
        network=NETWORK,
    ), form.status


@bp.get("/import/<int:import_id>")
@allow(Can.LEARN)
def one_import(import_id: int):
    found = queries.one_import(current_user, import_id)
    if found.state == ImportState.COLUMNS:
        return redirect(url_for("address_book.columns", import_id=import_id))
    return _page(found, StartForm(data=_chosen(found)))


@bp.post("/import/<int:import_id>/start")
@allow(Can.LEARN)
def start_import(import_id: int):
    found = queries.one_import(current_user, import_id)
    form = StartForm()
    if form.accepted():
        with form.explaining_refusals():
            imports.start(found, **form.values, by=current_user, now=clock.now())
            return redirect(url_for("address_book.one_import", import_id=import_id))
    return _page(found, form), form.status


@bp.post("/import/<int:import_id>/discard")
@allow(Can.LEARN)
def discard_import(import_id: int):
    imports.discard(queries.one_import(current_user, import_id))
    flash("The file is forgotten; no contact was changed.")
    return redirect(url_for("address_book.index"))


@bp.post("/import/<int:import_id>/undo")
@allow(Can.LEARN)
def undo_import(import_id: int):
    undo.undo(queries.one_import(current_user, import_id), by=current_user, now=clock.now())
    return redirect(url_for("address_book.one_import", import_id=import_id))


@bp.get("/import/<int:import_id>/progress")
@allow(Can.LEARN)
def progress(import_id: int):
    state, done, total = queries.how_far(current_user, import_id)
    return {"state": state, "done": done, "total": total}


@bp.get("/all.csv", defaults={"kind": "csv"})
@bp.get("/all.xlsx", defaults={"kind": "xlsx"})
@allow(Can.LEARN)
def export(kind: str):
    return sheets.download("contacts", kind, *exports.head_and_rows(queries.everybody(current_user)))


@bp.get("/all.vcf")
@allow(Can.LEARN)
def export_cards():
    answer = Response(vcards.write(queries.everybody(current_user)), content_type="text/vcard; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="contacts.vcf"'
    return answer


def _chosen(found: ContactImport) -> dict[str, str]:
    return {"relation": found.relation, "closeness": found.closeness, "takes": found.takes}


def _page(found: ContactImport, form: StartForm) -> Any:
    if found.state == ImportState.RUNNING:
        return render_template("address_book/running.html", found=found)
    by = {ImportState.DONE: "result", ImportState.UNDONE: "undone"}.get(found.state, "outcome")
    only = asked_choice("show", SAID[by])
    page = page_of(queries.rows_of(found, **({by: only} if only else {})), size=ROWS_A_PAGE)
    counts = found.counts
    return render_template(
        f"address_book/{'rows' if by == 'outcome' else 'report'}.html",
        found=found,
        form=form,
        many=ManyForm(formdata=None),
        page=page,
        by=by,
        only=only,
        said=SAID[by],
        counts={name: counts[f"{PREFIX[by]}{name}"] for name in SAID[by]},
        choices=CHOICES,
        labels=columns.FIELDS,
        network=NETWORK,
        said_result=SAID["result"],
        said_undone=SAID["undone"],
        undecided=queries.undecided(found),
        to_do=counts["new"] + counts["adds"] + counts["differs"],
    )
