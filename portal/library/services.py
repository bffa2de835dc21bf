"""Writing, publishing and archiving items; every change is a revision, and what is published is searchable at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from sqlalchemy import func, select

from portal import markup
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import Refused
from portal.library import kinds, search_index
from portal.library.kinds import Kind
from portal.library.labels import LONGEST_SLUG, TAG_FACETS, slug
from portal.library.models import READABLE, Item, ItemState, ItemTag, Revision, Step
from portal.message import queries as message

RESERVED = {"missing", "suggestions", "files", "new-for-you", "must-read", "comments"}
"""Keys that are addresses of the library itself."""
MOST_VALUES = 20
CLAIM = "claim"
"""The facet that names words of a pitch, like 'firm/opener'; whoever changes them is told which items use them."""


@dataclass(frozen=True)
class Wording:
    """What an editor decides about an item: its text, and where it is filed."""

    kind: Kind
    title: str
    summary: str
    source: str
    tags: Mapping[str, Sequence[str]]
    review_on: date | None
    facts: Mapping[str, str] = field(default_factory=dict)
    """What the kind tells besides; see `kinds.FACTS`."""

    @classmethod
    def of(cls, revision: Revision) -> "Wording":
        """What a revision says."""
        told = (revision.kind, revision.title, revision.summary, revision.source, revision.tags, revision.review_on)
        return cls(*told, facts=revision.facts)


def write(item: Item | None, wording: Wording, *, change: str, base_number: int, by: Viewer, now: datetime) -> Item:
    """Keep a text as a draft that readers don't see. Refused when somebody else revised it meanwhile."""
    item = item or _new(_free_key(wording.title), wording.kind, now, owner_id=by.id)
    if item.revision != base_number:
        raise Refused("Somebody else revised this while you were writing.", field="base_number")
    wording = _checked(wording)
    newest = _newest_or_none(item)
    if newest is None or Wording.of(newest) != wording:
        _revise(item, wording, change=change, by_id=by.id, now=now)
        if item.published_at is None:
            _show(item, wording)
    return item


def publish(item: Item, *, is_minor: bool = False, now: datetime) -> None:
    """Show readers the newest revision, and let search find it; a minor one asks nobody to read it again."""
    revision = _newest_or_none(item)
    if revision is None or (revision.published and item.state is ItemState.PUBLISHED):
        raise Refused("Nothing changed since this was published.")
    _out(item, revision, is_minor=is_minor and item.major_revision > 0, now=now)


def _out(item: Item, revision: Revision, *, is_minor: bool, now: datetime) -> None:
    if not revision.published:
        revision.published, revision.published_at, revision.is_minor = True, now, is_minor
        if not is_minor:
            item.major_revision = revision.number
    item.published_revision, item.step, item.publish_at = revision.number, Step.PUBLISHED, None
    _show(item, Wording.of(revision))
    _let_be_found(item, now)


def archive(item: Item) -> None:
    """Take an item out of the library; it can be restored."""
    if item.state is ItemState.ARCHIVED:
        raise Refused("This is archived already.")
    _take_away(item, ItemState.ARCHIVED)


def expire(item: Item) -> None:
    """End an item's time: readers see a notice, and search finds it no more. What is on its way goes on."""
    if item.state not in READABLE:
        raise Refused("Only what is in the library can expire.")
    item.state, item.edited_here = ItemState.EXPIRED, True
    search_index.remove(item.id)


def let_expire(item: Item, at: datetime | None, *, now: datetime) -> None:
    """Give an item another end, or none; one that has expired is back. The shelf has to know when it changes next."""
    if item.published_at is None or item.state is ItemState.ARCHIVED:
        raise Refused("Only what was published and isn't archived has an end.")
    item.expires_at = at
    state = item.state
    _let_be_found(item, now)
    item.state = state if state in READABLE else ItemState.PUBLISHED


def _take_away(item: Item, state: ItemState) -> None:
    item.state, item.publish_at = state, None
    item.step = Step.PUBLISHED if item.revision == item.published_revision else Step.DRAFT
    item.edited_here = True
    search_index.remove(item.id)


def restore(item: Item, *, now: datetime) -> None:
    """Put an archived or expired item back where it was, without an expiry that has passed."""
    if item.state not in {ItemState.ARCHIVED, ItemState.EXPIRED}:
        raise Refused("Only an archived item can be put back.")
    if item.published_at is None:
        item.state = ItemState.DRAFT
    else:
        _let_be_found(item, now)


def bring_back(item: Item, number: int, *, by: Viewer, now: datetime) -> Item:
    """Make an earlier revision the newest draft; what came between stays in the history."""
    revision = db.session.scalar(select(Revision).where(Revision.item_id == item.id, Revision.number == number))
    if revision is None:
        raise Refused("There is no such revision.")
    change = f"Back to revision {number}"
    return write(item, Wording.of(revision), change=change, base_number=item.revision, by=by, now=now)


def load_item(
    *,
    key: str,
    kind: Kind | str,
    title: str,
    summary: str,
    tags: Mapping[str, Sequence[str]],
    review_on: date | None,
    source: str,
    facts: Mapping[str, str] | None = None,
    is_internal: bool = False,
    byline: Sequence[str] = (),
    now: datetime,
) -> list[str]:
    """Take an item from a content file; what was revised or archived in the portal stays as it is."""
    filed = {facet: _claims(tags[facet]) if facet == CLAIM else list(tags[facet]) for facet in sorted(tags)}
    kinds.check_known(Kind(kind), facts or {})
    wording = Wording(Kind(kind), title, summary, source, filed, review_on, kinds.checked(Kind(kind), facts or {}))
    fingerprint = fingerprint_of(wording, is_internal, byline)
    item = db.session.scalar(select(Item).where(Item.key == key))
    if item is not None and item.file_hash == fingerprint:
        return _rendered_anew(item, wording, now)
    is_new = item is None
    item = item or _new(key, wording.kind, now)
    item.file_hash = fingerprint
    if item.edited_here:
        return [f"library item {key}: kept as it was revised in the portal"]
    change = "" if is_new else "Loaded anew from its file"
    revision = _revise(item, wording, change=change, by_id=None, now=now)
    # Before it can be found: search looks at its authors.
    item.edited_here, item.is_internal, item.byline = False, is_internal, list(byline)
    _out(item, revision, is_minor=False, now=now)
    return [f"library item {key}: {'new' if is_new else 'changed'}"]


def fingerprint_of(wording: Wording, is_internal: bool = False, byline: Sequence[str] = ()) -> str:
    """By what a file is told from the one that was loaded before."""
    about = (is_internal, *byline) if is_internal or byline else ()
    return markup.fingerprint(*vars(wording).values(), *about)


def _new(key: str, kind: Kind, now: datetime, owner_id: int | None = None) -> Item:
    item = Item(
        key=key, kind=kind, state=ItemState.DRAFT, title="", source="", owner_id=owner_id, revised_at=now, revision=0
    )
    item.edited_here, item.major_revision, item.step = False, 0, Step.DRAFT
    db.session.add(item)
    return item


def _revise(item: Item, wording: Wording, *, change: str, by_id: int | None, now: datetime) -> Revision:
    item.revision += 1
    item.revised_at = now
    item.source = wording.source
    item.edited_here = True
    item.step, item.publish_at = Step.DRAFT, None
    db.session.flush()  # the revision needs the item's id
    revision = Revision(
        item_id=item.id, number=item.revision, **vars(wording), change=change, published=False, at=now, by_id=by_id
    )
    db.session.add(revision)
    return revision


def _show(item: Item, wording: Wording) -> None:
    """Make the item say what this wording says."""
    item.kind, item.title, item.summary, item.review_on = (
        wording.kind,
        wording.title,
        wording.summary,
        wording.review_on,
    )
    item.facts = dict(wording.facts)
    item.html, item.renderer = markup.rendered(wording.source), markup.RENDERER
    item.minutes = markup.minutes(wording.source)
    wanted = {(facet, value) for facet, values in wording.tags.items() for value in values}
    kept = [tag for tag in item.tags if (tag.facet, tag.value) in wanted]
    missing = wanted - {(tag.facet, tag.value) for tag in kept}
    item.tags = kept + [ItemTag(facet=facet, value=value) for facet, value in sorted(missing)]


def _let_be_found(item: Item, now: datetime) -> None:
    item.state = ItemState.PUBLISHED
    item.published_at = item.published_at or now
    if item.expires_at is not None and item.expires_at <= now:
        item.expires_at = None
    search_index.put(item.id)


def _rendered_anew(item: Item, wording: Wording, now: datetime) -> list[str]:
    if item.renderer == markup.RENDERER or item.edited_here:
        return []
    review_on = item.review_on
    _show(item, wording)
    item.review_on = review_on  # somebody may have said since that it still holds
    db.session.flush()
    if item.state in READABLE:
        search_index.put(item.id)
    return [f"library item {item.key}: rendered anew"]


def _newest_or_none(item: Item) -> Revision | None:
    found: Any = select(Revision).where(Revision.item_id == item.id, Revision.number == item.revision)
    return db.session.scalar(found) if item.id else None


def _checked(wording: Wording) -> Wording:
    if (n := len(wording.source)) > kinds.LONGEST_TEXT:
        raise Refused(
            f"Its text has {n:,} characters; up to {kinds.LONGEST_TEXT:,} fit. Make two items of it.", "source"
        )
    if "<h1" in markup.rendered(wording.source):
        raise Refused("Start headings with ##. The title is the page's only heading of the first level.", "source")
    tags = {facet: _values(facet, wording.tags.get(facet, ())) for facet in TAG_FACETS}
    kept = {facet: values for facet, values in sorted(tags.items()) if values}
    facts = kinds.checked(wording.kind, wording.facts)
    return Wording(wording.kind, wording.title, wording.summary, wording.source, kept, wording.review_on, facts)


def _values(facet: str, given: Sequence[str]) -> list[str]:
    if facet == CLAIM:
        return _claims(given)
    values = list(dict.fromkeys(value for value in map(slug, given) if value))
    if len(values) > MOST_VALUES:
        raise Refused(f"Keep this to {MOST_VALUES}.", field=facet)
    return values


def _claims(given: Sequence[str]) -> list[str]:
    values = list(dict.fromkeys(value.strip().lower() for value in given if value.strip()))
    known = message.known_claims() if values else set()
    unknown = [value for value in values if value not in known]
    if unknown:
        near = get_close_matches(unknown[0], known, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else "Write the pitch and the part, like firm/opener."
        raise Refused(f"No pitch has a part “{unknown[0][:80]}”. {hint}", field=CLAIM)
    return values


def _free_key(title: str) -> str:
    wanted = slug(title)
    if not wanted:
        raise Refused("Give it a title with at least one letter or digit.", field="title")
    # Room for the number, so that a long title's key stays within its bounds.
    stem = wanted[: LONGEST_SLUG - 4].strip("-")
    taken = set(db.session.scalars(select(Item.key).where(func.substr(Item.key, 1, len(stem)) == stem))) | RESERVED
    numbered = (f"{stem}-{number}" for number in range(2, 1000))
    return next(key for key in (wanted, *numbered) if key not in taken)
