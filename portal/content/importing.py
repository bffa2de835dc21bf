"""Files that become items: Word documents, content files, and archives of them."""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import select

from portal import documents
from portal.accounts.viewer import Viewer
from portal.attachments import names
from portal.attachments import services as attachments
from portal.attachments.models import StoredFile
from portal.content import exchange
from portal.db import db
from portal.editing import queries as editing
from portal.editing import services, sheets
from portal.editing.models import ItemImport
from portal.errors import Refused
from portal.library import files
from portal.library import services as library
from portal.library.kinds import Kind
from portal.library.models import Item
from portal.library.services import Wording

MOST_ENTRIES = 1000
LARGEST_ARCHIVE = 300_000_000
"""Bytes that an archive may have once it is unpacked."""
KINDS_TAKEN = "Word documents (.docx), content files (.md) and archives of them (.zip)"
Files = dict[str, bytes]
"""What lies beside a content file in an archive: pictures and files, by 'hash/name'."""


@dataclass
class Outcome:
    """What became of one file."""

    name: str
    item_id: int | None = None
    title: str = ""
    is_revision: bool = False
    notes: list[str] = field(default_factory=list)
    """What could not be taken over; where there is no item, why not."""


def bring(sent: list[tuple[str, bytes]], *, revise: bool, by: Viewer, now: datetime) -> ItemImport:
    """Make drafts of files; each stands for itself, so that one that is refused keeps no other back."""
    outcomes: list[Outcome] = []
    for name, body in sent:
        try:
            outcomes += [_one(*each, revise=revise, by=by, now=now) for each in _unpacked(name, body)]
        except Refused as refusal:
            outcomes.append(Outcome(name, notes=[refusal.message]))
    kept = ItemImport(by_id=by.id, at=now, outcomes=[asdict(outcome) for outcome in outcomes])
    db.session.add(kept)
    db.session.flush()  # the page needs its number
    return kept


def _unpacked(name: str, body: bytes) -> Iterator[tuple[str, bytes, Files]]:
    if not name.lower().endswith(".zip"):
        yield name, body, {}
        return
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            inside = _contents(archive)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        raise Refused("This archive can't be opened. Make it anew, without a password.") from None
    texts = [each for each in inside if each.lower().endswith((".md", ".docx")) and not _is_hidden(each)]
    if not texts:
        raise Refused("There is nothing in this archive that can become an item.")
    for each in texts:
        beside = f"{each.rpartition('.')[0]}/"
        yield each, inside[each], {path[len(beside) :]: inside[path] for path in inside if path.startswith(beside)}


def _contents(archive: zipfile.ZipFile) -> Files:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_ARCHIVE:
        raise Refused(f"An archive may hold {MOST_ENTRIES} files and {LARGEST_ARCHIVE // 1_000_000} MB.")
    return {entry.filename: archive.read(entry) for entry in entries}


def _is_hidden(path: str) -> bool:
    return any(part.startswith((".", "__")) for part in PurePosixPath(path).parts)


def _one(name: str, body: bytes, beside: Files, *, revise: bool, by: Viewer, now: datetime) -> Outcome:
    outcome = Outcome(name)
    try:
        with db.session.begin_nested():
            if name.lower().endswith(".docx"):
                _document(outcome, body, by, now)
            elif name.lower().endswith((".md", ".markdown")):
                _content_file(outcome, body, beside, revise, by, now)
            else:
                raise Refused(f"We take {KINDS_TAKEN}.")
    except Refused as refusal:
        return Outcome(name, notes=[*outcome.notes, refusal.message])
    return outcome


def _document(outcome: Outcome, body: bytes, by: Viewer, now: datetime) -> None:
    try:
        found = documents.read(body)
    except documents.Unreadable:
        raise Refused("This can't be read as a Word document. Save it anew as .docx, and try again.") from None
    if not found.text:
        raise Refused("There is no text in this document.")
    outcome.notes += found.notes
    text, kept = found.text, []
    for number, (picture, words) in enumerate(found.pictures):
        name, place = f"picture-{number + 1}", documents.PICTURE.format(number)
        try:
            stored = attachments.take(io.BytesIO(picture), name=name, by=by, now=now)
        except Refused as refusal:
            text = re.sub(rf"!\[[^\]]*\]\({place}\)", "", text)
            outcome.notes.append(f"Picture {number + 1} was left out. {refusal.message}")
            continue
        kept.append((stored, name))
        address = names.address(stored.sha256, names.clean(name, stored.content_type))
        text = text.replace(f"]({place})", f"]({address})")
        if not words:
            outcome.notes.append(f"Picture {number + 1} has no description yet: write it into the square brackets.")
    title = found.title or PurePosixPath(outcome.name).stem
    wording = Wording(Kind.ARTICLE, title[:200], "", text, {}, None)
    item = library.write(None, wording, change="From a Word document", base_number=0, by=by, now=now)
    for stored, picture_name in kept:
        files.attach(item, stored, name=picture_name, is_inline=True, now=now)
    outcome.item_id, outcome.title = item.id, title[:200]
    outcome.notes.append("It has no summary yet.")


def _content_file(outcome: Outcome, body: bytes, beside: Files, revise: bool, by: Viewer, now: datetime) -> None:
    key = PurePosixPath(outcome.name).stem
    values, problems = exchange.read(body, outcome.name, key)
    if values is None:
        outcome.notes += [str(problem) for problem in problems[1:]]
        raise Refused(str(problems[0]))
    kept = [_kept(path, content, by, now) for path, content in sorted(beside.items())]
    for _stored, _name, before, after in kept:
        values["source"] = values["source"].replace(f"/files/{before}/", f"/files/{after}/")
    item = db.session.scalar(select(Item).where(Item.key == key).with_for_update()) if revise else None
    outcome.is_revision, goes_out = item is not None, item.publish_at if item else None
    item = written(item, values, by, now)
    if goes_out and item.publish_at is None:
        outcome.notes.append("Its schedule is taken back, since this is another text.")
    for stored, name, _before, after in kept:
        is_inline = f"/files/{after}/" in values["source"]
        files.attach(item, stored, name=name, is_inline=is_inline, now=now)
    outcome.item_id, outcome.title = item.id, values["title"]


def written(item: Item | None, values: Mapping[str, Any], by: Viewer, now: datetime) -> Item:
    """Keep what a file says as a new draft of an item, or as a new item."""
    about = editing.about(item) if item else {"authors": ""}
    is_same = [name for name, _who in sheets.authors_of(about["authors"])] == list(values["byline"])
    authors = about["authors"] if is_same else sheets.authors_said((name, None) for name in values["byline"])
    said = {name: values[name] for name in ("title", "summary", "source", "tags", "review_on")}
    wording = Wording(Kind(values["kind"]), **said, facts=values["facts"] or {})
    base = item.revision if item else 0
    kept = library.write(item, wording, change="From a content file", base_number=base, by=by, now=now)
    services.say_about(kept, {"is_internal": "yes" if values["is_internal"] else "", "authors": authors})
    return kept


def _kept(path: str, content: bytes, by: Viewer, now: datetime) -> tuple[StoredFile, str, str, str]:
    """A file that came along, with its name, and the hash that the text knows and the one that it has now."""
    before, _, name = path.rpartition("/")
    known = db.session.scalar(select(StoredFile).where(StoredFile.sha256 == before))
    if known is not None and hashlib.sha256(content).hexdigest() == before:
        return known, name, before, before
    stored = attachments.take(io.BytesIO(content), name=name, by=by, now=now)
    return stored, name, before, stored.sha256
