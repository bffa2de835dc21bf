"""Taking a worksheet along, and bringing it back."""

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import Regexp

from portal import clock, sheets
from portal.access import Can, allow
from portal.forms import Form
from portal.worksheets import queries, sheets_brought, submission_queries
from portal.worksheets.blueprint import bp
from portal.worksheets.models import FilledWorksheet

TAKE = "take."
"""Before the place, in the names of the preview's choices."""


class BringForm(Form):
    """The file that comes back."""

    file = FileField(
        "The file",
        [FileRequired("Choose the file you filled.")],
        description="The XLSX that you took along from here. You see what differs before anything changes.",
    )


class TakeInForm(Form):
    """Which of the differences are taken in."""

    seen = HiddenField("Seen", [Regexp(r"^[0-9]{1,9}$", message="Reload the page, please; part of it got lost.")])

    @property
    def choices(self) -> dict[str, str]:
        """By place, 'file' or 'portal'."""
        return {name.removeprefix(TAKE): text for name, text in request.form.items() if name.startswith(TAKE)}


@bp.route("/filled/<int:filled_id>/take-along", methods=["GET", "POST"])
@allow(Can.LEARN)
def take_along(filled_id: int):
    filled = queries.filled_for(current_user, filled_id)
    form = BringForm()
    if form.accepted():
        with form.explaining_refusals():
            file = form.file.data
            brought = sheets_brought.bring(
                filled, file.read(), filename=file.filename or "", by=current_user, now=clock.now()
            )
            return redirect(url_for("worksheets.brought", filled_id=filled_id, brought_id=brought.id))
    if form.is_submitted():
        filled = queries.filled_for(current_user, filled_id)
    has_remarks = bool(submission_queries.remarks(filled.id))
    return render_template("worksheets/take_along.html", filled=filled, form=form, has_remarks=has_remarks), form.status


@bp.get("/filled/<int:filled_id>/sheet.xlsx")
@allow(Can.LEARN)
def workbook(filled_id: int) -> Response:
    filled = queries.filled_for(current_user, filled_id)
    address = current_app.extensions["portal_config"].BASE_URL
    where = f"{address}/worksheets/filled/{filled.id}/take-along"
    answer = Response(sheets_brought.taken_out(filled, where=where), content_type=sheets.XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filled.worksheet.key}-{filled.id}.xlsx"'
    return answer


@bp.route("/filled/<int:filled_id>/brought/<int:brought_id>", methods=["GET", "POST"])
@allow(Can.LEARN)
def brought(filled_id: int, brought_id: int):
    filled = queries.filled_for(current_user, filled_id, to_change=request.method == "POST")
    sheet = sheets_brought.brought_for(filled, brought_id)
    form = TakeInForm()
    if form.accepted():
        with form.explaining_refusals():
            seen = int(form.seen.data or 0)
            number = sheets_brought.take_in(filled, sheet, form.choices, seen=seen, by=current_user, now=clock.now())
            flash(_said(number))
            return redirect(url_for("worksheets.fill", filled_id=filled_id))
    if form.is_submitted():  # what a refusal rolled back is read once more
        filled = queries.filled_for(current_user, filled_id)
        sheet = sheets_brought.brought_for(filled, brought_id)
    return _preview(filled, sheet, form)


def _said(number: int) -> str:
    if not number:
        return "Nothing was taken in; the worksheet is as it was."
    return (
        f"{number} {'change was' if number == 1 else 'changes were'} taken in. What it said before is in the history."
    )


def _preview(filled: FilledWorksheet, brought, form: TakeInForm):
    found = sheets_brought.differences(filled, brought)
    choices = form.choices if form.is_submitted() else {}
    form.seen.data = str(filled.version)
    return render_template(
        "worksheets/brought.html",
        filled=filled,
        brought=brought,
        form=form,
        found=found,
        misfits=sheets_brought.misfits(brought),
        chosen={
            each.place: choices.get(each.place, {"cell": "file", "new": "file", "gone": "portal"}.get(each.kind, ""))
            for each in found
        },
    ), form.status
