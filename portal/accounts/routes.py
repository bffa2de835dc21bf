"""Signing in and out, and one's own account."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask_login import current_user, login_url, login_user, logout_user

from portal import clock, unsent
from portal.access import Can, allow, public
from portal.accounts import browsers, queries, services, viewer, zones
from portal.accounts.forms import AboutMeForm, AskForResetForm, ChangePasswordForm, ChoosePasswordForm, SignInForm
from portal.accounts.models import Person
from portal.db import db
from portal.errors import NotFound, Refused
from portal.navigation import DEMO_SIGN_INS

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in():
    if current_user.is_authenticated and request.method == "GET":
        return redirect("/")
    form = SignInForm()
    if request.method == "GET":
        form.next.data = inside(request.args.get("next", ""))
    if form.accepted():
        try:
            key = services.sign_in(
                email=form.email.data,
                password=form.password.data,
                address=request.remote_addr or "",
                browser=request.user_agent.string,
                now=clock.now(),
            )
        except Refused as refusal:
            db.session.commit()  # the failed try is counted and logged, although the page answers with a refusal
            form.form_errors = [refusal.message]
            form.status = 429 if isinstance(refusal, services.TooMany) else 422
        else:
            enter(key)
            kept = unsent.unpacked(form.unsent.data)
            if kept and inside(kept.address):
                return render_template("send_again.html", unsent=kept)
            return redirect(inside(form.next.data) or "/")
    return _sign_in_page(form), form.status


@viewer.login.unauthorized_handler
def signed_out() -> Any:
    """Ask whoever isn't signed in, or no longer, to sign in, and lead back to the page they wanted. A button can't be
    pressed again by opening its address, but what was typed is kept and can be sent once more."""
    if request.method == "GET":
        return redirect(login_url("accounts.sign_in", request.url))
    kept = unsent.of_request()
    if kept is None:
        return redirect(url_for("accounts.sign_in"))
    form = SignInForm(formdata=None)
    form.unsent.data = kept.packed()
    return _sign_in_page(form), 401


@bp.post("/sign-out")
@allow(Can.LEARN)
def sign_out():
    services.sign_out(current_user)
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"))


@bp.route("/reset-password", methods=["GET", "POST"])
@public
def reset_password():
    form = AskForResetForm()
    if form.accepted():
        services.ask_for_reset(email=form.email.data, now=clock.now())
        return render_template("accounts/link_sent.html", email=form.email.data)
    return render_template("accounts/reset_password.html", form=form), form.status


@bp.route("/choose-password/<token>", methods=["GET", "POST"])
@public
def choose_password(token: str):
    link = services.link_or_none(token, clock.now())
    if link is None:
        return render_template("accounts/link_spent.html"), 404
    form = ChoosePasswordForm()
    if form.accepted():
        with form.explaining_refusals():
            person = services.choose_password(link, password=form.password.data, now=clock.now())
            enter(
                services.open_sign_in(
                    person, address=request.remote_addr or "", browser=request.user_agent.string, now=clock.now()
                )
            )
            return redirect("/")
    return render_template("accounts/choose_password.html", form=form), form.status


@bp.route("/settings", methods=["GET", "POST"])
@allow(Can.LEARN)
def settings():
    person = queries.person(current_user.id)
    form = _about(person)
    if form.accepted():
        with form.explaining_refusals():
            services.change_own_facts(person, **form.values)
            flash("Saved.")
            return redirect(url_for("accounts.settings"))
        form.version.data = person.version
    return _settings(form, ChangePasswordForm(formdata=None)), form.status


@bp.route("/settings/password", methods=["GET", "POST"])
@allow(Can.LEARN)
def change_password():
    person = queries.person(current_user.id)
    form = ChangePasswordForm()
    if form.accepted():
        with form.explaining_refusals():
            services.change_password(
                person, old=form.old.data, password=form.password.data, but=current_user.sign_in_id
            )
            flash("Your password is changed. Other browsers are signed out.")
            return redirect(url_for("accounts.settings"))
    return _settings(_about(person, is_sent=False), form), form.status


@bp.post("/settings/sign-out-everywhere")
@allow(Can.LEARN)
def sign_out_everywhere():
    services.sign_out_everywhere(current_user)
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"))


def inside(address: str | None) -> str:
    """An address within the portal, or nothing: a sign-in never leads elsewhere."""
    address = address or ""
    parts = urlsplit(address.replace("\\", "/"))
    good = (
        address
        and not parts.scheme
        and not parts.netloc
        and parts.path.startswith("/")
        and not parts.path.startswith("//")
    )
    return address if good and address.isprintable() else ""


def enter(key: str) -> None:
    """Put a fresh sign-in into the cookie, with nothing kept from before."""
    db.session.flush()  # the viewer is read back
    session.clear()
    g.pop("csrf_token", None)  # the token of this answer belongs to the new session
    session.permanent = True
    found = viewer.by_key(key)
    if found is None:
        raise NotFound
    login_user(found)


def _sign_in_page(form: SignInForm) -> str:
    demo = DEMO_SIGN_INS if current_app.extensions["portal_config"].DEMO else []
    return render_template("accounts/sign_in.html", form=form, demo=demo)


@bp.get("/colleagues/suggestions")
@allow(Can.LEARN)
def suggestions() -> list[dict[str, Any]]:
    """People of the firm who fit what is being typed."""
    return [
        {"id": row.id, "name": row.name, "detail": row.practice.name}
        for row in queries.colleagues(request.args.get("q", "")[:80])
    ]


def _about(person: Person, *, is_sent: bool = True) -> AboutMeForm:
    form = AboutMeForm(obj=person) if is_sent else AboutMeForm(formdata=None, obj=person)
    form.zone.choices = zones.choices(current_app.extensions["portal_config"].TIME_ZONE)
    return form


def _settings(about: AboutMeForm, password: ChangePasswordForm) -> str:
    sign_ins = [
        {
            "said": browsers.said(row.browser),
            "since": clock.said_moment(row.created_at, current_user.zone),
            "is_this": row.id == current_user.sign_in_id,
        }
        for row in queries.sign_ins_of(current_user)
    ]
    return render_template("accounts/settings.html", about=about, password=password, sign_ins=sign_ins)
