"""The editor of an item: writing, previewing, saving, and what happens when two people do so at once."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from portal import clock, markup
from portal.access import Can, allow
from portal.editing import merging, services, sheets
from portal.editing import queries as editing
from portal.editing.merging import Merged
from portal.editing.models import WorkingCopy
from portal.editing.sheets import FACT, LABELS, Sheet
from portal.errors import Refused
from portal.library import kinds
from portal.library.labels import TAG_FACETS, said
from portal.library.models import Item
from portal.message.comparison import compared
from portal.studio import file_routes, queries
from portal.studio.blueprint import bp
from portal.studio.item_forms import EditorForm, FactsForm, PreviewForm, as_typed

BEGUN = {"title": "", "kind": str(kinds.Kind.CASE_STUDY)}


@bp.route("/items/new", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def new_item():
    return _edit(None, sheets.filled({**BEGUN, "title": request.args.get("title", "")[:200]}))


@bp.route("/items/<int:item_id>", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def edit_item(item_id: int):
    item = queries.item(item_id, to_change=request.method == "POST")
    return _edit(item, editing.sheet_of(item))


@bp.post("/preview")
@allow(Can.PUBLISH)
def preview():
    form = PreviewForm()
    if not form.accepted():
        raise Refused("That is too long to show.")
    return render_template("studio/_preview.html", preview=_preview(form))


@bp.post("/facts")
@allow(Can.PUBLISH)
def facts():
    """The fields of another kind, with what is in them."""
    return render_template("studio/_facts.html", form=FactsForm())


def _edit(item: Item | None, saved: Sheet):
    copy = editing.copy_or_none(item.id if item else None, current_user)
    if request.method == "GET":
        return _page(item, _opened(item, saved, copy), saved=saved, copy=copy)
    form = EditorForm()
    if form.do.data == "fields" or not form.accepted() or form.do.data == "preview":
        return _page(item, form)
    with form.explaining_refusals():
        mine, base = _decided(item, form)
        goes_out = item.publish_at if item else None
        kept, merged = services.save(item, mine, base, change=form.change.data or "", by=current_user, now=clock.now())
        if item and merged.conflicts:
            return _conflict(item, form, merged)
        if goes_out and kept is not None and kept.publish_at is None:
            flash("Its schedule is taken back, since this is another text. Publish it, or choose a time again.")
        return _saved(kept, merged, form.do.data)
    return _page(item, form)


def _opened(item: Item | None, saved: Sheet, copy: WorkingCopy | None) -> EditorForm:
    """The form as it was saved, or as it was typed and not saved."""
    if copy:
        form = EditorForm(formdata=MultiDict(copy.fields))
        form.copy_version.data = copy.version
        return form
    form = EditorForm(formdata=None, data=as_typed(saved))
    form.begin_with(item.revision if item else 0, saved)
    return form


def _decided(item: Item | None, form: EditorForm) -> tuple[Sheet, Sheet]:
    """What is to be saved, and what it began as; on a conflict's page, each field is as it was chosen there."""
    base = editing.sheet_at(item, form.base_number.data, form.known_about)
    choices = {name: request.form.get(f"choose_{name}", "") for name in LABELS}
    return merging.decided(form.sheet, base, choices), base


def _saved(kept: Any, merged: Merged, do: str | None):
    theirs = ", ".join(LABELS[name] for name in merged.taken)
    if theirs:
        flash(f"Somebody else saved meanwhile: {theirs}. Theirs and yours are both in here now.")
    if do == "publish":
        return redirect(url_for("studio.publish_item", item_id=kept.id))
    flash("Saved as a draft. Readers don't see it until you publish it.")
    return redirect(url_for("studio.edit_item", item_id=kept.id))


def _conflict(item: Item, given: EditorForm, merged: Merged):
    """Both changed the same: each such field with theirs beside mine; all the rest is in the form already."""
    theirs = editing.newest(item)
    form = EditorForm(formdata=None, data={**as_typed(merged.values), "change": given.change.data})
    form.copy_version.data = given.copy_version.data
    saved = editing.sheet_of(item)
    # Their text is on this page now, so saving again is a decision and not an accident.
    form.begin_with(theirs.number, saved)
    return render_template(
        "studio/conflict.html",
        item=item,
        form=form,
        theirs=theirs,
        fields=[_both(name, saved[name], merged.values[name]) for name in merged.conflicts],
        taken=[LABELS[name] for name in merged.taken],
        conflicts=merged.conflicts,
    ), 422


def _both(name: str, theirs: str, mine: str) -> dict[str, Any]:
    told = [sheets.shown(name, value) for value in (theirs, mine)]
    return {
        "name": name,
        "label": LABELS[name],
        "theirs": told[0],
        "mine": told[1],
        "changes": compared(*told),
        "is_long": name in sheets.LONG,
        "is_words": name not in {"kind", "authors", "is_internal", "review_on", f"{FACT}permission"},
    }


def _page(item: Item | None, form: EditorForm, *, saved: Sheet | None = None, copy: WorkingCopy | None = None):
    return render_template(
        "studio/editor.html",
        item=item,
        form=form,
        copy=copy,
        differs=_differs(saved, form.sheet) if copy and saved else [],
        left_behind=None if copy else editing.left_behind(item.id if item else None),
        others=editing.others(item.id, current_user, clock.now()) if item else [],
        files=file_routes.shown(item) if item else [],
        preview=_preview(form) if form.do.data == "preview" or item else None,
        suggestions=queries.suggestions(),
        facets=TAG_FACETS,
    ), form.status


def _differs(saved: Sheet, typed: Sheet) -> list[tuple[str, Any]]:
    """What was typed and not saved, field by field."""
    return [
        (label, compared(sheets.shown(name, saved[name]), sheets.shown(name, typed[name])))
        for name, label in LABELS.items()
        if saved[name] != typed[name]
    ]


def _preview(form: EditorForm | PreviewForm) -> dict[str, Any]:
    sheet, kind = form.sheet, form.chosen_kind
    told = {fact.key: sheet[f"{FACT}{fact.key}"] for fact in kinds.FACTS[kind] if sheet[f"{FACT}{fact.key}"]}
    return {
        "kind": said("kind", kind),
        "title": sheet["title"] or "Without a title yet",
        "summary": sheet["summary"],
        "minutes": markup.minutes(sheet["source"]),
        "html": markup.rendered(sheet["source"]),
        "facts": kinds.shown(kind, told),
    }
