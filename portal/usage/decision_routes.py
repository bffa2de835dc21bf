"""Deciding about items, and looking next quarter whether it was right."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal import clock
from portal.access import Can, allow
from portal.library.models import Item
from portal.paging import page_of
from portal.usage import board, deciding, decisions, queries, times
from portal.usage.blueprint import bp
from portal.usage.forms import CheckForm, DecideForm
from portal.usage.meanings import BY_DAY
from portal.usage.models import Decision, What
from portal.usage.scoreboard import LABELS, why
from portal.usage.wording import what_said


@bp.route("/items/<int:item_id>/decide", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def decide(item_id: int):
    form = DecideForm(until=times.next_quarter(current_user.today()))
    if form.accepted():
        with form.explaining_refusals():
            return _decided(item_id, form)
        form.sure.data = "yes" if deciding.SURE in form.what.errors else ""
    item = queries.item_watched_by(current_user, item_id)
    return render_template(
        "usage/decide.html",
        item=item,
        form=form,
        placed=next(iter(board.placed(current_user, board.Filters(), item_id)), None),
        decided=decisions.of_item(item_id),
        labels=LABELS,
        why=why,
        what_said=what_said,
        today=current_user.today(),
    ), form.status


def _decided(item_id: int, form: DecideForm) -> Response:
    item = deciding.item_to_decide(item_id)
    given = {"what": form.what.data, "why": form.why.data, "until": form.until.data}
    is_sure = form.sure.data == "yes"
    made = deciding.decide(item, **given, is_sure=is_sure, by=current_user, now=clock.now())
    flash(Markup(render_template("usage/_decided.html", item=item, decision=made, today=current_user.today())))
    if made.what is What.FIX:
        return redirect(url_for("studio.edit_item", item_id=item_id))
    return redirect(url_for("usage.board_page"))


@bp.get("/decisions")
@allow(Can.PUBLISH)
def decision_list():
    show = request.args.get("show", "check")
    show = show if show in decisions.SHOWN else "check"
    today = current_user.today()
    return render_template(
        "usage/decisions.html",
        page=page_of(decisions.listed(show, today), scalars=False),
        show=show,
        shown=decisions.SHOWN,
        what_said=what_said,
        today=today,
    )


@bp.route("/decisions/<int:decision_id>", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def decision(decision_id: int):
    found = decisions.decision(decision_id)
    form = CheckForm()
    if form.accepted():
        with form.explaining_refusals():
            deciding.check(found, words=form.words.data, by=current_user, now=clock.now())
            flash("Kept. Does the decision still hold, or is there a new one to take?")
            return redirect(url_for("usage.decision", decision_id=decision_id))
    checked = decisions.check_of(decision_id)
    return render_template(
        "usage/decision.html",
        decision=found,
        item=_item(found),
        form=form,
        checked=checked,
        is_waiting=decisions.is_waiting(decision_id),
        since=checked.figures if checked else deciding.since(found, current_user, clock.now()),
        figures=BY_DAY,
        labels=LABELS,
        what_said=what_said,
        today=current_user.today(),
        zone=current_user.zone,
        now=clock.now(),
    ), form.status


def _item(found: Decision) -> Item:
    return queries.item_watched_by(current_user, found.item_id)


@bp.post("/decisions/<int:decision_id>/undo")
@allow(Can.PUBLISH)
def undo_decision(decision_id: int):
    found = decisions.decision(decision_id)
    deciding.undo(found, by=current_user, now=clock.now())
    flash("That decision is taken back." + (" Readers have the item again." if found.what is What.RETIRE else ""))
    return redirect(url_for("usage.decide", item_id=found.item_id))
