"""Clients and services, flags on clients, and what of the firm's services each client uses."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
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
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), index=True)
    practice: Mapped[Practice] = relationship()
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Whom to bring in."""
    owner: Mapped[Person | None] = relationship()
    is_retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Client(Base):
    """An organisation that the firm works for."""

    __tablename__ = "clients"
    __table_args__ = (
        Index("ix_clients_practice_id_name", "practice_id", "name", "id"),
        Index("ix_clients_steward_id_name", "steward_id", "name", "id"),
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
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


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
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


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
    at: Mapped[datetime]
