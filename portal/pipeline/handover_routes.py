"""Handing over, answering a hand-over, and the definition of a good lead that comes before it."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.errors import NotFound, Refused
from portal.paging import page_of
from portal.pipeline import agreement, handing_over, leads, queries, rates
from portal.pipeline.blueprint import bp
from portal.pipeline.handover_forms import HandOverForm, ReturnForm, answers, lead_form
from portal.pipeline.models import HandOver, HandOverState
from portal.pipeline.wording import shown

SAID = {
    HandOverState.OFFERED: "Waits for an answer",
    HandOverState.ACCEPTED: "Accepted",
    HandOverState.RETURNED: "Came back",
    HandOverState.WITHDRAWN: "Withdrawn",
}


@bp.route("/<int:opportunity_id>/lead", methods=["GET", "POST"])
@allow(Can.LEARN)
def lead(opportunity_id: int):
    found = queries.opportunity_for(current_user, opportunity_id)
    by_the_newest = request.args.get("newest") == "1"
    checklist = leads.checklist(found, by_the_newest=by_the_newest)
    if checklist is None:
        raise NotFound
    kind, start = lead_form(checklist)
    form = kind(**start, version=str(found.version))
    if form.accepted():
        with form.explaining_refusals():
            if form.number.data != checklist.definition.number:
                raise Refused("The firm has agreed on something else since you opened this. Look at it again.")
            leads.hold(
                found,
                answers(form, checklist),
                number=checklist.definition.number,
                version=form.version.data,
                by=current_user,
                now=clock.now(),
            )
            flash(f"Kept: {leads.checklist(found).said}.")  # type: ignore[union-attr]
            return redirect(url_for("pipeline.opportunity", opportunity_id=found.id))
        form.start_from(found)
        form.number.data = str(checklist.definition.number)
    return render_template(
        "pipeline/lead.html", opportunity=found, checklist=checklist, form=form, by_the_newest=by_the_newest
    ), form.status


@bp.route("/<int:opportunity_id>/hand-over", methods=["GET", "POST"])
@allow(Can.LEARN)
def hand_over(opportunity_id: int):
    found = queries.opportunity_for(current_user, opportunity_id)
    known = handing_over.offered(found)
    if known and request.method == "GET":
        return redirect(url_for("pipeline.one_hand_over", hand_over_id=known.id))
    form = HandOverForm(version=str(found.version), with_contact=False)
    if form.accepted():
        with form.explaining_refusals():
            offered = handing_over.offer(found, **form.offer, by=current_user, now=clock.now())
            flash("Offered. It stays yours until it is accepted.")
            return redirect(url_for("pipeline.one_hand_over", hand_over_id=offered.id))
        form.start_from(found)
    terms = agreement.in_force()
    return render_template(
        "pipeline/hand_over.html",
        opportunity=found,
        form=form,
        missing=leads.missing(found),
        desk=[person for person in handing_over.desk() if person.id != current_user.id],
        due_on=agreement.working_days_later(current_user.today(), terms.answer_days),
        **shown(terms),
    ), form.status


@bp.get("/hand-overs")
@allow(Can.LEARN)
def hand_overs():
    is_sent = request.args.get("show") == "sent"
    return render_template(
        "pipeline/hand_overs.html",
        page=page_of(handing_over.listed(current_user, sent=is_sent)),
        is_sent=is_sent,
        said=SAID,
        said_late=handing_over.said_late,
        currency=rates.firms_own(),
        **shown(agreement.in_force()),
    )


@bp.get("/hand-overs/<int:hand_over_id>")
@allow(Can.LEARN)
def one_hand_over(hand_over_id: int):
    return _page(handing_over.hand_over_for(current_user, hand_over_id), ReturnForm())


def _page(found: HandOver, form: ReturnForm):
    is_mine = found.from_id == current_user.id
    return render_template(
        "pipeline/one_hand_over.html",
        found=found,
        form=form,
        is_mine=is_mine,
        contact=found.contact if is_mine or found.with_contact else "",
        steps=handing_over.steps(found),
        said=SAID,
        said_late=handing_over.said_late,
        lead=leads.checklist(found.opportunity),
        currency=rates.firms_own(),
        **shown(agreement.in_force()),
    ), form.status


@bp.post("/hand-overs/<int:hand_over_id>/accept")
@allow(Can.LEARN)
def accept(hand_over_id: int):
    found = handing_over.answerable_for(current_user, hand_over_id)
    handing_over.accept(found, by=current_user, now=clock.now())
    flash("It is yours now. What will you do next, and when?")
    return redirect(url_for("pipeline.opportunity", opportunity_id=found.opportunity_id))


@bp.post("/hand-overs/<int:hand_over_id>/return")
@allow(Can.LEARN)
def give_back(hand_over_id: int):
    found, form = handing_over.answerable_for(current_user, hand_over_id), ReturnForm()
    if form.accepted():
        with form.explaining_refusals():
            handing_over.give_back(found, reason=form.reason.data, by=current_user, now=clock.now())
            flash(f"Returned. {found.sender.name} will read why.")
            return redirect(url_for("pipeline.hand_overs"))
    return _page(found, form)


@bp.post("/hand-overs/<int:hand_over_id>/withdraw")
@allow(Can.LEARN)
def withdraw(hand_over_id: int):
    found = handing_over.hand_over_for(current_user, hand_over_id)
    handing_over.withdraw(found, by=current_user, now=clock.now())
    flash("Withdrawn. You keep it.")
    return redirect(url_for("pipeline.opportunity", opportunity_id=found.opportunity_id))


@bp.post("/hand-overs/<int:hand_over_id>/seen")
@allow(Can.LEARN)
def mark_seen(hand_over_id: int):
    found = handing_over.hand_over_for(current_user, hand_over_id)
    handing_over.mark_seen(found, by=current_user, now=clock.now())
    return redirect(url_for("pipeline.opportunity", opportunity_id=found.opportunity_id))
