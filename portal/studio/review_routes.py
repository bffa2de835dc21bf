"""Whether items still hold: one's own, many at once, and what the checks found in those that are out."""

from datetime import date
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from markupsafe import Markup

from portal import clock
from portal.access import Can, allow
from portal.errors import Refused
from portal.jobs import services as jobs
from portal.library.freshness import freshness
from portal.library.labels import said
from portal.library.models import ItemState
from portal.paging import page_of
from portal.publishing import known, services
from portal.publishing import queries as publishing
from portal.studio import checking, lists
from portal.studio.blueprint import bp
from portal.studio.publish_forms import AbbreviationForm, HoldsForm, UndoForm

UNDO_FOR = 24 * 3600


@bp.get("/mine")
@allow(Can.LEARN)
def mine():
    """What one answers for, whatever one's role."""
    today = clock.day_in(clock.now(), services.firm_zone())
    return render_template(
        "studio/mine.html",
        page=page_of(lists.of_owner(current_user), scalars=False),
        freshness=freshness,
        today=today,
        said=said,
    )


@bp.post("/still-holds")
@allow(Can.LEARN)
def still_holds():
    """Give many items a new review date at once; each goes through the same door as one."""
    form = HoldsForm()
    back = url_for("studio.mine") if request.form.get("back") == "mine" else url_for("studio.index", show="overdue")
    until = form.review_on.data
    if not form.accepted() or until is None:
        raise Refused("Tick the items that still hold, and give the day by which somebody looks again.")
    before = []
    for number in form.numbers:
        item = publishing.item_for(current_user, number, to_change=True)
        before.append([item.id, str(item.state), item.review_on.isoformat() if item.review_on else ""])
        services.confirm(item, review_on=until, by=current_user, now=clock.now())
    token = _signer().dumps([current_user.id, until.isoformat(), before])
    flash(Markup(render_template("studio/_held.html", n=len(before), on=until, token=token)))
    return redirect(back)


@bp.post("/still-holds/undo")
@allow(Can.LEARN)
def holds_no_more():
    """Take that back; what somebody changed since stays."""
    form, undone = UndoForm(), 0
    try:
        by_id, given_on, before = _signer().loads((form.token.data or "")[:20_000], max_age=UNDO_FOR)
    except BadSignature:
        raise Refused("That can’t be undone any more.") from None
    if by_id != current_user.id or not form.accepted():
        raise Refused("That can’t be undone any more.")
    for number, state, review_on in before:
        item = publishing.item_for(current_user, number, to_change=True)
        if item.review_on == date.fromisoformat(given_on) and item.state is ItemState.PUBLISHED:
            was = date.fromisoformat(review_on) if review_on else None
            services.unconfirm(item, state=ItemState(state), review_on=was, by=current_user, now=clock.now())
            undone += 1
    flash(f"Taken back for {undone} {'item' if undone == 1 else 'items'}.")
    return redirect(url_for("studio.index", show="overdue") if Can.PUBLISH in current_user.powers else "/studio/mine")


def _signer() -> Any:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="still holds")


@bp.get("/needs-a-look")
@allow(Can.PUBLISH)
def needs_a_look():
    return render_template(
        "studio/needs_a_look.html",
        page=page_of(checking.needing_a_look(), scalars=False),
        known=known.every(),
        said=said,
        zone=current_user.zone,
    )


@bp.post("/needs-a-look")
@allow(Can.PUBLISH)
def look_again():
    jobs.enqueue("look-through-items")
    flash("The checks go through the library now. Look again in a minute.")
    return redirect(url_for("studio.needs_a_look"))


@bp.post("/abbreviations")
@allow(Can.PUBLISH)
def learn_abbreviation():
    """Everybody at the firm knows it; no item has to explain it."""
    form = _abbreviation()
    known.learn(form.word.data or "", by=current_user, now=clock.now())
    flash(Markup(render_template("studio/_learned.html", word=form.word.data)))
    if form.item_id.data:
        return redirect(url_for("studio.publish_item", item_id=form.item_id.data))
    return redirect(url_for("studio.needs_a_look"))


@bp.post("/abbreviations/forget")
@allow(Can.PUBLISH)
def forget_abbreviation():
    form = _abbreviation()
    known.forget(form.word.data or "")
    flash(f"“{form.word.data}” has to be explained again.")
    return redirect(url_for("studio.needs_a_look", _anchor="known"))


def _abbreviation() -> AbbreviationForm:
    form = AbbreviationForm()
    if not form.accepted():
        raise Refused("That is no abbreviation: two to six capitals or digits.")
    return form
