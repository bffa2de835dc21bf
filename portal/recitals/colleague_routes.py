"""Asking colleagues to listen, and listening for one."""

import secrets

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.message import parts
from portal.recitals import colleagues, limits, queries
from portal.recitals.blueprint import bp
from portal.recitals.forms import InviteForm, MomentForm
from portal.recitals.models import Medium


@bp.route("/<int:recital_id>/colleagues", methods=["GET", "POST"])
@allow(Can.LEARN)
def invite(recital_id: int):
    recital = queries.recital_for(current_user, recital_id)
    form = InviteForm()
    if form.accepted():
        with form.explaining_refusals():
            asked = colleagues.invite(recital, person_id=form.person_id.data, by=current_user, now=clock.now())
            flash(f"{asked.name} is asked to listen. Only you will see what they write.")
            return redirect(url_for("recitals.invite", recital_id=recital_id))
    recital = queries.recital_for(current_user, recital_id)
    words = request.args.get("q", "").replace("\x00", "")[:100]
    return render_template(
        "recitals/colleagues.html",
        recital=recital,
        words=words,
        people=colleagues.found(current_user, recital, words),
        invitations=colleagues.invitations_of(recital),
        form=form,
    ), form.status


@bp.post("/<int:recital_id>/colleagues/<int:invitation_id>/withdraw")
@allow(Can.LEARN)
def withdraw(recital_id: int, invitation_id: int):
    recital = queries.recital_for(current_user, recital_id)
    colleagues.withdraw(recital, invitation_id, now=clock.now())
    flash("Withdrawn. They can't listen any more.")
    return redirect(url_for("recitals.invite", recital_id=recital_id))


@bp.route("/invitations/<int:invitation_id>", methods=["GET", "POST"])
@allow(Can.LEARN)
def listen(invitation_id: int):
    invitation = colleagues.invitation_for(current_user, invitation_id)
    form = MomentForm()
    if form.accepted():
        with form.explaining_refusals():
            colleagues.write(
                invitation,
                text=form.text.data,
                second=form.second,
                key=form.key.data,
                by=current_user,
                now=clock.now(),
            )
            flash(f"Sent. Only {invitation.recital.person.name} sees it.")
            return redirect(url_for("recitals.listen", invitation_id=invitation_id))
    if not form.is_submitted():
        form.key.data = secrets.token_urlsafe(12)
    invitation = colleagues.invitation_for(current_user, invitation_id)
    recital = invitation.recital
    return render_template(
        "recitals/listen.html",
        invitation=invitation,
        recital=recital,
        recording=None if recital.medium == Medium.TYPED else queries.recording_or_none(recital),
        written=queries.comments(recital, from_coach=False, by_id=current_user.id),
        parts=parts.of(queries.claims_asked(recital)),
        said_moment_of=limits.said_moment,
        form=form,
    ), form.status
