"""The studio: what is in the library and what it needs, and the editor of an item."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup

from portal import clock, markup
from portal.access import Can, allow
from portal.errors import Refused
from portal.library import services
from portal.library.freshness import freshness
from portal.library.labels import TAG_FACETS, said
from portal.library.models import Item, Revision
from portal.paging import page_of
from portal.studio import pitches, queries
from portal.studio.blueprint import bp
from portal.studio.comparison import compared
from portal.studio.forms import CompareForm, EditorForm, PreviewForm

__all__ = ["bp", "pitches"]


@bp.get("")
@allow(Can.PUBLISH)
def index():
    today = current_user.today()
    counts = queries.how_many(today)
    show = request.args.get("show", "published")
    show = show if show in counts else "published"
    page = page_of(queries.listed(show, today), scalars=False)
    return render_template(
        "studio/index.html",
        show=show,
        counts=counts,
        page=page,
        use=queries.use_of([row.id for row in page.rows]),
        missing=queries.missing(),
        pitches=queries.pitches(),
        freshness=freshness,
        today=today,
        said=said,
    )


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
                services.publish(kept, now=clock.now())
            return _say_kept(kept, is_published=form.do.data == "publish")
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


def _say_kept(item: Item, *, is_published: bool):
    if is_published:
        flash(Markup('Published. <a href="/library/{}">Read it as others do</a>').format(item.key))
    else:
        flash("Saved as a draft. Readers don't see it until you publish it.")
    return redirect(url_for("studio.edit_item", item_id=item.id))


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
    }


@bp.post("/preview")
@allow(Can.PUBLISH)
def preview():
    form = PreviewForm()
    if not form.accepted():
        raise Refused("That is too long to show.")
    return render_template("studio/_preview.html", preview=_preview(form))


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
