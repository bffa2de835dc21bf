"""What is typed is kept on the way, before anybody presses a button."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.editing import queries as editing
from portal.editing import services, sheets
from portal.errors import Refused
from portal.studio import queries
from portal.studio.blueprint import bp
from portal.studio.item_forms import EditorForm

MOST = 300_000
"""Characters of everything that is typed into one item, with all its fields."""
NOT_KEPT = {"csrf_token", "do", "copy_version"}
NO_TITLE = "Give it a title first; files are kept with the item."
ELSEWHERE = "Not saved: you have this open in another tab, too. What you type here is kept in this browser."


@bp.post("/items/new/working-copy")
@allow(Can.PUBLISH)
def keep_new_copy():
    return _keep(None)


@bp.post("/items/<int:item_id>/working-copy")
@allow(Can.PUBLISH)
def keep_copy(item_id: int):
    return _keep(queries.item(item_id).id)


@bp.post("/items/new/working-copy/discard")
@allow(Can.PUBLISH)
def discard_new_copy():
    services.let_go(None, by=current_user)
    flash("Discarded.")
    return redirect(url_for("studio.new_item"))


@bp.post("/items/<int:item_id>/working-copy/discard")
@allow(Can.PUBLISH)
def discard_copy(item_id: int):
    services.let_go(queries.item(item_id).id, by=current_user)
    flash("Discarded. This is the text as it was saved last.")
    return redirect(url_for("studio.edit_item", item_id=item_id))


@bp.post("/items/new/working-copy/take-over")
@allow(Can.PUBLISH)
def take_over_new_copy():
    flash(f"{services.take_over(None, by=current_user)}’s words are yours to go on with.")
    return redirect(url_for("studio.new_item"))


@bp.post("/items/<int:item_id>/working-copy/take-over")
@allow(Can.PUBLISH)
def take_over_copy(item_id: int):
    name = services.take_over(queries.item(item_id, to_change=True).id, by=current_user)
    flash(f"{name}’s words are yours to go on with. Nothing is saved yet.")
    return redirect(url_for("studio.edit_item", item_id=item_id))


@bp.post("/items/new/draft")
@allow(Can.PUBLISH)
def begin_draft() -> dict[str, Any]:
    """A new item becomes a draft as soon as a file is to belong to it, however little of it is written."""
    form = EditorForm()
    if not form.may_be_kept():
        raise Refused(
            NO_TITLE if form.title.errors else "Something in here is too long to be kept. Press Save to see what."
        )
    item, _merged = services.save(None, form.sheet, sheets.filled({}), change="", by=current_user, now=clock.now())
    assert item is not None, "a new item has nothing to be in conflict with"
    form.begin_with(item.revision, editing.sheet_of(item))
    return {
        "id": item.id,
        "address": url_for("studio.edit_item", item_id=item.id),
        "base_number": item.revision,
        "base_about": form.base_about.data,
    }


def _keep(item_id: int | None):
    form = EditorForm()
    fields = {name: value.replace("\x00", "") for name, value in request.form.items() if name not in NOT_KEPT}
    typed_version = form.copy_version.data or ""
    if sum(map(len, fields.values())) > MOST or not (typed_version.isascii() and typed_version.isdigit()):
        raise Refused("Not saved: this is more than can be kept.")
    now = clock.now()
    version = services.keep(item_id, fields, version=int(typed_version[:9]), by=current_user, now=now)
    if version is None:
        return {"error": ELSEWHERE}, 409
    at_it = editing.others(item_id, current_user, now) if item_id else []
    return {
        "version": version,
        "saved": f"Saved {clock.said_moment(now, current_user.zone)[-5:]}",
        "others": [name for name, _at in at_it],
    }
