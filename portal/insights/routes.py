"""Asking for content, voting, and saying whether the answer helps."""

import secrets

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.access import Can, allow
from portal.clients import queries as clients
from portal.insights import desk_routes, insight_routes, queries, requests
from portal.insights.blueprint import bp
from portal.insights.forms import RequestForm, SayForm, VoteForm
from portal.insights.labels import STATES
from portal.insights.models import UNANSWERED, ContentRequest, RequestState
from portal.library.kinds import KINDS
from portal.library.labels import said
from portal.paging import page_of

assert desk_routes  # its pages, and those of insights, hang on the same blueprint
assert insight_routes
LISTS = ("open", "being-written", "answered", "declined")


@bp.get("/requests")
@allow(Can.LEARN)
def requests_index():
    filters = _filters()
    page = page_of(queries.listed(current_user, filters))
    return render_template(
        "insights/requests.html",
        filters=filters,
        page=page,
        counts=queries.counts(),
        voted=queries.voted(current_user, page.rows),
        waiting=queries.waiting(ContentRequest, current_user.today()),
        list_names=LISTS,
        states=STATES,
        kinds=KINDS,
        today=current_user.today(),
    )


def _filters() -> queries.Filters:
    state, kind = request.args.get("state", "open"), request.args.get("kind", "")
    return queries.Filters(
        state if state in LISTS else "" if state == "all" else "open",
        request.args.get("words", "").replace("\x00", " ").strip()[:80],
        kind if kind in set(KINDS) else "",
        request.args.get("mine") == "1",
    )


@bp.route("/requests/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def new_request():
    """Asking; what is there already, and what others ask for, is shown before it is sent."""
    form = RequestForm()
    form.offer(clients.branches())
    if request.method == "GET":
        form.key.data = secrets.token_urlsafe(12)
        form.title.data = request.args.get("title", "").replace("\x00", " ").strip()[:200]
    items, others = queries.similar(current_user, form.title.data or "")
    has_similar = bool(items or others)
    if form.accepted() and (form.looked.data or not has_similar):
        with form.explaining_refusals():
            made = requests.ask(**form.values, by=current_user, now=clock.now())
            flash("Your request is out. Whoever needs it too can vote for it, and you are told of the answer.")
            return redirect(url_for("insights.one_request", request_id=made.id))
    if form.is_submitted() and not form.errors:
        form.looked.data = "1"
    return render_template("insights/new_request.html", form=form, items=items, others=others, said=said), form.status


@bp.get("/requests/<int:request_id>")
@allow(Can.LEARN)
def one_request(request_id: int):
    return _shown(request_id, SayForm()), 200


def _shown(request_id: int, form: SayForm) -> str:
    found = queries.request_for(current_user, request_id)
    votes = queries.votes_of(found)
    mine = next((vote for vote in votes if vote.person_id == current_user.id), None)
    return render_template(
        "insights/request.html",
        request_=found,
        votes=votes,
        mine=mine,
        merged=queries.merged_into(found),
        is_open=found.state in UNANSWERED and found.merged_into_id is None,
        is_asker=found.asked_by_id == current_user.id,
        to_say=found.state is RequestState.ANSWERED and found.helps is None and found.asked_by_id == current_user.id,
        vote_form=VoteForm(formdata=None, note=mine.note if mine else ""),
        say_form=form,
        states=STATES,
        kinds=KINDS,
        today=current_user.today(),
    )


@bp.post("/requests/<int:request_id>/vote")
@allow(Can.LEARN)
def vote(request_id: int):
    found = _root(request_id)
    form = VoteForm()
    if form.accepted():
        requests.vote(found, note=form.note.data or "", by=current_user, now=clock.now())
        flash("Your vote counts. You are told when there is an answer.")
    else:
        flash("Keep the note under 200 characters.")
    return redirect(url_for("insights.one_request", request_id=found.id))


@bp.post("/requests/<int:request_id>/take-back")
@allow(Can.LEARN)
def take_vote_back(request_id: int):
    found = _root(request_id)
    requests.take_back(found, by=current_user)
    gone = found.state is RequestState.WITHDRAWN
    flash("Your vote is taken back." + (" Nobody else wants it, so it leaves the list." if gone else ""))
    return redirect(url_for("insights.one_request", request_id=found.id))


@bp.route("/requests/<int:request_id>/say", methods=["POST"])
@allow(Can.LEARN)
def say(request_id: int):
    found = queries.request_for(current_user, request_id, to_change=True)
    if found.asked_by_id != current_user.id:
        return redirect(url_for("insights.one_request", request_id=request_id))
    form = SayForm()
    if form.accepted():
        with form.explaining_refusals():
            helps = form.helps.data == "yes"
            requests.say(found, helps=helps, said=form.said.data or "", by=current_user)
            flash(
                "Good. Marketing sees that it helped." if helps else "It is open again; marketing sees what is missing."
            )
            return _to(request_id)
    return _shown(request_id, form), form.status


@bp.post("/requests/<int:request_id>/seen")
@allow(Can.LEARN)
def seen(request_id: int):
    requests.look(queries.request_for(current_user, request_id), by=current_user)
    return _to(request_id)


def _root(request_id: int) -> ContentRequest:
    """The request that a merged one is counted with; locked, so that votes are counted one after the other."""
    found = queries.request_for(current_user, request_id, to_change=True)
    if found.root_id in (None, found.id):
        return found
    return queries.request_for(current_user, found.root_id or 0, to_change=True)


def _to(request_id: int) -> Response:
    return redirect(url_for("insights.one_request", request_id=request_id))
