"""The credit of one opportunity: the shares, sharing them anew, the history."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.accounts import queries as accounts
from portal.credit import dispute_routes, origination_routes, queries, risk_routes, services
from portal.credit.blueprint import bp
from portal.credit.forms import SharesForm
from portal.credit.page import asked_shares, shown
from portal.forms import Form

MORE_PAGES = (dispute_routes, origination_routes, risk_routes)
"""Imported so that their addresses are known."""


@bp.route("/pipeline/<int:opportunity_id>/credit", methods=["GET", "POST"])
@allow(Can.LEARN)
def one(opportunity_id: int):
    opportunity = queries.opportunity_for(current_user, opportunity_id)
    shares, closed = queries.shares_of(opportunity), queries.closed(opportunity_id)
    form = SharesForm.of(shares, queries.names_of(shares), closed)
    if form.is_submitted() and form.act.data in {"even", "more"}:
        form.share_evenly() if form.act.data == "even" else form.add_row()
        form.act.data = "keep"
    elif form.accepted() and (wanted := asked_shares(form)) is not None:
        with form.explaining_refusals():
            given = {"reason": form.reason.data, "version": form.version.data}
            services.share(opportunity, shares=wanted, by=current_user, now=clock.now(), **given)
            flash("The credit is shared anew. Those whose share changed find it on their Today page.")
            return redirect(url_for("credit.one", opportunity_id=opportunity_id))
        form.begin_from(queries.closed(opportunity_id))
    return render_template("credit/one.html", **shown(opportunity, current_user, shares), form=form), form.status


@bp.post("/pipeline/<int:opportunity_id>/credit/seen")
@allow(Can.LEARN)
def seen(opportunity_id: int):
    opportunity = queries.opportunity_for(current_user, opportunity_id)
    form = Form()
    if form.accepted():
        services.see(opportunity, by=current_user, now=clock.now())
    return redirect(url_for("credit.one", opportunity_id=opportunity_id))


@bp.get("/credit/suggestions")
@allow(Can.LEARN)
def suggestions() -> list[dict[str, Any]]:
    """Colleagues and items of the library that fit what is being typed."""
    words = request.args.get("q", "")[:80]
    people = [
        {"id": f"person-{row.id}", "name": row.name, "detail": row.practice.name}
        for row in accounts.colleagues(words, 6)
    ]
    items = [
        {"id": f"item-{row.key}", "name": row.title, "detail": "in the library"} for row in queries.items(words, 3)
    ]
    return people + items
