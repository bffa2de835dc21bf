"""Looking back, restoring, moving to a newer version, duplicating, archiving, and renewing answers that have aged."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.errors import NotFound, Refused
from portal.worksheets import definition, keeping, queries, reading, services, showing
from portal.worksheets.blueprint import bp
from portal.worksheets.forms import MoveForm
from portal.worksheets.moves import label, read


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
    sections, answers = queries.sections_then(filled, kept), definition.flat(kept.answers)
    changed = reading.changed(sections, definition.flat(filled.answers), answers)
    return render_template(
        "worksheets/read.html",
        filled=filled,
        kept=kept,
        shown=showing.then(current_user, sections, answers),
        changed=[reading.named(sections, answers, key) for key in changed],
        left_over=read(kept.left_over),
        offers={},
    )


@bp.post("/filled/<int:filled_id>/history/<int:version>/restore")
@allow(Can.LEARN)
def restore(filled_id: int, version: int):
    filled = queries.filled_for(current_user, filled_id, to_change=True)
    services.restore(filled, queries.kept(filled, version), by=current_user, now=clock.now())
    flash("Restored. What it said before is in the history too.")
    return redirect(url_for("worksheets.fill", filled_id=filled.id))


@bp.route("/filled/<int:filled_id>/newer", methods=["GET", "POST"])
@allow(Can.LEARN)
def newer(filled_id: int):
    filled = queries.filled_for(current_user, filled_id, to_change=request.method == "POST")
    newest = queries.newest_or_none(filled)
    if newest is None:
        return redirect(url_for("worksheets.fill", filled_id=filled.id))
    form = MoveForm(number=newest.number)
    if form.accepted():
        with form.explaining_refusals():
            keeping.move(filled, number=form.number.data or 0, by=current_user, now=clock.now())
            flash("Moved. As it was before, it stands in the history, and can be restored from there.")
            return redirect(url_for("worksheets.fill", filled_id=filled.id))
        form.number.data = newest.number
    found = keeping.preview(filled, newest)
    sections = definition.read(newest.sections)
    return render_template(
        "worksheets/newer.html",
        filled=filled,
        newest=newest,
        form=form,
        found=found,
        staying=[label(sections, found.answers, place) for place in found.answers if place not in found.back],
        back=[label(sections, found.answers, place) for place in found.back],
    ), form.status


@bp.post("/filled/<int:filled_id>/duplicate")
@allow(Can.LEARN)
def duplicate(filled_id: int):
    copy = keeping.duplicate(queries.filled_for(current_user, filled_id), by=current_user, now=clock.now())
    flash("This is the copy. Give it a name of its own; what rows of the first have become stays with the first.")
    return redirect(url_for("worksheets.fill", filled_id=copy.id))


@bp.post("/filled/<int:filled_id>/archive")
@allow(Can.LEARN)
def archive(filled_id: int):
    filled = queries.filled_for(current_user, filled_id, to_change=True)
    keeping.archive(filled, now=clock.now())
    flash("Archived. It stands under Archived, and nothing of it comes up any more.")
    return redirect(url_for("worksheets.index"))


@bp.post("/filled/<int:filled_id>/bring-back")
@allow(Can.LEARN)
def bring_back(filled_id: int):
    filled = queries.filled_for(current_user, filled_id, to_change=True)
    keeping.bring_back(filled)
    flash("It is back among your worksheets.")
    return redirect(url_for("worksheets.read", filled_id=filled.id))


@bp.post("/filled/<int:filled_id>/still-true")
@allow(Can.LEARN)
def still_true(filled_id: int):
    """Renew answers that have aged, without changing them."""
    filled = queries.filled_for(current_user, filled_id, to_change=True)
    places = request.form.getlist("place")[:2_000]
    if not places:
        raise NotFound
    if filled.archived_at is not None:
        raise Refused("This worksheet is archived. Bring it back first.")
    services.confirm(filled, places, by=current_user, now=clock.now())
    flash("Noted: it is still true.")
    return redirect(url_for("worksheets.read", filled_id=filled.id))
