"""Showing a contact to a colleague, and what colleagues show."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.network import channels, labels, queries, sharing
from portal.network.blueprint import bp
from portal.network.forms import ShareForm
from portal.paging import page_of


@bp.route("/<int:contact_id>/share", methods=["GET", "POST"])
@allow(Can.LEARN)
def share(contact_id: int):
    contact = queries.contact_for(current_user, contact_id)
    form = ShareForm()
    if form.accepted():
        with form.explaining_refusals():
            given = form.values | {"note": form.note.data or ""}
            row = sharing.share(contact, **given, by=current_user, now=clock.now())
            flash(f"{row.colleague.name} sees {contact.name} now. You can end it at any time.")
            return redirect(url_for("network.contact", contact_id=contact_id))
    return render_template("network/share.html", contact=contact, form=form), form.status


@bp.post("/<int:contact_id>/shares/<int:share_id>/end")
@allow(Can.LEARN)
def end_share(contact_id: int, share_id: int):
    row = sharing.share_for(current_user, contact_id, share_id)
    sharing.end(row, now=clock.now())
    flash(f"{row.colleague.name} sees {row.contact.name} no longer.")
    return redirect(url_for("network.contact", contact_id=contact_id))


@bp.get("/shared")
@allow(Can.LEARN)
def shared():
    page = page_of(sharing.visible_to(current_user))
    return render_template(
        "network/shared.html",
        page=page,
        owners=sharing.owners(page.rows),
        channels=sharing.channels_of(page.rows),
        link=channels.link,
        shown=sharing.shown_now(current_user),
        labels=labels,
        today=current_user.today(),
        day_in=clock.day_in,
        zone=current_user.zone,
    )


@bp.post("/shared/<int:share_id>/seen")
@allow(Can.LEARN)
def seen(share_id: int):
    row = sharing.shown_to(current_user, share_id)
    sharing.see(row, now=clock.now())
    flash("Thank you. It stays here for as long as your colleague shows it.")
    return redirect(url_for("network.shared"))
