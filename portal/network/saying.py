"""What to say to a contact: something from the library that fits them, in a note that is ready to send."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.library.kinds import Kind
from portal.library.models import IS_READABLE, Item
from portal.library.shelf import Shelf, shelf
from portal.network import channels, matching, openings
from portal.network.matching import Candidate
from portal.network.models import ChannelKind, Contact
from portal.network.openings import Note, Opening

SENDABLE = (Kind.CASE_STUDY, Kind.ONE_PAGER, Kind.ARTICLE, Kind.INDUSTRY_UPDATE)
"""What may go to people outside the firm; guidelines, answers to objections and the like are for colleagues."""
MOST_WORDS = 8


@dataclass(frozen=True)
class Fitting:
    """An item that fits somebody, and why."""

    key: str
    title: str
    summary: str
    kind: Kind
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Saying:
    """A note to one contact, and what else could be said."""

    note: Note
    mailto: str
    """Empty when no mail address is known."""
    is_long: bool
    """Whether the note is too long to go along into the mail program; it is copied then."""
    item: Fitting | None
    opening: int
    items: Sequence[Fitting]
    openings: Sequence[Opening]


def suggestion(contact: Contact, viewer: Viewer) -> Fitting | None:
    """The item that fits a contact best, if any does."""
    found = fitting(contact)
    return found[0] if found else None


def page(contact: Contact, viewer: Viewer, item_key: str = "", opening: str = "") -> Saying:
    """A note to a contact about the item asked for, or the one that fits best, with the opening asked for."""
    items = fitting(contact)
    item = next((one for one in items if one.key == item_key), items[0] if items else None)
    ways = openings.for_relation(contact.relation) if item else (openings.without_item(contact.relation),)
    place = int(opening) if opening in {str(number) for number in range(len(ways))} else 0
    about = {"title": item.title, "gist": item.summary} if item else {}
    note = openings.written(ways[place], to=contact.name, me=viewer.first_name, **about)
    mails = [row.value for row in channels.of(contact.id) if row.kind == ChannelKind.MAIL]
    mailto, is_long = (note.mailto(mails[0]), not note.fits(mails[0])) if mails else ("", False)
    return Saying(note, mailto, is_long, item, place, items, ways)


def fitting(contact: Contact) -> list[Fitting]:
    """Up to three published items that fit what a contact cares about, where they work and what the owner tagged."""
    industry = contact.client.industry if contact.client else ""
    words = [contact.cares_about, " ".join(contact.tags), contact.position]
    library = shelf()
    known = {row.id: row for row in _candidates(library, words, industry)}
    tags = library.tags
    candidates = [Candidate(row.id, row.title, row.summary, tags.get(row.id, ())) for row in known.values()]
    return [
        Fitting(known[match.id].key, known[match.id].title, known[match.id].summary, known[match.id].kind, match.shared)
        for match in matching.ranked(words, industry, candidates)
    ]


def _candidates(library: Shelf, words: Sequence[str], industry: str) -> Sequence[Item]:
    """The items that have one of the words in a title, a summary or a tag; the library may be large."""
    wanted = list(matching.interests(*words, industry))[: 3 * MOST_WORDS]
    if not wanted:
        return []
    tagged = {
        item_id
        for (facet, value), ids in library.tagged.items()
        if facet in matching.WEIGHTS and set(matching.interests(value.replace("-", " "))) & set(wanted)
        for item_id in ids
    }
    titled = [Item.title.icontains(word, autoescape=True) for word in wanted[:MOST_WORDS]]
    found = (
        select(Item)
        .with_only_columns(Item.id, Item.key, Item.title, Item.summary, Item.kind)
        .where(IS_READABLE, Item.kind.in_(SENDABLE))
        .where(or_(Item.id.in_(sorted(tagged)[-500:]), *titled))
        .order_by(Item.published_at.desc(), Item.id.desc())
        .limit(200)
    )
    return db.session.execute(found).all()  # type: ignore[return-value]
