"""The editor of an item."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock, markup
from portal.access import Can, allow
from portal.errors import Refused
from portal.library import services
from portal.library.labels import TAG_FACETS, said
from portal.library.models import Item, Revision
from portal.message.comparison import compared
from portal.studio import queries
from portal.studio.blueprint import bp
from portal.studio.forms import EditorForm, PreviewForm


@bp.route("/items/new", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def new_item():
    return _edit(None, {"title": request.args.get("title", "")[:200]})


@bp.route("/items/<int:item_id>", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def edit_item(item_id: int):
    item = queries.item(item_id, to_change=request.method == "POST")
    return _edit(item, _as_typed(queries.revision(item, item.revision)))


def _edit(item: Item | None, start: dict[str, object]):
    form = EditorForm(data=start)
    if form.accepted() and form.do.data != "preview":
        with form.explaining_refusals():
            kept = services.write(
                item,
                form.wording,
                change=form.change.data or "",
                base_number=form.base_number.data,
                by=current_user,
                now=clock.now(),
            )
            if form.do.data == "publish":
                return redirect(url_for("studio.publish_item", item_id=kept.id))
            flash("Saved as a draft. Readers don't see it until you publish it.")
            return redirect(url_for("studio.edit_item", item_id=kept.id))
    theirs = queries.revision(item, item.revision) if item and form.base_number.errors else None
    if theirs:
        # Their text is on this page now, so saving again is a decision and not an accident.
        form.base_number.data = theirs.number
    return render_template(
        "studio/conflict.html" if theirs else "studio/editor.html",
        item=item,
        form=form,
        theirs=theirs,
        changes=compared(theirs.source, form.source.data or "") if theirs else [],
        preview=_preview(form) if form.do.data == "preview" or item else None,
        suggestions=queries.suggestions(),
        facets=TAG_FACETS,
    ), form.status


def _as_typed(revision: Revision) -> dict[str, object]:
    tags = {facet: ", ".join(revision.tags.get(facet, [])) for facet in TAG_FACETS}
    return {
        "title": revision.title,
        "summary": revision.summary,
        "source": revision.source,
        "kind": str(revision.kind),
        "review_on": revision.review_on,
        "base_number": revision.number,
        **tags,
    }


def _preview(form: EditorForm | PreviewForm) -> dict[str, object]:
    source = form.source.data or ""
    return {
        "kind": said("kind", form.kind.data or ""),
        "title": form.title.data or "Without a title yet",
        "summary": form.summary.data or "",
        "minutes": markup.minutes(source),
        "html": markup.rendered(source),
        "facts": [],
    }


@bp.post("/preview")
@allow(Can.PUBLISH)
def preview():
    form = PreviewForm()
    if not form.accepted():
        raise Refused("That is too long to show.")
    return render_template("studio/_preview.html", preview=_preview(form))
