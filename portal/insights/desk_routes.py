"""Marketing's desk: requests that wait for an answer."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.access import Can, allow
from portal.errors import Refused
from portal.insights import desk, queries
from portal.insights.blueprint import bp
from portal.insights.forms import AnswerForm, DeclineForm, MergeForm, TakeForm
from portal.insights.labels import STATES
from portal.insights.models import ContentRequest
from portal.paging import page_of

WRITE_FOR = timedelta(days=14)


@bp.get("/requests/to-answer")
@allow(Can.PUBLISH)
def to_answer():
    state = request.args.get("state", "open")
    state = state if state in ("open", "being-written") else "open"
    page = page_of(queries.listed(current_user, queries.Filters(state)))
    return render_template(
        "insights/to_answer.html",
        page=page,
        state=state,
        counts=queries.counts(),
        waiting=queries.waiting(ContentRequest, current_user.today()),
        states=STATES,
        today=current_user.today(),
    )


@bp.route("/requests/<int:request_id>/take", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def take(request_id: int):
    found = _found(request_id)
    form = TakeForm(until=found.written_by_on or current_user.today() + WRITE_FOR)
    if form.accepted():
        with form.explaining_refusals():
            desk.take(found, **form.values, by=current_user, now=clock.now())
            flash("It is yours. Everybody sees that it is being written, and until when.")
            return _to(request_id)
    return render_template("insights/take.html", request_=found, form=form, today=current_user.today()), form.status


@bp.post("/requests/<int:request_id>/leave")
@allow(Can.PUBLISH)
def leave(request_id: int):
    desk.leave(_found(request_id))
    flash("It is open again.")
    return _to(request_id)


@bp.route("/requests/<int:request_id>/answer", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def answer(request_id: int):
    found = _found(request_id)
    form = AnswerForm()
    if form.accepted():
        with form.explaining_refusals():
            item_id = chosen_item(form)
            desk.answer(found, item_id=item_id, words=form.words.data or "", by=current_user, now=clock.now())
            flash("Answered. Everybody who wanted it is told.")
            return _to(request_id)
    items, _ = queries.similar(current_user, found.title)
    return render_template("insights/answer.html", request_=found, form=form, items=items), form.status


def chosen_item(form: AnswerForm) -> int | None:
    """The item that an answer leads to. Raises Refused."""
    item_id = queries.item_id_or_none(form.item.data or "", form.item_key.data or "")
    if form.item.data and item_id is None:
        raise Refused("We can’t find that among the published items. Choose it from the list.", field="item")
    return item_id


@bp.route("/requests/<int:request_id>/decline", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def decline(request_id: int):
    found = _found(request_id)
    form = DeclineForm()
    if form.accepted():
        with form.explaining_refusals():
            desk.decline(found, **form.values, by=current_user, now=clock.now())
            flash("Declined, with your reason.")
            return _to(request_id)
    return render_template("insights/decline.html", request_=found, form=form), form.status


@bp.post("/requests/<int:request_id>/reopen")
@allow(Can.PUBLISH)
def reopen(request_id: int):
    desk.reopen(_found(request_id))
    flash("It is open again.")
    return _to(request_id)


@bp.route("/requests/<int:request_id>/merge", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def merge(request_id: int):
    found = _found(request_id)
    form = MergeForm()
    _items, near = queries.similar(current_user, found.title, but=found.id)
    others = near or [one for one in queries.open_ones(current_user) if one.id != found.id]
    form.other.choices = [(str(one.id), f"{one.title} ({one.votes})") for one in others]
    if form.accepted():
        with form.explaining_refusals():
            desk.merge(found, queries.request_for(current_user, form.other.data or 0, to_change=True))
            flash("Merged. Its votes count here; you can undo it below.")
            return _to(request_id)
    return render_template("insights/merge.html", request_=found, form=form, others=others), form.status


@bp.post("/requests/<int:request_id>/undo-merge")
@allow(Can.PUBLISH)
def undo_merge(request_id: int):
    desk.undo_merge(_found(request_id))
    flash("It stands on its own again, with its votes.")
    return _to(request_id)


def _found(request_id: int) -> ContentRequest:
    return queries.request_for(current_user, request_id, to_change=request.method == "POST")


def _to(request_id: int) -> Response:
    return redirect(url_for("insights.one_request", request_id=request_id))
