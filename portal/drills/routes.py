"""Practising what is due, one card at a time."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.drills import board, conversation_routes, field_routes, queries, scenarios, services, session
from portal.drills.asking import Given
from portal.drills.blueprint import bp
from portal.drills.forms import AnswerForm, CheckForm, ProgressForm, SettingsForm, sent_answers
from portal.errors import wants_json

__all__ = ["bp", "conversation_routes", "field_routes"]


@bp.get("")
@allow(Can.LEARN)
def due():
    now = clock.now()
    return render_template(
        "drills/due.html",
        board=board.of(current_user, now),
        slipping=queries.slipping_of(current_user),
        scenarios=scenarios.shelf(current_user),
        retention=queries.retention_of(current_user),
    )


@bp.route("/settings", methods=["GET", "POST"])
@allow(Can.LEARN)
def settings():
    form = SettingsForm(retention=queries.retention_of(current_user))
    if form.accepted():
        with form.explaining_refusals():
            services.keep_in_mind(**form.values, by=current_user)
            flash("Kept. It counts from your next answer to each card.")
            return redirect(url_for("drills.due"), 303)
    return render_template("drills/settings.html", form=form), form.status


@bp.post("/answers")
@allow(Can.LEARN)
def take_in():
    """Answers that a device kept while there was no network."""
    outcomes = services.take_in(sent_answers(request.get_json(silent=True)), by=current_user, now=clock.now())
    return jsonify(outcomes=outcomes)


@bp.get("/<key>")
@allow(Can.LEARN)
def practise(key: str):
    deck = queries.deck_for(current_user, key)
    return _page(deck, done=_asked("done"), card=_asked("card"), given=Given(chosen=_asked("chosen")))


@bp.get("/<key>/pack")
@allow(Can.LEARN)
def pack(key: str):
    """The cards of the rest of a session, for when the network goes."""
    deck = queries.deck_for(current_user, key)
    cards = session.ahead(deck, current_user, clock.now(), done=_asked("done"))
    shown = [
        {"card": card.id, "version": card.version, "html": render_template("drills/_kept.html", deck=deck, card=card)}
        for card in cards
    ]
    return jsonify(cards=shown)


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


@bp.post("/<key>/checks")
@allow(Can.LEARN)
def check(key: str):
    """Look at an answer; grading it is another press, so nothing is kept here."""
    deck = queries.deck_for(current_user, key)
    form = CheckForm(request.form)
    card = form.card.data if form.accepted() else _posted("card")
    return _page(deck, form, done=form.so_far, card=card, given=form.given)


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
    return _small(request.args.get(name, ""))


def _posted(name: str) -> int:
    return _small(request.form.get(name, ""))


def _small(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _onwards(key: str, done: int):
    if wants_json():
        return _page(queries.deck_for(current_user, key), done=done)
    return redirect(url_for("drills.practise", key=key, done=done), 303)


def _page(deck, form=None, **place):
    """The session as a page; or, for the script on it, only the part that changes."""
    now = clock.now()
    shown = session.now_at(deck, current_user, now, **place)
    given = {"deck": deck, "session": shown, "form": form, "today": current_user.today(now)}
    status = form.status if form else 200
    if wants_json():
        return jsonify(html=render_template("drills/_session.html", **given)), status
    return render_template("drills/practise.html", **given), status
