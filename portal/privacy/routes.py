"""Leaving the firm: the admin's page, and the one from which the leaver fetches their contacts."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock, files
from portal.access import Can, allow, public
from portal.accounts import queries as accounts
from portal.accounts.viewer import asking
from portal.credit import choosing
from portal.errors import NotFound, Refused
from portal.forms import Form
from portal.privacy import queries, services
from portal.privacy.forms import LeaveForm

bp = Blueprint("privacy", __name__)


@bp.route("/people/<int:person_id>/leaving", methods=["GET", "POST"])
@allow(Can.ADMINISTER)
def leaving(person_id: int):
    person = accounts.person(person_id)
    form = LeaveForm()
    if form.accepted():
        with form.explaining_refusals():
            keeps = bool(form.keeps_words.data)
            steward, keeper = _colleague(form, "steward"), _colleague(form, "keeper")
            by, now = current_user, clock.now()
            services.leave(person, steward_id=steward, keeper_id=keeper, keeps_words=keeps, by=by, now=now)
            flash("They have left. Give them the link below: it is the way to their contacts.")
            return redirect(url_for("privacy.leaving", person_id=person_id))
    left = queries.leaving_or_none(person_id)
    preview = None if left else queries.preview(person, clock.now())
    form.steward.flags.required = bool(preview and preview.passes_on)
    return render_template(
        "privacy/leaving.html",
        person=accounts.person(person_id),
        practice=person.practice.name,
        left=left,
        address=_address(queries.token(_secret(), left)) if left else "",
        is_there=left is not None and left.forgotten_at is None and left.until > clock.now(),
        preview=preview,
        form=form,
        currency=current_app.extensions["portal_config"].CURRENCY,
        is_me=person_id == current_user.id,
        zone=current_user.zone,
    ), form.status


@bp.route("/leaving/<token>", methods=["GET", "POST"])
@public
def package(token: str):
    found = queries.leaving_by(_secret(), token, clock.now())
    if Form().accepted():
        try:
            with files.store().open(found.sha256) as file:
                body = file.read()
        except FileNotFoundError:
            raise NotFound from None
        me = asking()
        services.fetch(found, by=me if me.is_authenticated else None, now=clock.now())
        answer = Response(body, content_type="application/zip")
        answer.headers["Content-Disposition"] = 'attachment; filename="my-contacts.zip"'
        answer.headers["Cache-Control"] = "no-store"
        return answer
    zone = current_app.extensions["portal_config"].TIME_ZONE
    return render_template("privacy/package.html", leaving=found, zone=zone)


def _colleague(form: LeaveForm, name: str) -> int | None:
    words = " ".join((form[name].data or "").split())
    if not words:
        return None
    try:
        return choosing.person(words, str(form[f"{name}_id"].data or ""))
    except Refused as refusal:
        raise Refused(refusal.message, field=name) from None


def _address(token: str) -> str:
    base = current_app.extensions["portal_config"].BASE_URL or request.host_url.rstrip("/")
    return f"{base}{url_for('privacy.package', token=token)}"


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
