"""Practising what is due, one card at a time."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.drills import board, queries, services, session
from portal.drills.forms import AnswerForm, ProgressForm
from portal.errors import wants_json

bp = Blueprint("drills", __name__, url_prefix="/drills")


@bp.get("")
@allow(Can.LEARN)
def due():
    return render_template("drills/due.html", board=board.of(current_user, clock.now()))


@bp.get("/<key>")
@allow(Can.LEARN)
def practise(key: str):
    deck = queries.deck_for(current_user, key)
    return _page(deck, **{name: _asked(name) for name in ("done", "card", "chosen")})


@bp.post("/<key>/begin")
@allow(Can.LEARN)
def begin(key: str):
    deck = queries.deck_for(current_user, key)
    form = ProgressForm(request.form)
    if form.accepted():
        with form.explaining_refusals():
            services.start_deck(deck, by=current_user, now=clock.now())
            return redirect(url_for("drills.practise", key=key), 303)
    return _page(deck, form)


@bp.post("/<key>/answers")
@allow(Can.LEARN)
def answer(key: str):
    form = AnswerForm(request.form)
    if form.accepted():
        with form.explaining_refusals():
            services.answer(key, **form.answer, by=current_user, now=clock.now())
            return _onwards(key, form.so_far + 1)
    return _page(queries.deck_for(current_user, key), form, done=form.so_far)


@bp.post("/<key>/undo")
@allow(Can.LEARN)
def undo(key: str):
    form = ProgressForm(request.form)
    if form.accepted():
        with form.explaining_refusals():
            deck_key = services.undo_last(by=current_user, now=clock.now())
            return _onwards(deck_key, max(0, form.so_far - 1))
    return _page(queries.deck_for(current_user, key), form, done=form.so_far)


def _asked(name: str) -> int:
    """A place in the session from the address; anything odd is the beginning."""
    given = request.args.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _onwards(key: str, done: int):
    if wants_json():
        return _page(queries.deck_for(current_user, key), done=done)
    return redirect(url_for("drills.practise", key=key, done=done), 303)


def _page(deck, form=None, **place: int):
    """The session as a page; or, for the script on it, only the part that changes."""
    now = clock.now()
    shown = session.now_at(deck, current_user, now, **place)
    given = {"deck": deck, "session": shown, "form": form, "today": current_user.today(now)}
    status = form.status if form else 200
    if wants_json():
        return jsonify(html=render_template("drills/_session.html", **given)), status
    return render_template("drills/practise.html", **given), status
