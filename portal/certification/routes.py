"""Certification: where I stand, what it needs, and who was certified on a day."""

from datetime import date
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock, sheets
from portal.access import Can, allow
from portal.certification import as_of, certificate, fluent, public_routes, queries, services, standing
from portal.certification.blueprint import bp
from portal.certification.forms import CollectForm, RevokeForm, RuleForm
from portal.errors import NotFound
from portal.message import parts
from portal.message import queries as message
from portal.message.models import ClaimKind

__all__ = ["bp", "public_routes"]


@bp.get("/certification")
@allow(Can.LEARN)
def mine():
    return _mine(CollectForm(formdata=None))


@bp.post("/certification/collect")
@allow(Can.LEARN)
def collect():
    form, pitch = CollectForm(), message.own_pitch_or_none(current_user)
    if pitch is None:
        raise NotFound
    if form.accepted():
        with form.explaining_refusals():
            services.collect(current_user, pitch, now=clock.now())
            flash(f"You are certified on version {pitch.number}.")
            return redirect(url_for("certification.mine"), 303)
    return _mine(form)


@bp.route("/certification/rules", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def rules():
    now_asked = queries.rule_of(queries.rule_row_or_none())
    form = RuleForm(**vars(now_asked) | {"known_percent": str(now_asked.known_percent)})
    if form.accepted():
        with form.explaining_refusals():
            services.set_rule(**form.values, by=current_user, now=clock.now())
            flash("That is what a certification needs from now on. What was issued stays.")
            return redirect(url_for("certification.rules"), 303)
    return render_template("certification/rules.html", form=form, history=queries.rules()), form.status


@bp.get("/certification/fluency")
@allow(Can.PUBLISH)
def everywhere():
    return render_template("certification/fluency.html", found=fluent.of_every_pitch(clock.now()))


@bp.get("/certification/as-of")
@allow(Can.LEARN)
def on_a_day():
    day = _asked_day()
    found = _answered(day)
    key = request.args.get("pitch", "")
    fullest = max(found, key=lambda each: len(each.holders), default=None)
    shown = next((each for each in found if each.key == key), fullest)
    return render_template("certification/as_of.html", day=day, today=current_user.today(), found=found, shown=shown)


@bp.get("/certification/as-of.csv", defaults={"kind": "csv"})
@bp.get("/certification/as-of.xlsx", defaults={"kind": "xlsx"})
@allow(Can.LEARN)
def export(kind: str):
    day = _asked_day()
    zone = current_app.extensions["portal_config"].TIME_ZONE
    head = ["Day", "Pitch", "Version in force", "Person", "Practice now", "Still here", "Certified on version", "Since"]
    rows: list[list[Any]] = [
        [
            *(day, each.title, each.number, holder.name, holder.practice, "yes" if holder.is_active else "no"),
            *(holder.number, clock.day_in(holder.issued_at, zone)),
        ]
        for each in _answered(day)
        for holder in each.holders
    ]
    return sheets.download(f"certified-on-{day}", kind, head, rows)


@bp.get("/certification/<token>/certificate.pdf")
@allow(Can.LEARN)
def paper(token: str):
    row = queries.certification_for(current_user, token)
    openers = [each.text for each in message.claims_of(row.pitch_id, row.number) if each.kind == ClaimKind.OPENER]
    made = certificate.pdf(current_app.extensions["portal_config"], row, openers[0] if openers else "")
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="certificate-version-{row.number}.pdf"'
    return answer


@bp.route("/certification/<token>/revoke", methods=["GET", "POST"])
@allow(Can.LEARN)
def revoke(token: str):
    row = queries.revocable_by(current_user, token)
    form = RevokeForm()
    if form.accepted():
        with form.explaining_refusals():
            services.revoke(row, **form.values, by=current_user, now=clock.now())
            flash(f"It is taken back, and {row.person.name} is told.")
            return redirect(url_for("certification.shown", token=token), 303)
    return render_template("certification/revoke.html", row=row, form=form), form.status


def _mine(form: CollectForm) -> Any:
    pitch = message.own_pitch_or_none(current_user)
    if pitch is None:
        return render_template("certification/none.html"), 200
    version = message.version_of(pitch, pitch.number)
    return render_template(
        "certification/mine.html",
        stand=standing.of(current_user.id, pitch, clock.now()),
        pitch=pitch,
        version=version,
        names=parts.NAMES,
        history=queries.history(current_user),
        sees_others=queries.sees_others(current_user),
        zone=current_user.zone,
        today=current_user.today(),
        form=form,
    ), form.status


def _asked_day() -> date:
    """The day asked for; today for anything odd, and for the days to come."""
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return current_user.today()
    return day if date(2000, 1, 1) <= day <= current_user.today() else current_user.today()


def _answered(day: date) -> list[as_of.InForce]:
    if not queries.sees_others(current_user):
        raise NotFound
    return as_of.at(current_user, as_of.last_moment(day))
