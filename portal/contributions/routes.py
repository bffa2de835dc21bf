"""Writing for the firm: ideas, drafts, co-authors, and what marketing suggests."""

import secrets

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock, markup
from portal.access import Can, allow
from portal.clients import queries as clients
from portal.contributions import desk_routes, queries, reuse_routes, services, standing, suggestion_routes
from portal.contributions.blueprint import bp
from portal.contributions.forms import AuthorForm, DraftForm, IdeaForm
from portal.contributions.models import Contribution, Form, State
from portal.contributions.saving import Merged
from portal.library import kinds
from portal.paging import page_of

assert desk_routes  # its pages, and those of the next two, hang on the same blueprint
assert reuse_routes
assert suggestion_routes


@bp.get("")
@allow(Can.LEARN)
def index():
    page = page_of(queries.mine(current_user))
    item_ids = [one.item_id or 0 for one in page.rows if queries.shown_state(one) == standing.PUBLISHED]
    return render_template(
        "contributions/index.html", page=page, led=queries.led_to(item_ids), today=current_user.today(), **words()
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def new():
    """An idea in two lines; from here one goes on writing, or hands it in as it is."""
    form = IdeaForm()
    if request.method == "GET":
        form.key.data = secrets.token_urlsafe(12)
        form.title.data = request.args.get("title", "").replace("\x00", " ").strip()[:200]
    if form.accepted():
        with form.explaining_refusals():
            return _begun(form)
    return render_template("contributions/new.html", form=form), form.status


def _begun(form: IdeaForm) -> Response:
    now, given = clock.now(), form.values
    do = given.pop("do")
    made = services.begin(**given | {"idea": given["idea"] or ""}, by=current_user, now=now)
    if do == "submit":
        services.submit(made, by=current_user, now=now)
        flash("It is with marketing. They write to you.")
    elif do == "keep":
        flash("Your idea is kept. Only you see it until you hand it in.")
    where = "contributions.edit" if do == "write" else "contributions.one"
    return redirect(url_for(where, contribution_id=made.id))


@bp.get("/<int:contribution_id>")
@allow(Can.LEARN)
def one(contribution_id: int):
    found = queries.contribution_for(current_user, contribution_id)
    is_published = queries.shown_state(found) == standing.PUBLISHED
    return render_template(
        "contributions/one.html",
        piece=found,
        is_author=queries.is_author(current_user, found),
        has_news=any(author.person_id == current_user.id and author.news_at for author in found.authors),
        rounds=queries.rounds(found),
        led=queries.led_to([found.item_id or 0]).get(found.item_id or 0) if is_published else None,
        facts=kinds.shown(standing.KIND[found.form], found.facts),
        may_edit=found.state in standing.EDITED_BY_AUTHORS,
        may_withdraw=found.state in standing.CAN_BE_WITHDRAWN,
        zone=current_user.zone,
        rendered=markup.rendered,
        today=current_user.today(),
        **words(),
    )


@bp.route("/<int:contribution_id>/edit", methods=["GET", "POST"])
@allow(Can.LEARN)
def edit(contribution_id: int):
    """The piece as it is written; two authors at once keep each what they changed."""
    found = queries.own(current_user, contribution_id, to_change=request.method == "POST")
    if found.state not in standing.EDITED_BY_AUTHORS:
        return _to(found)
    form = DraftForm(formdata=request.form if request.method == "POST" else None, data=services.values_of(found))
    form.offer(clients.branches())
    clashes: list[str] = []
    if form.accepted():
        with form.explaining_refusals():
            both = services.save(found, base=form.base.data or "", mine=_mine(form), now=clock.now())
            if not both.clashes:
                return _saved(found, form.do.data or "save")
            clashes, form.status = both.clashes, 409
            _take_over(form, both)
    return _editor(found, form, clashes), form.status


def _take_over(form: DraftForm, both: Merged) -> None:
    """Let the form go on from what a co-author has; my own words stay where both changed something."""
    for name, value in both.kept.items():
        if name in form and name not in both.clashes:
            form[name].data = value


def _mine(form: DraftForm) -> dict[str, str]:
    facts = {name: value[:2000] for name, value in request.form.items() if name.startswith(services.FACT)}
    return form.written | {name: value.strip() for name, value in facts.items() if "\x00" not in value}


def _saved(found: Contribution, do: str) -> Response:
    if do == "submit" and found.state is not State.SUBMITTED:
        services.submit(found, by=current_user, now=clock.now())
        flash("Handed in. Marketing reads it and suggests changes; nothing is changed without you.")
    else:
        flash("Saved.")
    return _to(found)


def _editor(found: Contribution, form: DraftForm, clashes: list[str]) -> str:
    theirs = services.values_of(found)
    kind = standing.KIND[Form(form.form.data)] if form.form.data in set(Form) else standing.KIND[found.form]
    sent = request.form if request.method == "POST" else {}
    given = {fact.key: sent.get(services.FACT + fact.key, found.facts.get(fact.key, "")) for fact in kinds.FACTS[kind]}
    form.base.data = services.base_for(found)
    return render_template(
        "contributions/edit.html",
        piece=found,
        form=form,
        facts=kinds.FACTS[kind],
        given=given,
        clashes=[(_label(form, name), theirs.get(name, "")) for name in clashes],
        **words(),
    )


def _label(form: DraftForm, name: str) -> str:
    if name in form:
        return str(form[name].label.text)
    labels = {fact.key: fact.label for facts in kinds.FACTS.values() for fact in facts}
    return labels.get(name.removeprefix(services.FACT), name)


@bp.post("/<int:contribution_id>/autosave")
@allow(Can.LEARN)
def autosave(contribution_id: int):
    """What the page saves by itself while one writes; a clash is left for the person to see when they save."""
    found = queries.own(current_user, contribution_id, to_change=True)
    form = DraftForm()
    form.offer(clients.branches())
    if not form.accepted():
        return jsonify(error="Not saved yet: something in it needs another look."), 422
    if services.save(found, base=form.base.data or "", mine=_mine(form), now=clock.now()).clashes:
        return jsonify(error="A co-author changed this too. Save to see both."), 409
    return jsonify(base=services.base_for(found))


@bp.post("/<int:contribution_id>/submit")
@allow(Can.LEARN)
def submit(contribution_id: int):
    found = queries.own(current_user, contribution_id, to_change=True)
    services.submit(found, by=current_user, now=clock.now())
    flash("Handed in. Marketing reads it and suggests changes; nothing is changed without you.")
    return _to(found)


@bp.post("/<int:contribution_id>/withdraw")
@allow(Can.LEARN)
def withdraw(contribution_id: int):
    found = queries.own(current_user, contribution_id, to_change=True)
    services.withdraw(found, now=clock.now())
    flash("Taken back. You can go on with it whenever you like.")
    return _to(found)


@bp.post("/<int:contribution_id>/bring-back")
@allow(Can.LEARN)
def bring_back(contribution_id: int):
    found = queries.own(current_user, contribution_id, to_change=True)
    services.bring_back(found, now=clock.now())
    flash("It is yours to go on with.")
    return _to(found)


@bp.post("/<int:contribution_id>/seen")
@allow(Can.LEARN)
def seen(contribution_id: int):
    found = queries.own(current_user, contribution_id)
    services.look(found, by=current_user)
    return _to(found)


@bp.route("/<int:contribution_id>/authors", methods=["GET", "POST"])
@allow(Can.LEARN)
def authors(contribution_id: int):
    found = queries.own(current_user, contribution_id, to_change=request.method == "POST")
    form = AuthorForm()
    if form.accepted():
        with form.explaining_refusals():
            services.add_author(found, form.person_id.data, now=clock.now())
            return redirect(url_for("contributions.authors", contribution_id=found.id))
    return render_template("contributions/authors.html", piece=found, form=form), form.status


@bp.post("/<int:contribution_id>/authors/<int:person_id>/remove")
@allow(Can.LEARN)
def remove_author(contribution_id: int, person_id: int):
    found = queries.own(current_user, contribution_id, to_change=True)
    services.remove_author(found, person_id)
    if person_id == current_user.id:
        flash(f"You are no longer an author of “{found.title}”.")
        return redirect(url_for("contributions.index"))
    return redirect(url_for("contributions.authors", contribution_id=found.id))


@bp.post("/<int:contribution_id>/authors/<int:person_id>/forward")
@allow(Can.LEARN)
def move_author(contribution_id: int, person_id: int):
    found = queries.own(current_user, contribution_id, to_change=True)
    services.move_author(found, person_id)
    return redirect(url_for("contributions.authors", contribution_id=found.id))


def _to(found: Contribution) -> Response:
    return redirect(url_for("contributions.one", contribution_id=found.id))


def words() -> dict[str, object]:
    """What the templates call things."""
    return {"forms_of": standing.FORMS, "states": standing.STATES, "shown_state": queries.shown_state}
