"""Marketing's desk: what colleagues handed in."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.contributions import desk, queries, standing
from portal.contributions.blueprint import bp
from portal.contributions.forms import DeclineForm, SuggestForm
from portal.paging import page_of


@bp.get("/to-edit")
@allow(Can.PUBLISH)
def to_edit():
    show = request.args.get("show", "new")
    show = show if show in queries.LISTS else "new"
    return render_template(
        "contributions/to_edit.html",
        page=page_of(queries.to_edit(show)),
        show=show,
        counts=queries.how_many(),
        today=current_user.today(),
        forms_of=standing.FORMS,
        states=standing.STATES,
        shown_state=queries.shown_state,
    )


@bp.post("/<int:contribution_id>/take-up")
@allow(Can.PUBLISH)
def take_up(contribution_id: int):
    found = queries.handed_in(current_user, contribution_id, to_change=True)
    desk.take_up(found, by=current_user, now=clock.now())
    return redirect(url_for("contributions.suggest", contribution_id=contribution_id))


@bp.route("/<int:contribution_id>/suggest", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def suggest(contribution_id: int):
    found = queries.handed_in(current_user, contribution_id, to_change=request.method == "POST")
    form = SuggestForm(title=found.title, source=found.source, base=desk.base_of(found))
    is_stale = request.method == "POST" and form.base.data != desk.base_of(found)
    if form.accepted():
        with form.explaining_refusals():
            desk.suggest(found, **form.values | {"note": form.note.data or ""}, by=current_user, now=clock.now())
            flash("The authors see your suggestions now. You are told when they have answered.")
            return redirect(url_for("contributions.one", contribution_id=contribution_id))
    if is_stale:
        form.base.data = desk.base_of(found)
    return render_template("contributions/suggest.html", piece=found, form=form, is_stale=is_stale), form.status


@bp.post("/<int:contribution_id>/suggestions/take-back")
@allow(Can.PUBLISH)
def take_suggestions_back(contribution_id: int):
    found = queries.handed_in(current_user, contribution_id, to_change=True)
    desk.take_suggestions_back(found, queries.open_round(found), now=clock.now())
    flash("It is in your hands again.")
    return redirect(url_for("contributions.suggest", contribution_id=contribution_id))


@bp.post("/<int:contribution_id>/accept")
@allow(Can.PUBLISH)
def accept(contribution_id: int):
    found = queries.handed_in(current_user, contribution_id, to_change=True)
    item = desk.accept(found, by=current_user, now=clock.now())
    flash("It is a draft in the library now, with its byline. Look it over and publish it.")
    return redirect(url_for("studio.edit_item", item_id=item.id))


@bp.route("/<int:contribution_id>/decline", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def decline(contribution_id: int):
    found = queries.handed_in(current_user, contribution_id, to_change=request.method == "POST")
    form = DeclineForm()
    if form.accepted():
        with form.explaining_refusals():
            desk.decline(found, **form.values, by=current_user, now=clock.now())
            flash("The authors read your reason, and can go on with it.")
            return redirect(url_for("contributions.to_edit"))
    return render_template("contributions/decline.html", piece=found, form=form), form.status
