"""One line, or a file, becomes a form that is confirmed with one press."""

from datetime import date
from secrets import token_hex
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.errors import Refused
from portal.network import queries as contacts
from portal.network.labels import TOUCHES
from portal.network.models import TouchKind
from portal.paging import asked_number
from portal.quick_log import files, phrases, queries, services
from portal.quick_log.forms import ConfirmForm, LineForm, choices_in, choices_of, others_of
from portal.quick_log.offers import Met, Offer, person, tidy

bp = Blueprint("quick_log", __name__, url_prefix="/log")

EXAMPLES = (
    "coffee with Dana Reed, asked for intro to Tolvane Engineering, next Tue",
    "rang Tom yesterday, send him the paper on Friday",
    "met Ruta at the chamber conference last Thursday",
)


@bp.route("", methods=["GET", "POST"])
@allow(Can.LEARN)
def line():
    """The line, and what was understood of it."""
    form = LineForm()
    if form.accepted():
        text = " ".join((form.text.data or "").split())
        found = phrases.read(text, current_user.today(), queries.contacts(current_user))
        confirm = ConfirmForm.of_line(found, text, token_hex(12))
        return _confirm(confirm, choices_of(found), others_of(found.others), is_plan=found.is_plan)
    if request.method == "GET" and (contact_id := asked_number("contact", default=0, most=999_999_999)):
        return _with(contact_id)
    return _line(form, _done()), form.status


def _line(form: LineForm, done: dict[str, Any] | None = None, wrong: str = "") -> str:
    today = current_user.today()
    return render_template("quick_log/line.html", form=form, examples=EXAMPLES, done=done, wrong=wrong, today=today)


def _with(contact_id: int) -> Any:
    contact = contacts.contact_for(current_user, contact_id)
    data = {"contact": contact.name, "contact_id": contact.id, "organisation": contact.organisation}
    data |= {"key": token_hex(12), "happened_on": current_user.today(), "kind": TouchKind.MEETING}
    return _confirm(ConfirmForm(formdata=None, data=data), [], [])


def _done() -> dict[str, Any] | None:
    log_id = asked_number("done", default=0, most=999_999_999)
    if not log_id:
        return None
    row = queries.log_for(current_user, log_id)
    return {
        "row": row,
        "touches": queries.touches(current_user, row),
        "can_be_undone": queries.can_be_undone(row, clock.now()),
        "labels": TOUCHES,
    }


def _confirm(form: ConfirmForm, choices: Any, others: Any, **more: Any) -> Any:
    page = render_template(
        "quick_log/confirm.html", form=form, choices=choices, others=others, today=current_user.today(), **more
    )
    return page, form.status


@bp.post("/keep")
@allow(Can.LEARN)
def keep():
    form = ConfirmForm()
    if form.accepted():
        with form.explaining_refusals():
            row = services.log(**form.values, by=current_user, now=clock.now())
            return redirect(url_for("quick_log.line", done=row.id))
    known = queries.contacts(current_user)
    text = (form.typed.data or "")[:1000].replace("\x00", "")
    found = phrases.read(text, current_user.today(), known) if text else None
    others = [one for one in known if str(one.id) in (form.others.data or [])]
    return _confirm(form, choices_of(found) if found else [], others_of(others))


@bp.post("/file")
@allow(Can.LEARN)
def file():
    """What a file offers; nothing of it is kept."""
    try:
        offers = _offers(*_sent())
    except Refused as refusal:
        return _line(LineForm(formdata=None), wrong=refusal.message), 422
    if len(offers) == 1:
        return _offered(offers[0])
    return render_template("quick_log/offers.html", offers=offers, labels=TOUCHES, today=current_user.today())


def _sent() -> tuple[str, bytes]:
    """The name and the bytes of what was sent, and no more of them than any file may have."""
    sent = request.files.get("file")
    if sent is None:
        return "", b""
    with sent.stream as stream:
        return sent.filename or "", stream.read(files.MOST_BYTES + 1)


def _offers(name: str, body: bytes) -> list[Offer]:
    me = current_user
    return files.read(name, body, mail=me.email, today=me.today(), zone_name=me.zone)


@bp.post("/offer")
@allow(Can.LEARN)
def offer():
    """One of several that a file offers."""
    sent = request.form
    people = [Met(*(f"{one}\t\t".split("\t")[:3])) for one in sent.getlist("person")[:20]]
    kind, day = sent.get("kind", ""), sent.get("happened_on", "")
    return _offered(
        Offer(
            TouchKind(kind) if kind in list(TouchKind) else TouchKind.MEETING,
            tuple(_tidied(one) for one in people),
            _day_or_none(day),
            tidy(sent.get("note", "")),
            tidy(sent.get("organisation", "")),
        )
    )


def _tidied(one: Met) -> Met:
    return person(one.name, one.mail, one.phone)


def _day_or_none(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _offered(found: Offer) -> Any:
    known = queries.recognised(current_user, found.people)
    form = ConfirmForm.of_offer(found, known, token_hex(12))
    today = current_user.today()
    if found.happened_on is None or found.happened_on > today:
        form.happened_on.data = today
    others = [one for one in known.values() if str(one.id) in (form.others.data or [])]
    is_plan = found.happened_on is not None and found.happened_on > today
    return _confirm(form, choices_in(found, known), others_of(others), is_plan=is_plan)


@bp.post("/<int:log_id>/undo")
@allow(Can.LEARN)
def undo(log_id: int):
    row = queries.log_for(current_user, log_id)
    services.undo(row, by=current_user, now=clock.now())
    flash("Taken back." + (" The ask is closed, with a note that it was a mistake." if row.opportunity_id else ""))
    return redirect(url_for("quick_log.line"))
