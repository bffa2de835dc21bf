"""One row of a file: what the owner wants of it, field by field; and the rows that were left out."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock, sheets
from portal.access import Can, allow
from portal.address_book import cards, comparing, imports, merging, plan, queries, undo
from portal.address_book.blueprint import bp
from portal.address_book.columns import FIELDS
from portal.address_book.forms import ONE, ManyForm, choices_of
from portal.address_book.merging import FACTS, Entry
from portal.address_book.models import Choice, ContactImport, ContactImportRow, ImportState, Outcome, Result
from portal.db import db
from portal.errors import NotFound
from portal.forms import Form
from portal.network.models import ChannelKind, Relation

PICKS = {"here", "file", "both"}
HEAD = ("name", "organisation", "position", "mail", "phone", "web", "post", "how_met", "cares_about", "notes")


@bp.post("/import/<int:import_id>/choices")
@allow(Can.LEARN)
def choose(import_id: int):
    found = queries.one_import(current_user, import_id)
    imports.choose(found, choices_of(request.form))
    flash("Your choices are kept.")
    return redirect(_back(found))


@bp.post("/import/<int:import_id>/choose-all")
@allow(Can.LEARN)
def choose_all(import_id: int):
    found = queries.one_import(current_user, import_id)
    form = ManyForm()
    if form.accepted():
        imports.choose_all(found, Choice(form.choice.data))
        flash("Your choice is kept for all likely duplicates that weren’t decided.")
    return redirect(_back(found))


@bp.route("/import/<int:import_id>/rows/<int:row_id>", methods=["GET", "POST"])
@allow(Can.LEARN)
def one_row(import_id: int, row_id: int):
    found = queries.one_import(current_user, import_id)
    row = queries.one_row(found, row_id)
    if found.state != ImportState.PREVIEWED or row.outcome == Outcome.REFUSED:
        return redirect(url_for("address_book.one_import", import_id=import_id))
    form = Form()
    if form.accepted():
        with form.explaining_refusals():
            imports.decide(row, found, choice=_sent_choice(), picks=_sent_picks())
            return redirect(_next_after(found, row))
    return render_template("address_book/row.html", found=found, row=row, form=form, **_beside(found, row)), form.status


@bp.post("/import/<int:import_id>/rows/<int:row_id>/undo")
@allow(Can.LEARN)
def undo_row(import_id: int, row_id: int):
    found = queries.one_import(current_user, import_id)
    undo.undo_one(found, queries.one_row(found, row_id), by=current_user, now=clock.now())
    flash("That one is undone, too.")
    return redirect(url_for("address_book.one_import", import_id=import_id, show="kept"))


@bp.get("/import/<int:import_id>/left-out.csv")
@allow(Can.LEARN)
def left_out(import_id: int):
    found = queries.one_import(current_user, import_id)
    rows = [
        row
        for row in db.session.scalars(queries.rows_of(found))
        if row.outcome == Outcome.REFUSED or row.result == Result.SKIPPED
    ]
    if not rows:
        raise NotFound
    head = [*(FIELDS[name] for name in HEAD), "Row", "Reason"]
    return sheets.download("left-out", "csv", head, [_cells(row) for row in rows])


def _cells(row: ContactImportRow) -> list[Any]:
    card = cards.read(row.card)
    ways = {str(kind): "; ".join(value for each, value in card.channels if each == kind) for kind in ChannelKind}
    told = [card.met if name == "how_met" else ways.get(name, getattr(card, name, "")) for name in HEAD]
    return [*told, row.line, " ".join(row.words) or "Left out, as you chose"]


def _beside(found: ContactImport, row: ContactImportRow) -> dict[str, Any]:
    card = cards.read(row.card)
    entry = _entry(found, row)
    return {
        "card": card,
        "lines": comparing.lines(entry, card, picks=row.picks, takes=found.takes) if entry else [],
        "ways": comparing.ways(entry, card) if entry else [],
        "own": comparing.own_lines(card),
        "entry": entry,
        "relations": ONE,
        "relation": row.picks.get("relation") if row.picks.get("relation") in set(Relation) else "",
    }


def _entry(found: ContactImport, row: ContactImportRow) -> Entry | None:
    """Whom the row may be: a contact, or an earlier row of the same file."""
    if contact := queries.contact_of(current_user, row):
        facts = {name: getattr(contact, name) for name in FACTS}
        return Entry(contact.id, facts, list(contact.tags), queries.ways_of(contact.id))
    twin = db.session.scalar(queries.rows_of(found, line=row.twin)) if row.twin else None
    return plan.made(cards.read(twin.card)) if twin else None


def _sent_choice() -> Choice:
    sent = request.form.get("choice", "")
    return Choice(sent) if sent in set(Choice) else Choice.OURS


def _sent_picks() -> dict[str, str]:
    picks = {name: sent for name in merging.FACTS if (sent := request.form.get(f"pick-{name}", "")) in PICKS}
    relation = request.form.get("relation", "")
    if "relation" not in picks and relation in set(Relation):
        picks["relation"] = relation
    return picks


def _next_after(found: ContactImport, row: ContactImportRow) -> str:
    """The next likely duplicate that is not decided yet, or the file."""
    if row.outcome == Outcome.LIKELY:
        db.session.flush()
        wanted = queries.rows_of(found, outcome=Outcome.LIKELY, choice=Choice.OURS)
        following = db.session.scalar(wanted.where(ContactImportRow.line > row.line).limit(1))
        if following:
            return url_for("address_book.one_row", import_id=found.id, row_id=following.id)
    return url_for("address_book.one_import", import_id=found.id, show=row.outcome)


def _back(found: ContactImport) -> str:
    shown, number = request.form.get("show", ""), request.form.get("page", "")
    where = {"show": shown} if shown in set(Outcome) else {}
    if number.isascii() and number.isdigit() and len(number) < 6:
        where["page"] = number
    return url_for("address_book.one_import", import_id=found.id, **where)  # type: ignore[arg-type]
