"""Publishing an item, taking it back, and what it said over time."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup

from portal import clock
from portal.access import Can, allow
from portal.library import services
from portal.message.comparison import compared
from portal.paging import page_of
from portal.studio import queries
from portal.studio.blueprint import bp
from portal.studio.forms import CompareForm, PublishForm


@bp.route("/items/<int:item_id>/publish", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def publish_item(item_id: int):
    """The last look before readers see it."""
    item = queries.item(item_id, to_change=request.method == "POST")
    form = PublishForm()
    if form.accepted():
        with form.explaining_refusals():
            services.publish(item, is_minor=form.is_minor.data, now=clock.now())
            flash(Markup('Published. <a href="/library/{}">Read it as others do</a>').format(item.key))
            return redirect(url_for("studio.edit_item", item_id=item.id))
    revision = queries.revision(item, item.revision)
    return render_template("studio/publish.html", item=item, revision=revision, form=form), form.status


@bp.post("/items/<int:item_id>/archive")
@allow(Can.PUBLISH)
def archive(item_id: int):
    item = queries.item(item_id, to_change=True)
    services.archive(item)
    flash(Markup(render_template("studio/_archived.html", item=item)))
    return redirect(url_for("studio.index"))


@bp.post("/items/<int:item_id>/restore")
@allow(Can.PUBLISH)
def restore(item_id: int):
    item = queries.item(item_id, to_change=True)
    services.restore(item, now=clock.now())
    flash(f"“{item.title}” is back as it was.")
    return redirect(url_for("studio.edit_item", item_id=item.id))


@bp.get("/items/<int:item_id>/revisions")
@allow(Can.PUBLISH)
def revisions(item_id: int):
    item = queries.item(item_id)
    form = CompareForm(request.args, meta={"csrf": False})
    asked = form.validate()
    after = queries.revision(item, (asked and form.after.data) or item.revision)
    before = queries.revision(item, (asked and form.before.data) or max(1, after.number - 1))
    return render_template(
        "studio/revisions.html",
        item=item,
        page=page_of(queries.revisions(item)),
        before=before,
        after=after,
        parts=[
            ("Title", compared(before.title, after.title)),
            ("Summary", compared(before.summary, after.summary)),
            ("Text", compared(before.source, after.source)),
        ],
    )


@bp.post("/items/<int:item_id>/revisions/<int:number>/bring-back")
@allow(Can.PUBLISH)
def bring_back(item_id: int, number: int):
    item = queries.item(item_id, to_change=True)
    services.bring_back(item, number, by=current_user, now=clock.now())
    flash(f"Revision {number} is back as a draft. Publish it when it reads well.")
    return redirect(url_for("studio.edit_item", item_id=item.id))
