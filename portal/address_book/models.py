"""Files of contacts, row by row, with what is needed to undo them; private to their owner."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class FileKind(StrEnum):
    """What kind of file it is."""

    LINKEDIN = "linkedin"
    VCARD = "vcard"
    TABLE = "table"


class ImportState(StrEnum):
    """Where an import stands."""

    COLUMNS = "columns"
    """The columns are to be settled."""
    PREVIEWED = "previewed"
    RUNNING = "running"
    DONE = "done"
    UNDONE = "undone"


class Outcome(StrEnum):
    """What would become of a row."""

    NEW = "new"
    ADDS = "adds"
    """It is somebody who is here, and says more."""
    DIFFERS = "differs"
    """It is somebody who is here, and says something else."""
    LIKELY = "likely"
    """It may be somebody who is here; the owner says."""
    SAME = "same"
    REFUSED = "refused"


class Choice(StrEnum):
    """What the owner wants of a row."""

    OURS = ""
    """As we would."""
    ADD = "add"
    MERGE = "merge"
    SKIP = "skip"


class Result(StrEnum):
    """What became of a row."""

    WAITING = ""
    MADE = "made"
    MERGED = "merged"
    SAME = "same"
    SKIPPED = "skipped"
    REFUSED = "refused"


class Undone(StrEnum):
    """What undoing did to a row."""

    NO = ""
    REMOVED = "removed"
    RESTORED = "restored"
    KEPT = "kept"
    """It was changed since, so it stays until the owner says otherwise."""


class ContactImport(Base):
    """A file of contacts: looked at first, then brought in, and undone if it was a mistake."""

    __tablename__ = "contact_imports"
    __table_args__ = (
        Index("ix_contact_imports_owner_id_at", "owner_id", "at"),
        CheckConstraint("done between 0 and total", name="done_within"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    filename: Mapped[str]
    kind: Mapped[FileKind]
    state: Mapped[ImportState]
    heading: Mapped[list[Any]] = mapped_column(default=list)
    fields: Mapped[list[Any]] = mapped_column(default=list)
    """For each column what it says, one of `columns.FIELDS`."""
    cells: Mapped[list[Any]] = mapped_column(deferred=True, default=list)
    """The rows as they were read, each with its number; emptied when the import begins."""
    relation: Mapped[str] = mapped_column(default="associate")
    """How the owner knows most of them."""
    closeness: Mapped[str] = mapped_column(default="outer")
    """Their tier, or 'paused' for no reminders yet."""
    takes: Mapped[str] = mapped_column(default="here")
    """Whose word counts where both say something: 'here' or 'file'."""
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How many rows have each outcome; afterwards also each result and each undoing."""
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    """How many rows are dealt with; raised in the transaction that brings them in, so that a restart goes on there."""
    at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class ContactImportRow(Base):
    """One row or card of a file."""

    __tablename__ = "contact_import_rows"
    __table_args__ = (
        UniqueConstraint("import_id", "line"),
        Index("ix_contact_import_rows_import_id_outcome", "import_id", "outcome", "line"),
        Index("ix_contact_import_rows_import_id_result", "import_id", "result", "line"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("contact_imports.id", ondelete="CASCADE"))
    line: Mapped[int]
    """Its number in the file, counted from 1."""
    name: Mapped[str]
    card: Mapped[dict[str, Any]]
    """What the row says: a `cards.Card`."""
    outcome: Mapped[Outcome]
    found_by: Mapped[str] = mapped_column(default="")
    """What gave the contact away: 'mail', 'phone', 'profile', 'number' or 'name'."""
    twin: Mapped[int | None]
    """The earlier row of this file that is the same person."""
    words: Mapped[list[Any]] = mapped_column(default=list)
    """What it adds, or why not."""
    differs: Mapped[list[Any]] = mapped_column(default=list)
    """Where both say something: field, the words here, the words of the file."""
    choice: Mapped[Choice] = mapped_column(default=Choice.OURS)
    picks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Whose word counts, by field: 'here', 'file' or 'both'."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    """Whom it was found to be, then whom it was brought into. A contact that is erased takes along what we keep of it
    here."""
    result: Mapped[Result] = mapped_column(default=Result.WAITING)
    before: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    """The contact and its channels before this import touched them."""
    after: Mapped[str] = mapped_column(default="")
    """A digest of the contact when this import left it: whoever finds another changed it since."""
    undone: Mapped[Undone] = mapped_column(default=Undone.NO)
