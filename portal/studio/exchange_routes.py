"""Items in and out: Word documents, content files, archives, and the content folder."""

from collections.abc import Iterable
from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy import select
from werkzeug.wrappers import Response

from portal import clock
from portal.access import Can, allow
from portal.content import exporting, folder, importing
from portal.db import db
from portal.editing.models import ItemImport
from portal.errors import Refused
from portal.library import files
from portal.library.models import Item
from portal.publishing import services as publishing
from portal.studio import lists, queries
from portal.studio.blueprint import bp
from portal.studio.item_forms import ImportForm
from portal.studio.lists import LISTS, Sieve

MOST_FILES = 50
MOST_TOLD = 8


@bp.route("/import", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def import_items():
    form = ImportForm()
    if form.accepted():
        with form.explaining_refusals():
            sent = [(file.filename, file.read()) for file in request.files.getlist("file") if file.filename]
            if len(sent) > MOST_FILES:
                raise Refused(f"Bring at most {MOST_FILES} files at once, or put them into an archive.", field="file")
            done = importing.bring(sent, revise=form.revise.data, by=current_user, now=clock.now())
            return redirect(url_for("studio.import_outcome", import_id=done.id))
    counts = lists.how_many(Sieve(), _today())
    return render_template("studio/import.html", form=form, counts=counts, lists=LISTS), form.status


@bp.get("/import/<int:import_id>")
@allow(Can.PUBLISH)
def import_outcome(import_id: int):
    own = ItemImport.id == import_id, ItemImport.by_id == current_user.id
    found = db.session.scalar(select(ItemImport).where(*own))
    if found is None:
        abort(404)
    return render_template("studio/imported.html", found=found)


@bp.get("/content-folder")
@allow(Can.PUBLISH)
def content_items():
    return render_template("studio/content_folder.html", filed=folder.listed(), states=folder.STATES)


@bp.post("/content-folder/take")
@allow(Can.PUBLISH)
def take_content():
    taken, refused = folder.take_all(now=clock.now())
    if taken or not refused:
        flash(f"{len(taken)} taken." if taken else "Everything in the folder is in the portal already.")
    for words in refused[:MOST_TOLD]:
        flash(f"Not taken: {words}")
    return redirect(url_for("studio.content_items"))


@bp.post("/content-folder/<key>/take")
@allow(Can.PUBLISH)
def take_content_item(key: str):
    item, is_draft = folder.take(key, by=current_user, now=clock.now())
    if is_draft:
        flash("Taken as a draft. Compare the revisions, then publish it or leave it.")
        return redirect(url_for("studio.edit_item", item_id=item.id))
    flash(Markup('Taken. <a href="/library/{}">Read it as others do</a>').format(item.key))
    return redirect(url_for("studio.content_items"))


@bp.get("/items/<int:item_id>/export")
@allow(Can.PUBLISH)
def export_item(item_id: int):
    """The newest revision as a content file; with its files, where it has any, as an archive."""
    item = queries.item(item_id)
    if files.of_item(item.id):
        return _sent([item], f"{item.key}.zip")
    answer = Response(exporting.as_file(item), content_type="text/markdown; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{item.key}.md"'
    return answer


@bp.get("/export")
@allow(Can.PUBLISH)
def export_items():
    """All items of one of the studio's lists, narrowed as it is on the page."""
    show = request.args.get("show", "published")
    show = show if show in LISTS else "published"
    found = lists.listed(show, Sieve.of(request.args), _today()).with_only_columns(Item.id)
    items = db.session.scalars(select(Item).where(Item.id.in_(db.session.scalars(found).all())).order_by(Item.key))
    return _sent(items, f"library-{show}.zip")


def _today() -> date:
    return clock.day_in(clock.now(), publishing.firm_zone())


def _sent(items: Iterable[Item], name: str) -> Response:
    answer = Response(exporting.archive(items), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
