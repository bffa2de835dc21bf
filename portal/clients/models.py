"""Clients and services, flags on clients, and what of the firm's services each client uses."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person, Practice
from portal.db import Base


class Service(Base):
    """Something the firm does for clients."""

    __tablename__ = "services"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """Small letters, digits and hyphens."""
    name: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    """What it does for a client, in a sentence or two."""
    source: Mapped[str] = mapped_column(default="")
    """More about it, in Markdown: how to notice that a client needs it, and what to say."""
    html: Mapped[str] = mapped_column(default="")
    practice_key: Mapped[str] = mapped_column(default="", index=True)
    """The key of the practice that does it. No foreign key: content may come before practices."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Whom to bring in."""
    owner: Mapped[Person | None] = relationship()
    is_retired: Mapped[bool] = mapped_column(default=False)
    file_hash: Mapped[str] = mapped_column(default="")
    """Fingerprint of the content file that was last loaded; tells whether the file changed."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Client(Base):
    """An organisation that the firm works for."""

    __tablename__ = "clients"
    __table_args__ = (
        Index("ix_clients_practice_id_name", "practice_id", "name", "id"),
        Index("ix_clients_steward_id_name", "steward_id", "name", "id"),
        Index("ix_clients_industry_name", "industry", "name", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    match_name: Mapped[str] = mapped_column(index=True)
    """The name without its legal form, in small letters, to find the same client again."""
    industry: Mapped[str] = mapped_column(default="")
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"))
    """The practice that leads for this client."""
    practice: Mapped[Practice] = relationship()
    steward_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who looks after the relationship."""
    steward: Mapped[Person | None] = relationship()
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    """The client that this one turned out to be; those that were merged are shown nowhere."""
    added_on: Mapped[date]
    """The day it counts from, where the person was who added it."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class StewardChange(Base):
    """Who looked after a client, and who does now; added, never changed."""

    __tablename__ = "steward_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    before_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    before: Mapped[Person | None] = relationship(foreign_keys=[before_id])
    after_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    after: Mapped[Person | None] = relationship(foreign_keys=[after_id])
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    at: Mapped[datetime]


class FlagKind(StrEnum):
    """Why a client is not to be approached, or only with care."""

    DO_NOT_APPROACH = "do-not-approach"
    INDEPENDENCE = "independence"
    """The firm audits them, and other services are restricted."""
    ASK_FIRST = "ask-first"
    """Only after a word with the steward."""


class ClientFlag(Base):
    """A flag on a client, with its reason and its end."""

    __tablename__ = "client_flags"
    __table_args__ = (Index("ix_client_flags_client_id", "client_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    kind: Mapped[FlagKind]
    reason: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    """The last day it holds; empty: until somebody ends it."""
    remind_on: Mapped[date | None]
    """From when on Today tells the steward that it ends."""
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """When somebody ended it before its last day."""
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_by: Mapped[Person | None] = relationship(foreign_keys=[ended_by_id])

    def holds(self, today: date) -> bool:
        """Whether it is in force on a day."""
        begun_and_not_over = self.from_on <= today and (self.until_on is None or today <= self.until_on)
        return self.ended_at is None and begun_and_not_over


class Use(StrEnum):
    """How a client stands to a service."""

    USES = "uses"
    COULD_USE = "could-use"
    OFFERED = "offered"
    DECLINED = "declined"
    NOT_A_FIT = "not-a-fit"


class ClientService(Base):
    """How a client stands to a service now; no row means that nobody has said."""

    __tablename__ = "client_services"

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"), primary_key=True, index=True)
    use: Mapped[Use]
    since_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship()
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class UseChange(Base):
    """Every change of how a client stands to a service; added, never changed."""

    __tablename__ = "client_service_changes"
    __table_args__ = (Index("ix_client_service_changes_client_id_service_id", "client_id", "service_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    before: Mapped[Use | None]
    after: Mapped[Use | None]
    """Empty: taken back to nobody having said."""
    note: Mapped[str] = mapped_column(default="")
    changed_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship()
    at: Mapped[datetime]
    takes_back_id: Mapped[int | None] = mapped_column(ForeignKey("client_service_changes.id"), unique=True)
    """The change that this one takes back."""


class ClientCount(Base):
    """Running totals of clients, by the practice that leads for them: penetration is read from here, never from a scan
    of clients."""

    __tablename__ = "client_counts"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    """One of `counting.MEASURES`, or a `Use`."""
    industry: Mapped[str] = mapped_column(primary_key=True, default="")
    of: Mapped[str] = mapped_column(primary_key=True, default="")
    """A service's id, a number of services, or a month."""
    n: Mapped[int] = mapped_column(BigInteger, default=0)


class ClientImport(Base):
    """A file of clients: looked at first, then brought in."""

    __tablename__ = "client_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str]
    rows: Mapped[list[Any]] = mapped_column(deferred=True)
    """Each row as it was typed: the values of `import_plan.Row`, in its order."""
    outcomes: Mapped[list[Any]] = mapped_column(deferred=True)
    """For each row what would become of it, or did: an `Outcome`, then the words for it."""
    counts: Mapped[dict[str, Any]]
    """How many rows have each outcome."""
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]
