"""The rules in versions, what was checked by them, looks for colleagues' asks, and offers to talk."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base
from portal.network.models import Contact
from portal.pipeline.models import OpportunityKind


class AskRuleVersion(Base):
    """All the rules of asking as they stood from a moment on; never changed. The highest number is in force."""

    __tablename__ = "ask_rule_versions"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subjects: Mapped[list[Any]]
    """One entry for each content file: key, title, html, rules."""
    days: Mapped[dict[str, Any]]
    """How long an ask or a plan of a colleague counts: 'asked_within' and 'planned_within'."""
    fingerprint: Mapped[str]
    at: Mapped[datetime]


class ReadinessCheck(Base):
    """What somebody checked before an ask, as it was then; added, never changed."""

    __tablename__ = "readiness_checks"
    __table_args__ = (
        Index("ix_readiness_checks_person_id", "person_id", "id"),
        Index("ix_readiness_checks_opportunity_id", "opportunity_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunities.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id"), index=True)
    kind: Mapped[OpportunityKind]
    facts: Mapped[dict[str, Any]]
    """What was known then, by the key of the fact; what was not known is not there."""
    answered: Mapped[list[Any]]
    """Which of the facts the person said themselves."""
    lights: Mapped[list[Any]]
    """The four lights with their reasons, in the words of then."""
    rules_number: Mapped[int] = mapped_column(ForeignKey("ask_rule_versions.number"))
    at: Mapped[datetime]


class CollisionLook(Base):
    """That somebody looked whether a colleague asked one of their contacts; added, never changed, and counted."""

    __tablename__ = "collision_looks"
    __table_args__ = (
        Index("ix_collision_looks_person_id_at", "person_id", "at"),
        Index("ix_collision_looks_contact_id", "contact_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"))
    """Empties when the contact is erased; the look still counts."""
    keys_mark: Mapped[str]
    """A fingerprint of what was matched: another mail address is another look."""
    found: Mapped[list[Any]]
    """What was said: 'asked' or 'planned' with weeks, and nothing of whom or whose."""
    at: Mapped[datetime]


class TalkState(StrEnum):
    """What became of an offer to talk."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    """Never told: to the one who offered it looks like an offer that nobody took up."""


class Talk(Base):
    """An offer to talk, from one who means to ask somebody to a colleague who has asked them."""

    __tablename__ = "talks"
    __table_args__ = (
        UniqueConstraint("asker_id", "other_id", "asker_contact_id", "expires_on"),
        Index("ix_talks_other_id_state", "other_id", "state", "expires_on"),
        Index("ix_talks_asker_id_state", "asker_id", "state", "expires_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asker: Mapped[Person] = relationship(foreign_keys=[asker_id])
    asker_contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    asker_contact: Mapped[Contact | None] = relationship(foreign_keys=[asker_contact_id])
    other_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    other: Mapped[Person] = relationship(foreign_keys=[other_id])
    other_contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    """The other's own contact: all that they are shown of whom it is about."""
    other_contact: Mapped[Contact | None] = relationship(foreign_keys=[other_contact_id])
    state: Mapped[TalkState] = mapped_column(default=TalkState.OFFERED)
    offered_at: Mapped[datetime]
    expires_on: Mapped[date]
    """The last day on which it can be taken up."""
    answered_at: Mapped[datetime | None]
    asker_line: Mapped[str] = mapped_column(default="")
    other_line: Mapped[str] = mapped_column(default="")
    """What each writes to the other once both agreed: one line."""
    asker_done_at: Mapped[datetime | None]
    other_done_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
