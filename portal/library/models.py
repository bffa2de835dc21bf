"""Items, revisions, tags, and who read what."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base


class Kind(StrEnum):
    """What sort of thing an item is."""

    CASE_STUDY = "case-study"
    PITCH_SHEET = "pitch-sheet"
    ONE_PAGER = "one-pager"
    ARTICLE = "article"
    INDUSTRY_UPDATE = "industry-update"
    GUIDELINE = "guideline"
    TEMPLATE = "template"
    OBJECTION_ANSWER = "objection-answer"


class ItemState(StrEnum):
    """Where an item stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


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
    file_hash: Mapped[str] = mapped_column(default="")
    edited_here: Mapped[bool] = mapped_column(default=False)
    """Whether it was revised in the portal; the content loader then leaves it alone."""
    version: Mapped[int] = mapped_column(default=1)
    tags: Mapped[list["ItemTag"]] = relationship(cascade="all, delete-orphan", order_by="ItemTag.facet, ItemTag.value")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


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
    source: Mapped[str]
    tags: Mapped[dict[str, Any]]
    """Facet to values, as in `ItemTag`."""
    review_on: Mapped[date | None]
    change: Mapped[str] = mapped_column(default="")
    """What changed, in the editor's words."""
    published: Mapped[bool]
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


class ItemDay(Base):
    """How an item was used on a day; one small row, however many people."""

    __tablename__ = "item_days"

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    views: Mapped[int] = mapped_column(default=0)
    readers: Mapped[int] = mapped_column(default=0)
    """People who read it for the first time on that day."""


class EmptySearch(Base):
    """Words that were looked for and not found, counted without names; marketing's list of what is missing."""

    __tablename__ = "empty_searches"

    words: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(default=1)
    last_on: Mapped[date]
