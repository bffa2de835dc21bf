"""How the pipeline is run: stages, reasons, the agreed time, the sales desk and currency rates."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.pipeline import agreement, handing_over, rates, sales_desk
from portal.pipeline.blueprint import bp
from portal.pipeline.settings_forms import DeskForm, RateForm, TermsForm
from portal.pipeline.stages import CLOSED, OPEN, PROBABILITIES, Stage


@bp.route("/stages", methods=["GET", "POST"])
@allow(Can.TUNE)
def stages():
    form = TermsForm.of(agreement.in_force())
    if form.accepted():
        with form.explaining_refusals():
            agreement.change(form.terms, by=current_user, now=clock.now())
            flash("Agreed. It holds from now on, for everybody.")
            return redirect(url_for("pipeline.stages"))
        form.number.data = str(agreement.in_force().number)
    parts = [(stage, stage in PROBABILITIES, stage in OPEN, stage in CLOSED) for stage in Stage]
    return render_template("pipeline/stages.html", form=form, parts=parts), form.status


@bp.route("/sales-desk", methods=["GET", "POST"])
@allow(Can.TUNE)
def desk():
    form = DeskForm()
    if form.accepted():
        with form.explaining_refusals():
            sales_desk.add(sales_desk.colleague(form.person_id.data, form.colleague.data))
            return redirect(url_for("pipeline.desk"))
    return render_template("pipeline/sales_desk.html", form=form, people=handing_over.desk()), form.status


@bp.post("/sales-desk/<int:person_id>/remove")
@allow(Can.TUNE)
def leave_desk(person_id: int):
    sales_desk.remove(person_id)
    flash("Taken off the desk.")
    return redirect(url_for("pipeline.desk"))


@bp.route("/rates", methods=["GET", "POST"])
@allow(Can.TUNE)
def all_rates():
    form = RateForm(from_on=current_user.today())
    if form.accepted():
        with form.explaining_refusals():
            given: dict[str, Any] = form.values
            rates.add(**given, by=current_user, now=clock.now())
            flash(f"Kept. New values in {form.currency.data} use it.")
            return redirect(url_for("pipeline.all_rates"))
    today = current_user.today()
    return render_template(
        "pipeline/rates.html",
        form=form,
        rates=rates.history(),
        in_force={rate.id for rate in rates.in_force(today).values()},
        said=rates.said,
        currency=rates.firms_own(),
        today=today,
    ), form.status
