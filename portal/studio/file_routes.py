"""Pictures and files of an item: adding, renaming, taking off."""

from typing import Any, BinaryIO, cast

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.attachments import names
from portal.attachments import services as attachments
from portal.attachments.models import TextState
from portal.db import db
from portal.errors import NotFound, Refused, wants_json
from portal.library import files
from portal.library.models import Item, ItemFile
from portal.studio import queries
from portal.studio.blueprint import bp
from portal.studio.item_forms import RenameForm

MOST_AT_ONCE = 20


@bp.post("/items/<int:item_id>/files")
@allow(Can.PUBLISH)
def add_files(item_id: int):
    item = queries.item(item_id, to_change=True)
    sent = [file for file in request.files.getlist("file") if file.filename][:MOST_AT_ONCE]
    if not sent:
        raise Refused("Choose a file first.")
    now = clock.now()
    added = []
    for file in sent:
        name = file.filename or "file"
        stored = attachments.take(cast(BinaryIO, file.stream), name=name, by=current_user, now=now)
        is_picture = stored.content_type.startswith("image/")
        added.append(files.attach(item, stored, name=name, is_inline=is_picture, now=now))
    if wants_json():
        told = [{"name": one.name, "address": files.address(one), "is_picture": one.is_inline} for one in added]
        return {"files": told, "html": render_template("studio/_files_answer.html", item=item, files=shown(item))}
    flash(f"Added: {', '.join(one.name for one in added)}.")
    return _back(item)


@bp.post("/items/<int:item_id>/files/<int:file_id>/rename")
@allow(Can.PUBLISH)
def rename_file(item_id: int, file_id: int):
    item, file = _one(item_id, file_id)
    form = RenameForm()
    if not form.accepted():
        raise Refused("Give it a name of at most 120 characters.")
    files.attach(item, file.file, name=form.name.data, is_inline=file.is_inline, now=clock.now())
    flash(f"It is called {file.name} now. The text shows it as before.")
    return _back(item)


@bp.post("/items/<int:item_id>/files/<int:file_id>/remove")
@allow(Can.PUBLISH)
def remove_file(item_id: int, file_id: int):
    item, file = _one(item_id, file_id)
    files.remove(item, file, now=clock.now())
    flash(f"{file.name} is off this item. Add the same file again to bring it back.")
    return _back(item)


def shown(item: Item) -> list[dict[str, Any]]:
    """The files of an item for its list, each with what an editor should know of it."""
    return [_shown(file, item.source) for file in files.of_item(item.id)]


def _shown(file: ItemFile, source: str) -> dict[str, Any]:
    size = names.said_size(file.file.size)
    measures = f", {file.file.width} × {file.file.height}" if file.file.width else ""
    return {
        "id": file.id,
        "name": file.name,
        "address": files.address(file),
        "about": f"{'Picture' if file.is_inline else 'To download'}, {size}{measures}",
        "is_inline": file.is_inline,
        "is_used": f"/files/{file.file.sha256}/" in source,
        "is_unread": file.file.text_state is TextState.FAILED,
        "lacks_words": file.is_inline and f"![](/files/{file.file.sha256}/" in source,
    }


def _one(item_id: int, file_id: int) -> tuple[Item, ItemFile]:
    item, file = queries.item(item_id, to_change=True), db.session.get(ItemFile, file_id)
    if file is None or file.item_id != item.id or file.removed_at:
        raise NotFound
    return item, file


def _back(item: Item):
    return redirect(url_for("studio.edit_item", item_id=item.id, _anchor="files-title"))
