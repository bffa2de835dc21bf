"""What is known of every file in the store that somebody attached."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class TextState(StrEnum):
    """Whether the words in a file are known, so that search finds them."""

    NONE = "none"
    """There are none to be had: a picture, a recording."""
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class StoredFile(Base):
    """A file by its content: the same bytes are one row, whoever brings them."""

    __tablename__ = "stored_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    content_type: Mapped[str]
    """What the bytes were found to be; never what a browser said."""
    size: Mapped[int]
    """Bytes."""
    width: Mapped[int | None]
    height: Mapped[int | None]
    text: Mapped[str] = mapped_column(default="")
    """The words in it."""
    text_state: Mapped[TextState] = mapped_column(default=TextState.NONE)
    added_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Who brought it first."""


class FileBringer(Base):
    """Who brought these bytes, and when last: they may open them, whoever else has them."""

    __tablename__ = "file_bringers"

    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    at: Mapped[datetime]
