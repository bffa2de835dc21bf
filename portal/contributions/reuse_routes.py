"""Words of an item ready to pass on, and where they went."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.access import Can, allow
from portal.contributions import reuse
from portal.contributions.blueprint import bp
from portal.contributions.forms import ReuseForm, ReuseTextForm
from portal.contributions.models import Place
from portal.contributions.reusing import HELP, LIMITS, PLACES
from portal.library import queries as library
from portal.library.beside import Beside


@bp.route("/reuse/<key>", methods=["GET", "POST"])
@allow(Can.LEARN)
def reuse_item(key: str):
    item = library.to_read(current_user, key)
    form = ReuseForm(on=current_user.today(), place=Place.LINKEDIN)
    if form.accepted():
        with form.explaining_refusals():
            reuse.note(item, **form.values, by=current_user, now=clock.now())
            flash("Noted.")
            return _to(key)
    return _shown(item, form), form.status


def _shown(item: Any, form: ReuseForm) -> str:
    may_leave = reuse.may_leave(item)
    return render_template(
        "contributions/reuse.html",
        item=item,
        may_leave=may_leave,
        texts=reuse.texts(item) if may_leave else {},
        places=PLACES,
        help=HELP,
        limits=LIMITS,
        reuses=reuse.of_item(item.id),
        form=form,
        today=current_user.today(),
    )


@bp.post("/reuse/<key>/text")
@allow(Can.PUBLISH)
def change_reuse_text(key: str):
    item = library.to_read(current_user, key)
    form = ReuseTextForm()
    if not form.accepted():
        flash("Not saved: keep it to 3,000 characters.")
        return _to(key)
    words = (form.text.data or "").replace("\r\n", "\n")
    reuse.change_text(item, Place(form.place.data or ""), words, by=current_user, now=clock.now())
    flash("Saved." if words else "The words are made from the item again.")
    return _to(key)


@bp.post("/reuse/<key>/copied")
@allow(Can.LEARN)
def copied(key: str):
    reuse.copied(library.to_read(current_user, key), by=current_user, now=clock.now())
    return "", 204


@bp.post("/reuse/<key>/<int:reuse_id>/remove")
@allow(Can.LEARN)
def remove_reuse(key: str, reuse_id: int):
    reuse.remove(library.to_read(current_user, key), reuse_id, by=current_user)
    flash("Removed.")
    return _to(key)


def beside_item(_viewer: Any, item: Any) -> Beside | None:
    """On an item's page: the way to its words ready to pass on."""
    if item.state not in ("published", "under-review") or not reuse.may_leave(item):
        return None
    return Beside("contributions/_beside.html")


def _to(key: str) -> Response:
    return redirect(url_for("contributions.reuse_item", key=key))
