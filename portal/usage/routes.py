"""Logging what was used, and with what."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.pipeline import queries as pipeline
from portal.usage import board_routes, decision_routes, influence_routes, item_routes, queries, services
from portal.usage.blueprint import bp
from portal.usage.forms import ContentForm, UsedForm
from portal.usage.wording import how_said

MORE_PAGES = (board_routes, decision_routes, influence_routes, item_routes)
"""Imported so that their addresses are known."""


@bp.route("/items/<int:item_id>/used", methods=["GET", "POST"])
@allow(Can.LEARN)
def used(item_id: int):
    """With what somebody used an item; the reading page has the same form."""
    item, own = queries.readable(item_id), queries.own(current_user, item_id)
    form = UsedForm()
    form.offer(own.open)
    if form.accepted():
        with form.explaining_refusals():
            is_new = services.use(item_id, **form.values, by=current_user, now=clock.now())
            flash("Logged. Whoever wrote it sees what it was good for." if is_new else "You had logged that already.")
            return redirect(url_for("library.read", key=item.key))
    return render_template("usage/used.html", item=item, form=form, own=own, how_said=how_said), form.status


@bp.route("/opportunities/<int:opportunity_id>/content", methods=["GET", "POST"])
@allow(Can.LEARN)
def content(opportunity_id: int):
    """What was used with an opportunity, and what the client named."""
    opportunity = pipeline.opportunity_for(current_user, opportunity_id)
    form = ContentForm()
    if form.accepted():
        with form.explaining_refusals():
            is_new = services.add(opportunity_id, **form.values, by=current_user, now=clock.now())
            flash("Kept with this opportunity." if is_new else "That was logged already.")
            return redirect(url_for("pipeline.opportunity", opportunity_id=opportunity_id, _anchor="content-used"))
    rows = queries.used_with(opportunity)
    return render_template(
        "usage/content.html",
        opportunity=opportunity,
        form=form,
        rows=rows,
        viewer_id=current_user.id,
        how_said=how_said,
    ), form.status


@bp.post("/links/<int:link_id>/undo")
@allow(Can.LEARN)
def take_back(link_id: int):
    found = queries.link_by(current_user, link_id)
    services.take_back(found)
    flash("That is taken back, and counts no more.")
    if request.form.get("back") == "opportunity" and found.opportunity_id:
        return redirect(url_for("pipeline.opportunity", opportunity_id=found.opportunity_id, _anchor="content-used"))
    return redirect(url_for("library.read", key=queries.key_of(found.item_id)))
