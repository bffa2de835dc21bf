"""One contact: the facts, what was logged, the rhythm, and what to say."""

from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.accounts.viewer import Viewer
from portal.clients import queries as clients
from portal.errors import Refused
from portal.network import beside, channels, habits, labels, queries, rhythm, saying, services, sharing, undoing
from portal.network.blueprint import bp
from portal.network.forms import AddForm, ContactForm, EditForm, TouchForm, new_key
from portal.network.models import Contact, Pace, TouchKind
from portal.network.undoing import Undo

SNOOZES = {"week": timedelta(days=7), "month": timedelta(days=30)}
PACES = {"pause": Pace.PAUSED, "leave-out": Pace.LEFT_OUT, "resume": Pace.RUNNING}


@bp.route("/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def new():
    form = AddForm(**_prefilled())
    if form.accepted():
        with form.explaining_refusals():
            contact = _added(form)
            flash(f"{contact.name} is in your network.")
            return redirect(url_for("network.contact", contact_id=contact.id))
    return render_template("network/new.html", form=form), form.status


def _prefilled() -> dict[str, str]:
    asked = {name: request.args.get(name, "")[:200] for name in ("name", "organisation")}
    return {name: value for name, value in asked.items() if value and "\x00" not in value}


def _added(form: AddForm) -> Contact:
    now, given = clock.now(), _with_client(form, current_user)
    last_on = given.pop("last_on")
    # Somebody who is typed in is on one's mind: due at once, not some time within the rhythm.
    contact = services.add(**given, by=current_user, now=now, is_spread=False)
    if last_on:
        try:
            services.touch(
                contact,
                kind=TouchKind.OTHER,
                happened_on=last_on,
                note="",
                key=new_key(),
                by=current_user,
                now=now,
            )
        except Refused as refusal:
            raise Refused(refusal.message, field="last_on") from None
    return contact


def _with_client(form: ContactForm, viewer: Viewer) -> dict[str, Any]:
    """What was sent, with the client looked up: the one chosen, or the one of exactly that name."""
    given = form.values
    words = given.pop("client")
    if not words:
        return given | {"client_id": None}
    if given["client_id"] and clients.client_for(viewer, given["client_id"]).name == words:
        return given
    same = [row for row in clients.options(viewer, words) if row.name.casefold() == words.casefold()]
    if len(same) != 1:
        raise Refused(
            "The firm has no client of that name. Choose one from the list, or leave it empty.", field="client"
        )
    return given | {"client_id": same[0].id}


@bp.get("/<int:contact_id>")
@allow(Can.LEARN)
def contact(contact_id: int):
    found = queries.contact_for(current_user, contact_id)
    return _shown(found, TouchForm(happened_on=current_user.today()))


def _shown(found: Contact, form: TouchForm) -> Any:
    today = current_user.today()
    return render_template(
        "network/contact.html",
        contact=found,
        channels=[(row, channels.link(row.kind, row.value)) for row in channels.of(found.id)],
        touches=queries.touches_of(found),
        shares=sharing.of(found),
        suggestion=saying.suggestion(found, current_user),
        form=form,
        days=rhythm.days_of(found, habits.tier_days(found.owner_id)),
        beside=beside.of(current_user, found.id),
        undo=undoing.read(request.args.get("undo", "")),
        back=undoing.way_back(request.full_path.rstrip("?") if request.method == "GET" else f"/network/{found.id}"),
        key=new_key(),
        today=today,
        labels=labels,
    ), form.status


@bp.post("/<int:contact_id>/touches")
@allow(Can.LEARN)
def log_touch(contact_id: int):
    found = queries.contact_for(current_user, contact_id)
    form = TouchForm()
    if form.accepted():
        with form.explaining_refusals():
            row = services.touch(found, **form.values, by=current_user, now=clock.now())
            flash(f"Logged: in touch with {found.name} {clock.said_on(row.happened_on, current_user.today())}.")
            return redirect(_back(Undo(found.id, touch_id=row.id)))
    return _shown(found, form)


@bp.post("/<int:contact_id>/touches/<int:touch_id>/take-back")
@allow(Can.LEARN)
def take_back_touch(contact_id: int, touch_id: int):
    row = queries.touch_for(current_user, contact_id, touch_id)
    services.take_back_touch(row, by=current_user, now=clock.now())
    flash("Taken back. The rhythm is as it was before.")
    return redirect(_back())


@bp.post("/<int:contact_id>/pace")
@allow(Can.LEARN)
def set_pace(contact_id: int):
    found = queries.contact_for(current_user, contact_id)
    before = Undo(found.id, 0, found.pace, found.snoozed_until)
    pace, until = _asked(found)
    services.set_pace(found, pace=pace, snoozed_until=until, by=current_user, now=clock.now())
    is_undoing = "before" in request.form
    flash("Undone." if is_undoing else _told(found))
    return redirect(_back(None if is_undoing else before))


def _asked(found: Contact) -> tuple[Pace, date | None]:
    """What a press on one of the buttons means for the rhythm."""
    if before := undoing.read(request.form.get("before", "")):
        return before.pace, before.snoozed_until
    asked = request.form.get("do", "")
    if asked in PACES:
        return PACES[asked], found.snoozed_until
    if asked in SNOOZES:
        return Pace.RUNNING, current_user.today() + SNOOZES[asked]
    if asked == "wake":
        return found.pace, None
    try:
        until = date.fromisoformat(request.form.get("until", ""))
    except ValueError:
        raise Refused("Choose the day until which to wait.") from None
    return Pace.RUNNING, until


def _told(found: Contact) -> str:
    if found.pace == Pace.PAUSED:
        return f"{found.name} is paused until you resume."
    if found.pace == Pace.LEFT_OUT:
        return f"{found.name} is left out. The portal will not suggest being in touch."
    return f"{found.name} is {labels.said_due(found.due_on, current_user.today())}."


def _back(undo: Undo | None = None) -> str:
    return undoing.way_back(request.form.get("back", ""), undo)


@bp.route("/<int:contact_id>/facts", methods=["GET", "POST"])
@allow(Can.LEARN)
def facts(contact_id: int):
    found = queries.contact_for(current_user, contact_id)
    form = EditForm.of(found, channels.of(found.id))
    if form.accepted():
        with form.explaining_refusals():
            services.edit(found, **_with_client(form, current_user), by=current_user, now=clock.now())
            flash("Kept.")
            return redirect(url_for("network.contact", contact_id=contact_id))
        form.start_from(found)
    return render_template("network/facts.html", contact=found, form=form), form.status


@bp.post("/<int:contact_id>/erase")
@allow(Can.LEARN)
def erase(contact_id: int):
    found = queries.contact_for(current_user, contact_id)
    name = found.name
    services.erase(found, by=current_user, now=clock.now())
    flash(f"{name} is erased, with everything you noted. What you logged in the pipeline keeps its words.")
    return redirect(url_for("network.index"))


@bp.get("/<int:contact_id>/say")
@allow(Can.LEARN)
def say(contact_id: int):
    found = queries.contact_for(current_user, contact_id)
    note = saying.page(found, current_user, request.args.get("item", "")[:200], request.args.get("opening", ""))
    return render_template("network/say.html", contact=found, note=note, key=new_key(), today=current_user.today())
