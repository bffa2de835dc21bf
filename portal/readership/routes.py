"""A person's items of the week, and what they want of letters and kinds."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.errors import Refused
from portal.library.kinds import KINDS
from portal.library.labels import said
from portal.readership import choosing, comment_routes, must_read_queries, must_read_routes, queries, services
from portal.readership.blueprint import bp
from portal.readership.forms import KindForm, SettingsForm

__all__ = ["bp", "comment_routes", "must_read_routes"]


@bp.get("/new-for-you")
@allow(Can.LEARN)
def new_for_you():
    today = current_user.today()
    monday = clock.week_of(today)
    return render_template(
        "readership/new_for_you.html",
        items=queries.this_week(current_user, monday),
        is_chosen=queries.is_chosen(current_user, monday),
        asked=[row for row in must_read_queries.mine(current_user, today) if row.at is None],
        muted=queries.muted(current_user),
        kinds=KINDS,
        most=choosing.MOST,
        form=SettingsForm(formdata=None, letters=services.wants_letters(current_user.id)),
        today=today,
        said=said,
    )


@bp.post("/new-for-you/settings")
@allow(Can.LEARN)
def choose_letters():
    form = SettingsForm()
    if not form.accepted():
        raise Refused("Say whether you want letters: yes or no.")
    services.choose_letters(letters=form.letters.data, by=current_user)
    flash("Kept. You get letters." if form.letters.data else "Kept. You get no letters; Today still tells you.")
    return redirect(url_for("readership.new_for_you", _anchor="settings"))


@bp.post("/new-for-you/mute")
@allow(Can.LEARN)
def mute():
    kind = _kind()
    services.mute(kind, by=current_user, now=clock.now())
    flash(f"{KINDS[kind]}: none of these among your items any more. You find them in the library.")
    return redirect(url_for("readership.new_for_you", _anchor="kinds"))


@bp.post("/new-for-you/unmute")
@allow(Can.LEARN)
def unmute():
    kind = _kind()
    services.unmute(kind, by=current_user)
    flash(f"{KINDS[kind]}: these may be among your items again.")
    return redirect(url_for("readership.new_for_you", _anchor="kinds"))


def _kind():
    form = KindForm()
    if not form.accepted():
        raise Refused("Choose one of the kinds.")
    return form.which.data
