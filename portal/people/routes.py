"""People: the list, and one person's page."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask_login import current_user

from portal import clock, sheets
from portal.access import Can, Role, allow
from portal.accounts import queries as accounts
from portal.accounts import services as account_services
from portal.accounts.models import Person
from portal.audit import queries as audit
from portal.db import db
from portal.forms import Form
from portal.paging import asked_number, page_of
from portal.people import beginning, import_routes, practice_routes, queries, record_routes, services
from portal.people.blueprint import asked_choice, asked_words, bp
from portal.people.columns import HEADINGS
from portal.people.forms import ROLE_NAMES, AddForm, ChangeFactsForm, FactsForm, GrantForm
from portal.people.plan import said_roles
from portal.people.queries import STATES, Filters

MORE_PAGES = (import_routes, practice_routes, record_routes)
"""Imported so that their addresses are known."""

SAID_STATES = {"": "Everybody", "active": "Active", "invited": "Not yet joined", "deactivated": "Deactivated"}


@bp.get("")
@allow(Can.ADMINISTER)
def everybody():
    filters = _filters()
    is_narrowed = filters != Filters()
    counts = queries.state_counts(filters)
    page = page_of(queries.people(filters), scalars=False)
    rows = [{"person": row, "state": state_of(row), "roles": _role_names(row.roles)} for row in page.rows]
    return render_template(
        "people/everybody.html",
        page=page,
        rows=rows,
        filters=filters,
        chips=[(state, name, counts[state]) for state, name in SAID_STATES.items()],
        branches=queries.branches(),
        roles=ROLE_NAMES,
        is_narrowed=is_narrowed,
        beginning=[] if is_narrowed else beginning.steps(current_app.extensions["portal_config"]),
    )


@bp.get("/export.csv", defaults={"kind": "csv"})
@bp.get("/export.xlsx", defaults={"kind": "xlsx"})
@allow(Can.ADMINISTER)
def export(kind: str):
    practices = {branch.id: branch.said for branch in queries.branches()}
    people = db_rows(queries.people(_filters()))
    held = queries.held_by(person.id for person in people)
    rows = [
        [
            person.email,
            person.name,
            practices[person.practice_id],
            person.title,
            said_roles([(role, practices.get(at or 0, "")) for _, role, at in held.get(person.id, [])]),
            person.zone,
            SAID_STATES[state_of(person)],
            person.joined_at and clock.day_in(person.joined_at, current_user.zone),
        ]
        for person in people
    ]
    return sheets.download("people", kind, [*HEADINGS.values(), "State", "Joined"], rows)


@bp.route("/new", methods=["GET", "POST"])
@allow(Can.ADMINISTER)
def add():
    form = AddForm()
    if not form.is_submitted():
        form.practice_id.data = asked_number("practice_id", default=0)
    _offer(form, queries.branches())
    if form.accepted():
        with form.explaining_refusals():
            person = services.add(**form.values, now=clock.now())
            flash(f"{person.name} is added{' and invited' if form.invite.data else ''}.")
            return redirect(url_for("people.one", person_id=person.id))
    return render_template("people/new.html", form=form), form.status


@bp.route("/<int:person_id>", methods=["GET", "POST"])
@allow(Can.ADMINISTER)
def one(person_id: int):
    person = accounts.person(person_id)
    branches = queries.branches()
    form = ChangeFactsForm(obj=person)
    _offer(form, branches)
    if form.accepted():
        with form.explaining_refusals():
            services.change_facts(person, **form.values)
            flash("Saved.")
            return _back_to(person)
        form.version.data = person.version
    return _page(person, facts=form), form.status


@bp.route("/<int:person_id>/roles", methods=["GET", "POST"])
@allow(Can.ADMINISTER)
def grant(person_id: int):
    person = accounts.person(person_id)
    form = GrantForm()
    form.offer(queries.branches())
    if form.accepted():
        with form.explaining_refusals():
            services.grant(person, **form.values)
            flash(f"{person.name} holds the role from now on.")
            return _back_to(person)
    return _page(person, role=form), form.status


@bp.post("/<int:person_id>/roles/<int:grant_id>/revoke")
@allow(Can.ADMINISTER)
def revoke(person_id: int, grant_id: int):
    return _pressed(person_id, lambda one: services.revoke(one, grant_id, by=current_user), "The role is taken away.")


@bp.post("/<int:person_id>/deactivate")
@allow(Can.ADMINISTER)
def deactivate(person_id: int):
    said = "Deactivated. Every browser they were signed in with is signed out."
    return _pressed(person_id, lambda one: services.deactivate(one, by=current_user), said)


@bp.post("/<int:person_id>/reactivate")
@allow(Can.ADMINISTER)
def reactivate(person_id: int):
    return _pressed(person_id, services.reactivate, "Reactivated. They can sign in again.")


@bp.post("/<int:person_id>/send-link")
@allow(Can.ADMINISTER)
def send_link(person_id: int):
    return _pressed(person_id, lambda one: services.send_link(one, now=clock.now()), "A link is on its way by mail.")


@bp.post("/<int:person_id>/sign-out-everywhere")
@allow(Can.ADMINISTER)
def sign_out_everywhere(person_id: int):
    return _pressed(person_id, account_services.sign_out_everywhere, "They are signed out of every browser.")


def state_of(person: Any) -> str:
    """Which of the states a person stands in."""
    if not person.is_active:
        return "deactivated"
    return "active" if person.joined_at else "invited"


def db_rows(statement: Any) -> Sequence[Any]:
    """Every row of a list, for a file."""
    return db.session.execute(statement).all()


def _filters() -> Filters:
    return Filters(
        asked_words(), asked_number("practice_id", default=0), asked_choice("role", Role), asked_choice("state", STATES)
    )


def _role_names(roles: str) -> str:
    return ", ".join(roles.split(",")).capitalize()


def _offer(form: FactsForm, branches: Sequence[Any]) -> None:
    form.offer(branches, current_app.extensions["portal_config"].TIME_ZONE)


def _back_to(person: Person):
    return redirect(url_for("people.one", person_id=person.id))


def _pressed(person_id: int, act: Callable[[Person], object], said: str):
    person = accounts.person(person_id)
    form = Form()
    if form.accepted():
        with form.explaining_refusals():
            act(person)
            flash(said)
            return _back_to(person)
    return _page(person, pressed=form), form.status


def _page(
    person: Person,
    *,
    facts: ChangeFactsForm | None = None,
    role: GrantForm | None = None,
    pressed: Form | None = None,
) -> str:
    branches = queries.branches()
    if facts is None:
        facts = ChangeFactsForm(formdata=None, obj=person)
        _offer(facts, branches)
    if role is None:
        role = GrantForm(formdata=None)
        role.offer(branches)
    names = {branch.id: branch.name for branch in branches}
    return render_template(
        "people/one.html",
        person=person,
        practice=names[person.practice_id],
        state=state_of(person),
        said_state=SAID_STATES[state_of(person)],
        facts=facts,
        role=role,
        pressed=pressed,
        held=[
            (id, str(held).capitalize(), names.get(at or 0))
            for id, held, at in queries.held_by([person.id]).get(person.id, [])
        ],
        sign_ins=len(accounts.sign_ins_of(person)),
        trail=record_routes.lines(audit.trail(person.id)),
        is_me=person.id == current_user.id,
    )
