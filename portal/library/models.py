"""Items, revisions, tags, and who read what."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, and_, bindparam, case, literal, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal import clock
from portal.accounts.models import Person
from portal.attachments.models import StoredFile
from portal.db import Base, UtcDateTime
from portal.library.kinds import Kind


class ItemState(StrEnum):
    """Where an item stands with its readers; where its next revision stands is in `Item.step`."""

    DRAFT = "draft"
    """Never published yet."""
    PUBLISHED = "published"
    UNDER_REVIEW = "under-review"
    """Readable, and marked: somebody is looking whether it still holds."""
    EXPIRED = "expired"
    """Its time is over: readers and shared links see a notice, search finds it no more."""
    ARCHIVED = "archived"


class Step(StrEnum):
    """Where the newest revision stands on its way to the readers."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"


class Item(Base):
    """A piece of content; what it says is in its revisions, and the newest published one is copied here for reading."""

    __tablename__ = "items"
    __table_args__ = (Index("ix_items_state_published_at", "state", "published_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[Kind]
    state: Mapped[ItemState] = mapped_column(default=ItemState.DRAFT)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What its kind tells besides the text, as readers see it; see `kinds.FACTS`."""
    source: Mapped[str]
    """Markdown of the newest revision, published or not."""
    html: Mapped[str] = mapped_column(default="")
    """What readers see: the published revision, rendered when it was published."""
    renderer: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=1)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    owner: Mapped[Person | None] = relationship()
    review_on: Mapped[date | None]
    """The day by which somebody should look at it again."""
    published_at: Mapped[datetime | None]
    """When it was first published."""
    revised_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=0)
    """The number of the newest revision."""
    step: Mapped[Step] = mapped_column(default=Step.DRAFT)
    """Where the newest revision stands."""
    published_revision: Mapped[int] = mapped_column(default=0)
    """The number of the revision that readers see; 0 before the first."""
    major_revision: Mapped[int] = mapped_column(default=0)
    """The newest published revision that was more than a typo fix; what acknowledgements are counted against."""
    publish_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the newest revision goes out by itself."""
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    """When readers stop seeing it."""
    is_internal: Mapped[bool] = mapped_column(default=False)
    """Whether no link to it may leave the firm; always so for some kinds, see `kinds.INTERNAL`."""
    byline: Mapped[list[Any]] = mapped_column(default=list)
    """Names of its authors, as readers see them; who they are is in `ItemAuthor`."""
    file_hash: Mapped[str] = mapped_column(default="")
    edited_here: Mapped[bool] = mapped_column(default=False)
    """Whether it was revised in the portal; the content loader then leaves it alone."""
    version: Mapped[int] = mapped_column(default=1)
    tags: Mapped[list["ItemTag"]] = relationship(cascade="all, delete-orphan", order_by="ItemTag.facet, ItemTag.value")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def state_at(self, now: datetime) -> ItemState:
        """Where it stands at a moment: what has expired is so from its very minute, however late the worker comes."""
        is_over = self.expires_at is not None and self.expires_at <= now
        return ItemState.EXPIRED if is_over and self.state in READABLE else self.state


READABLE = (ItemState.PUBLISHED, ItemState.UNDER_REVIEW)
_NOW = bindparam("readable_now", callable_=clock.now, type_=UtcDateTime())
IS_READABLE = and_(Item.state.in_(READABLE), or_(Item.expires_at.is_(None), Item.expires_at > _NOW))
"""Which items everybody at the firm may open, and search finds, at the moment of asking."""
STATE_NOW = case(
    (and_(Item.state.in_(READABLE), Item.expires_at <= _NOW), literal(ItemState.EXPIRED, Item.__table__.c.state.type)),
    else_=Item.state,
)
"""`Item.state_at` for statements, at the moment of asking."""


class ItemAuthor(Base):
    """Who wrote an item, first author first."""

    __tablename__ = "item_authors"

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)


class ItemFile(Base):
    """A file that belongs to an item: a picture in its text, or something to download."""

    __tablename__ = "item_files"
    __table_args__ = (UniqueConstraint("item_id", "file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), index=True)
    file: Mapped[StoredFile] = relationship()
    name: Mapped[str]
    """What it is called where it is downloaded."""
    is_inline: Mapped[bool] = mapped_column(default=False)
    """Whether it is a picture in the text; others are listed below it."""
    position: Mapped[int] = mapped_column(default=0)
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    """Earlier revisions may still show it."""


class ItemTag(Base):
    """What an item is about: a facet, one of `labels.TAG_FACETS`, and a value."""

    __tablename__ = "item_tags"
    __table_args__ = (Index("ix_item_tags_facet_value", "facet", "value", "item_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), primary_key=True)
    facet: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)


class Revision(Base):
    """What an item said, and how it was filed, at a time; added, never changed."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    number: Mapped[int]
    kind: Mapped[Kind]
    title: Mapped[str]
    summary: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    source: Mapped[str]
    tags: Mapped[dict[str, Any]]
    """Facet to values, as in `ItemTag`."""
    review_on: Mapped[date | None]
    change: Mapped[str] = mapped_column(default="")
    """What changed, in the editor's words."""
    is_minor: Mapped[bool] = mapped_column(default=False)
    """Whether the editor called it a typo fix: nobody has to read it again."""
    published: Mapped[bool]
    published_at: Mapped[datetime | None]
    """When readers first saw it."""
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person | None] = relationship()


class ItemReader(Base):
    """That a person read an item: once a person and item, with the last day."""

    __tablename__ = "item_readers"
    __table_args__ = (Index("ix_item_readers_person_id_last_at", "person_id", "last_at"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(default=1)
    useful: Mapped[bool | None]
    useful_on: Mapped[date | None]
    """The day under which that is counted."""
    reason: Mapped[str] = mapped_column(default="")
    """Why, one of `usefulness.REASONS`; empty when they gave none."""
    reason_words: Mapped[str] = mapped_column(default="")
    is_signed: Mapped[bool] = mapped_column(default=False)
    """Whether whoever looks after the item may see who said it."""


class Counted:
    """What is counted of an item."""

    views: Mapped[int] = mapped_column(default=0)
    """Readings: one for each person and day, however often they opened it on that day."""
    readers: Mapped[int] = mapped_column(default=0)
    """People who read it for the first time then."""
    found: Mapped[int] = mapped_column(default=0)
    """Times it was opened from a search."""
    copied: Mapped[int] = mapped_column(default=0)
    downloaded: Mapped[int] = mapped_column(default=0)
    shared: Mapped[int] = mapped_column(default=0)
    opened: Mapped[int] = mapped_column(default=0)
    """Times somebody surely human opened a link to it."""
    used: Mapped[int] = mapped_column(default=0)
    """Times it was logged as used with an opportunity, or named by a client."""
    helped: Mapped[int] = mapped_column(default=0)
    did_not_help: Mapped[int] = mapped_column(default=0)


class ItemDay(Counted, Base):
    """How an item was used on a day; one small row, however many people. Written by `usage.count` alone."""

    __tablename__ = "item_days"

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)


class ItemMonth(Counted, Base):
    """The days of an item in a month added up, for lists of all items. Written by `usage.count` with the days."""

    __tablename__ = "item_months"

    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)


class EmptySearch(Base):
    """Words that were looked for and not found, counted without names; marketing's list of what is missing."""

    __tablename__ = "empty_searches"

    words: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(default=1)
    last_on: Mapped[date]
