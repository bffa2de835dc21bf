"""Disputing credit: raise, answer, decide, take back."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.access import Can, allow
from portal.credit import queries, services
from portal.credit.blueprint import bp
from portal.credit.forms import DecideForm, SharesForm, WordsForm
from portal.credit.models import OPEN, Dispute
from portal.credit.page import asked_shares, shown
from portal.errors import NotFound
from portal.forms import Form
from portal.pipeline.models import Opportunity


@bp.route("/pipeline/<int:opportunity_id>/credit/dispute", methods=["GET", "POST"])
@allow(Can.LEARN)
def dispute(opportunity_id: int):
    opportunity = queries.opportunity_for(current_user, opportunity_id)
    form = WordsForm()
    if form.accepted():
        with form.explaining_refusals():
            services.raise_dispute(opportunity, words=form.words.data or "", by=current_user, now=clock.now())
            flash("It is on record. Whoever leads the practice decides; the shares stay until then.")
            return _back(opportunity_id)
    return _page("dispute", opportunity, form)


@bp.route("/pipeline/<int:opportunity_id>/credit/disputes/<int:dispute_id>/answer", methods=["GET", "POST"])
@allow(Can.LEARN)
def answer(opportunity_id: int, dispute_id: int):
    opportunity, found = _one(opportunity_id, dispute_id)
    if _is_over(found):
        return _back(opportunity_id)
    form = WordsForm(version=str(found.version))
    if form.accepted():
        with form.explaining_refusals():
            services.answer(found, **form.values, by=current_user, now=clock.now())
            flash("Your words stand beside the dispute.")
            return _back(opportunity_id)
        if _is_over(found):  # decided in this moment
            return _back(opportunity_id)
        form.version.data = str(found.version)
    return _page("answer", opportunity, form)


@bp.route("/pipeline/<int:opportunity_id>/credit/disputes/<int:dispute_id>/decide", methods=["GET", "POST"])
@allow(Can.LEARN)
def decide(opportunity_id: int, dispute_id: int):
    opportunity, found = _one(opportunity_id, dispute_id)
    shares = queries.shares_of(opportunity)
    standing = queries.standing(current_user, opportunity, shares)
    if not standing.may_decide or found.raised_by_id == current_user.id:
        raise NotFound
    if _is_over(found):
        return _back(opportunity_id)
    form = DecideForm.of(shares, queries.names_of(shares), queries.closed(opportunity_id))
    if not form.is_submitted():
        form.dispute_version.data = str(found.version)
    if form.is_submitted() and form.act.data in {"even", "more"}:
        form.share_evenly() if form.act.data == "even" else form.add_row()
        form.act.data = "keep"
    elif form.accepted() and (_kept(form, found) or _is_over(found)):
        return _back(opportunity_id)
    return render_template("credit/decide.html", **shown(opportunity, current_user, shares), form=form), form.status


def _page(name: str, opportunity: Opportunity, form: Form) -> tuple[str, int]:
    shares = queries.shares_of(opportunity)
    return render_template(f"credit/{name}.html", **shown(opportunity, current_user, shares), form=form), form.status


def _kept(form: SharesForm, found: Dispute) -> bool:
    shares = asked_shares(form) if form["outcome"].data == "change" else None
    if form.status != 200:
        return False
    with form.explaining_refusals():
        services.decide(
            found,
            words=form.reason.data or "",
            shares=shares,
            version=form["dispute_version"].data,
            posting=int(form.version.data or 0),
            by=current_user,
            now=clock.now(),
        )
        flash("Decided. Those concerned find it on their Today page.")
        return True
    form.begin_from(queries.closed(found.opportunity_id))
    form["dispute_version"].data = str(found.version)
    return False


@bp.post("/pipeline/<int:opportunity_id>/credit/disputes/<int:dispute_id>/withdraw")
@allow(Can.LEARN)
def withdraw(opportunity_id: int, dispute_id: int):
    _, found = _one(opportunity_id, dispute_id)
    if Form().accepted():
        services.withdraw(found, by=current_user, now=clock.now())
        flash("You took it back. The shares stay as they are.")
    return _back(opportunity_id)


def _one(opportunity_id: int, dispute_id: int) -> tuple[Opportunity, Dispute]:
    opportunity = queries.opportunity_for(current_user, opportunity_id)
    return opportunity, queries.dispute_of(opportunity, dispute_id)


def _is_over(found: Dispute) -> bool:
    """Whether there is nothing to say any more; whoever comes too late is told, and reads what became of it."""
    if found.state in OPEN:
        return False
    flash("This dispute is closed. What was said in it stands below.")
    return True


def _back(opportunity_id: int) -> Response:
    return redirect(url_for("credit.one", opportunity_id=opportunity_id))
