"""What marketing suggests, and the authors' answer to each of it."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.contributions import desk, queries
from portal.contributions.blueprint import bp
from portal.contributions.forms import DecideForm
from portal.contributions.suggestions import numbers


@bp.route("/<int:contribution_id>/suggestions", methods=["GET", "POST"])
@allow(Can.LEARN)
def suggestions(contribution_id: int):
    found = queries.own(current_user, contribution_id, to_change=request.method == "POST")
    given = queries.open_round(found)
    title, text = desk.changes(given)
    form = DecideForm()
    if form.accepted():
        with form.explaining_refusals():
            taken = _taken(form.do.data or "some", [*numbers(title), *numbers(text)])
            reply = form.reply.data or ""
            desk.decide(found, given, accepted=taken, reply=reply, by=current_user, now=clock.now())
            flash("Thank you. The text is as you chose, and goes back to marketing.")
            return redirect(url_for("contributions.one", contribution_id=contribution_id))
    return render_template(
        "contributions/suggestions.html",
        piece=found,
        round=given,
        title=title,
        text=text,
        n=len(numbers(title)) + len(numbers(text)),
        form=form,
    ), form.status


def _taken(do: str, every: list[int]) -> list[int]:
    if do == "all":
        return every
    if do == "none":
        return []
    return [number for number in every if request.form.get(f"take-{number}") == "yes"]
