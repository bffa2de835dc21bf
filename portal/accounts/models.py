"""People, practices, roles, and the keys they sign in with."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access import Role
from portal.db import BYTEWISE, Base


class Practice(Base):
    """An organisational unit, in a tree of any depth."""

    __tablename__ = "practices"
    __table_args__ = (CheckConstraint("path like '/%/'", name="path_slashed"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """Small letters, digits and hyphens; content names practices by it."""
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("practices.id"), index=True)
    path: Mapped[str] = mapped_column(BYTEWISE, unique=True)
    """The ids from the root down to this practice, like '/1/4/9/'. All below share it as a beginning."""


class Person(Base):
    """Somebody who works at the firm; every one of them is a practitioner."""

    __tablename__ = "people"
    __table_args__ = (
        Index("ix_people_practice_id_name", "practice_id", "name", "id"),
        CheckConstraint("email = lower(email)", name="email_lower"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"))
    practice: Mapped[Practice] = relationship()
    zone: Mapped[str] = mapped_column(default="")
    """IANA name of the person's time zone; empty means the firm's."""
    password_hash: Mapped[str | None]
    roles: Mapped[str] = mapped_column(default="")
    """The roles granted anywhere, separated by commas; kept in step with `grants`, for the one query at the door."""
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    """When they first signed in or chose a password."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Grant(Base):
    """A role beyond practitioner. Leaders and coaches hold it for a practice and all below it."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "practice_id"),
        CheckConstraint("(role in ('leader', 'coach')) = (practice_id is not null)", name="practice_where_needed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role]
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practices.id"), index=True)
    practice: Mapped[Practice | None] = relationship()


Index(
    "uq_grants_firm_wide",
    Grant.person_id,
    Grant.role,
    unique=True,
    sqlite_where=Grant.practice_id.is_(None),
    postgresql_where=Grant.practice_id.is_(None),
)


class SignIn(Base):
    """One browser that is signed in. Deleting the row signs it out at once."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the random key in the cookie; the key itself is kept nowhere."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    browser: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")


class OneTimeLink(Base):
    """A link in a mail, to choose a password; good once, for a while."""

    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[str]
    """'invite' or 'reset'."""
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class FailedSignIn(Base):
    """A sign-in that was refused; counted, to slow down guessing. Old rows are deleted."""

    __tablename__ = "failed_sign_ins"
    __table_args__ = (
        Index("ix_failed_sign_ins_account_at", "account", "at"),
        Index("ix_failed_sign_ins_address_at", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str]
    """SHA-256 of the address that was typed, known or not."""
    address: Mapped[str]
    at: Mapped[datetime]
