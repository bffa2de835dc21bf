"""A person's own links and rooms: making them, what is in them, and who opened them."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.errors import NotFound
from portal.library.labels import said
from portal.network import queries as contacts
from portal.paging import page_of
from portal.pipeline import queries as pipeline
from portal.sharing import item_routes, narrowing, opens, passcodes, public_routes, queries, services, showing
from portal.sharing.blueprint import bp
from portal.sharing.forms import ROOM_ROWS, RoomForm, SettingsForm, ShareForm, usual_end
from portal.sharing.models import Share

MORE_PAGES = (item_routes, public_routes)
"""Imported so that their addresses are known."""


@bp.get("/shares")
@allow(Can.LEARN)
def mine():
    show, words, now = request.args.get("show", "all"), request.args.get("words", "")[: narrowing.LONGEST], clock.now()
    page = page_of(narrowing.narrowed(current_user, show, words, now))
    return render_template(
        "sharing/mine.html",
        page=page,
        sorts=narrowing.SHOWN,
        show=show if show in narrowing.SHOWN else "all",
        words=words.replace("\x00", ""),
        rows=queries.described(current_user, page.rows, now),
        said_people=opens.said,
        why=showing.WHY,
        **_common(),
    )


@bp.route("/shares/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def new():
    return _new(ShareForm, is_room=False)


@bp.route("/shares/rooms/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def new_room():
    return _new(RoomForm, is_room=True)


def _new(kind: type[ShareForm], *, is_room: bool) -> Any:
    form = kind(**({} if request.method == "POST" else _prefilled()))
    form.offer(current_user, ROOM_ROWS if is_room else 1)
    if form.accepted():
        with form.explaining_refusals():
            given = form.for_whom(current_user) | form.values
            now = clock.now()
            share, token = services.make(form.chosen_items(), is_room=is_room, **given, by=current_user, now=now)
            return _made(share, token)
    return render_template("sharing/new.html", form=form, is_room=is_room), form.status


def _prefilled() -> dict[str, Any]:
    """What the address says; whatever is odd or not this person's is left out."""
    found: dict[str, Any] = {"expires_on": usual_end(current_user.today()), "reach": queries.last_reach(current_user)}
    found["rows"] = [
        {"item": item.title, "chosen": item.key, "line": ""}
        for key in request.args.getlist("item")[: services.MOST_ITEMS]
        if "\x00" not in key and (item := queries.item_or_none("", key[:200])) is not None
    ]
    try:
        if contact_id := _number("contact"):
            contact = contacts.contact_for(current_user, contact_id)
            found |= {"contact": contact.name, "contact_id": contact.id}
        if opportunity_id := _number("opportunity"):
            found["opportunity_id"] = str(pipeline.opportunity_for(current_user, opportunity_id).id)
    except NotFound:
        pass
    return found


def _number(name: str) -> int:
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _made(share: Share, token: str) -> Any:
    """The one page that shows the address. It is not kept: not in a cookie either, so this is no redirect."""
    if not token:
        flash("This was made already. Its address is shown only once; renew the link for another one.")
        return redirect(url_for("sharing.one", share_id=share.id))
    config = current_app.extensions["portal_config"]
    row = queries.described(current_user, [share], clock.now())[0]
    return render_template(
        "sharing/made.html",
        share=share,
        row=row,
        address=f"{config.BASE_URL}/s/{token}",
        mail=queries.mail_of(current_user, share),
        **_common(),
    )


@bp.get("/shares/<int:share_id>")
@allow(Can.LEARN)
def one(share_id: int):
    share = queries.share_for(current_user, share_id)
    row = queries.described(current_user, [share], clock.now())[0]
    return render_template(
        "sharing/one.html",
        share=share,
        row=row,
        said_people=opens.said,
        said_machines=opens.said_machines,
        by_item=queries.by_item(share),
        visits=queries.latest(share),
        removed=queries.removed(share),
        wrong=passcodes.wrong_lately(share) if share.passcode_hash else 0,
        reasons=opens.REASONS,
        why=showing.WHY,
        labels={**showing.REVISED, **{f"stale-{key}": name for key, name in showing.STALE.items()}},
        said=said,
        **_common(),
    )


@bp.route("/shares/<int:share_id>/settings", methods=["GET", "POST"])
@allow(Can.LEARN)
def settings(share_id: int):
    share = queries.share_for(current_user, share_id)
    form = SettingsForm.of(share, current_user)
    if form.accepted():
        with form.explaining_refusals():
            services.change(share, **form.values, by=current_user, now=clock.now())
            flash("Kept.")
            return redirect(url_for("sharing.one", share_id=share_id))
    return render_template("sharing/settings.html", share=share, form=form), form.status


@bp.post("/shares/<int:share_id>/renew")
@allow(Can.LEARN)
def renew(share_id: int):
    share = queries.share_for(current_user, share_id)
    token = services.renew(share, number=_sent_number(), by=current_user, now=clock.now())
    return _made(share, token)


def _sent_number() -> int:
    typed = request.form.get("number", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


@bp.post("/shares/<int:share_id>/revoke")
@allow(Can.LEARN)
def revoke(share_id: int):
    services.revoke(queries.share_for(current_user, share_id), now=clock.now())
    flash("Revoked. Whoever opens it now reads that it is closed. You can open it again.")
    return redirect(url_for("sharing.one", share_id=share_id))


@bp.post("/shares/<int:share_id>/open-again")
@allow(Can.LEARN)
def open_again(share_id: int):
    services.undo_revoke(queries.share_for(current_user, share_id))
    flash("It is open again, under the same address.")
    return redirect(url_for("sharing.one", share_id=share_id))


@bp.post("/shares/<int:share_id>/touch")
@allow(Can.LEARN)
def log_touch(share_id: int):
    share = queries.share_for(current_user, share_id)
    services.log_touch(share, by=current_user, now=clock.now())
    flash("Logged. You can take it back on their page.")
    return redirect(url_for("network.contact", contact_id=share.contact_id))


@bp.post("/shares/<int:share_id>/no-touch")
@allow(Can.LEARN)
def leave_touch(share_id: int):
    services.leave_touch(queries.share_for(current_user, share_id), now=clock.now())
    flash("Left as it is; nothing is logged.")
    return redirect(url_for("sharing.one", share_id=share_id))


def _common() -> dict[str, Any]:
    return {
        "zone": current_user.zone,
        "today": current_user.today(),
        "day_of": lambda moment: clock.day_in(moment, current_user.zone),
        "end_of": lambda share: clock.day_in(share.expires_at, current_user.zone),
    }
