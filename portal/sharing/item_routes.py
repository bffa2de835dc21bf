"""What is in a room: putting items in, taking them out and back, and their order."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.errors import NotFound
from portal.sharing import queries, services
from portal.sharing.blueprint import bp
from portal.sharing.forms import AddForm
from portal.sharing.models import Share, SharedItem


def _room(share_id: int) -> Share:
    share = queries.share_for(current_user, share_id)
    if not share.is_room:
        raise NotFound
    return share


def _inside(share_id: int, item_id: int) -> tuple[Share, SharedItem]:
    share = _room(share_id)
    return share, queries.shared_item(share, item_id)


@bp.route("/shares/<int:share_id>/items", methods=["GET", "POST"])
@allow(Can.LEARN)
def add_item(share_id: int):
    share, form = _room(share_id), AddForm()
    if form.accepted():
        with form.explaining_refusals():
            one = form.found()
            services.add_item(share, one, by=current_user, now=clock.now())
            flash(f"“{one.item.title}” is in the room.")
            return redirect(url_for("sharing.one", share_id=share_id))
    return render_template("sharing/add_item.html", share=share, form=form), form.status


@bp.post("/shares/<int:share_id>/items/<int:item_id>/remove")
@allow(Can.LEARN)
def remove_item(share_id: int, item_id: int):
    share, row = _inside(share_id, item_id)
    services.remove_item(share, row, now=clock.now())
    flash("Taken out. You can put it back below.")
    return redirect(url_for("sharing.one", share_id=share_id))


@bp.post("/shares/<int:share_id>/items/<int:item_id>/put-back")
@allow(Can.LEARN)
def put_back_item(share_id: int, item_id: int):
    share, row = _inside(share_id, item_id)
    services.put_back(share, row, by=current_user, now=clock.now())
    flash("It is in the room again, at the end.")
    return redirect(url_for("sharing.one", share_id=share_id))


@bp.post("/shares/<int:share_id>/items/<int:item_id>/up")
@allow(Can.LEARN)
def move_item_up(share_id: int, item_id: int):
    share, row = _inside(share_id, item_id)
    if row.removed_at is not None:
        raise NotFound
    services.move_up(share, row)
    return redirect(url_for("sharing.one", share_id=share_id))
