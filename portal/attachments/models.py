"""What is known of every file in the store that somebody attached."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey
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


class Trouble(StrEnum):
    """What can be wrong with a file that somebody needs."""

    MISSING = "missing"
    DAMAGED = "damaged"
    """Its bytes are not the ones that were stored."""


class FileTrouble(Base):
    """A file that the sweep found missing or damaged, until a sweep finds it whole again."""

    __tablename__ = "file_troubles"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    what: Mapped[Trouble]
    at: Mapped[datetime]


class FileSweep(Base):
    """What a night's sweep did."""

    __tablename__ = "file_sweeps"

    night: Mapped[date] = mapped_column(primary_key=True)
    begun_at: Mapped[datetime]
    parts: Mapped[int] = mapped_column(default=0)
    """How many of its sixteen parts are done."""
    files: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    """Bytes of all files."""
    looked_at: Mapped[int] = mapped_column(default=0)
    """Files that were read and held against their hash."""
    removed: Mapped[int] = mapped_column(default=0)
    """Bytes without a row that went."""
    forgotten: Mapped[int] = mapped_column(default=0)
    """Rows that nobody needed any more."""
