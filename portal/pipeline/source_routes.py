"""Sources: who sends whom work, and the thanks that are due to them."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock, money, sheets
from portal.access import Can, allow
from portal.db import db
from portal.paging import Page, page_of
from portal.pipeline import rates, sources, thanks
from portal.pipeline.blueprint import bp

HEAD = ["Source", "Organisation", "Asked", "Received", "Given", "Balance", "Won", "Value won", "Value open", "Currency"]


@bp.get("/sources")
@allow(Can.LEARN)
def all_sources():
    words, order = _asked_for()
    found = page_of(sources.listed(current_user, words, order), scalars=False)
    return render_template(
        "pipeline/sources.html",
        page=Page([sources.read(row) for row in found.rows], found.number, found.size, found.total),
        words=words,
        order=order,
        orders=sources.ORDERS,
        nameless=sources.nameless(current_user),
        currency=rates.firms_own(),
        today=current_user.today(),
    )


def _asked_for() -> tuple[str, str]:
    order = request.args.get("order", "")
    return request.args.get("words", "")[:200], order if order in sources.ORDERS else "balance"


@bp.get("/sources/export.csv")
@allow(Can.LEARN)
def sources_csv():
    return _export("csv")


@bp.get("/sources/export.xlsx")
@allow(Can.LEARN)
def sources_xlsx():
    return _export("xlsx")


def _export(kind: str) -> Response:
    own = rates.firms_own()
    found = map(sources.read, db.session.execute(sources.listed(current_user, *_asked_for())))
    rows = [
        [
            *(row.name, row.organisation, row.asked, row.received, row.given, row.balance, row.won),
            *(money.whole(row.value, own), money.whole(row.open_value, own), own),
        ]
        for row in found
    ]
    return sheets.download("sources", kind, HEAD, rows)


@bp.get("/thanks/<int:thanks_id>")
@allow(Can.LEARN)
def one_thanks(thanks_id: int):
    row = thanks.thanks_for(current_user, thanks_id)
    return render_template(
        "pipeline/thanks.html",
        row=row,
        occasion=thanks.OCCASIONS[row.occasion],
        words=thanks.WORDS[row.occasion],
        is_mine=row.opportunity.owner_id == current_user.id,
        today=current_user.today(),
    )


@bp.post("/thanks/<int:thanks_id>/said")
@allow(Can.LEARN)
def say_thanks(thanks_id: int):
    return _thanked(thanks_id, is_left=False)


@bp.post("/thanks/<int:thanks_id>/left")
@allow(Can.LEARN)
def leave_thanks(thanks_id: int):
    return _thanked(thanks_id, is_left=True)


def _thanked(thanks_id: int, *, is_left: bool) -> Response:
    row = thanks.thanks_for(current_user, thanks_id)
    thanks.say(row, is_left=is_left, by=current_user, now=clock.now())
    flash("Left." if is_left else "Good. It is kept as a touch, so they count as somebody you were in touch with.")
    if row.opportunity.owner_id == current_user.id:
        return redirect(url_for("pipeline.opportunity", opportunity_id=row.opportunity_id))
    return redirect(url_for("pipeline.hand_overs", show="sent"))
