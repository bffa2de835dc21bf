"""Merges of clients, kept so that they can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.clients.models import Client
from portal.db import Base


class ClientMerge(Base):
    """Two entries in the list that turned out to be one client."""

    __tablename__ = "client_merges"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_client_merges_kept_id", "kept_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    """Of the page that asked for it: what is sent twice merges once."""
    kept_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    gone_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    gone: Mapped[Client] = relationship(foreign_keys=[gone_id])
    moved: Mapped[dict[str, Any]]
    """The ids of what moved, by table; and for services what stood there before."""
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
