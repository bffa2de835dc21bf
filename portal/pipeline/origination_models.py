"""Who holds which share of an opportunity now, what each is credited with once it is won, and the sums by quarter.

All three follow from the ledger of credit and the history of the stages, and can be worked out anew from them.
"""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.pipeline.shares import CreditRole


class CreditShare(Base):
    """One share of an opportunity as it stands; those of one opportunity are a hundred percent together."""

    __tablename__ = "credit_shares"
    __table_args__ = (
        CheckConstraint("(person_id is null) <> (item_key = '')", name="one_holder"),
        CheckConstraint("points between 1 and 10000", name="points_sensible"),
        Index("ix_credit_shares_person_id", "person_id", "opportunity_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunities.id"), index=True)
    role: Mapped[CreditRole]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    item_key: Mapped[str] = mapped_column(default="")
    """For content: the item of the library."""
    points: Mapped[int]


class CreditedPart(Base):
    """What one holder is credited with of an opportunity that is won."""

    __tablename__ = "credited_parts"
    __table_args__ = (
        Index("ix_credited_parts_practice_id_won_on", "practice_id", "won_on", "id"),
        Index("ix_credited_parts_person_id_won_on", "person_id", "won_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunities.id"), index=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"))
    """The practice whose work it is: the owner's."""
    won_on: Mapped[date]
    role: Mapped[CreditRole]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    item_key: Mapped[str] = mapped_column(default="")
    points: Mapped[int]
    amount: Mapped[int] = mapped_column(BigInteger)
    """In minor units of the firm's currency; the parts of one opportunity add up to its value."""


class OriginationSum(Base):
    """What a holder is credited with of a practice's work won in a quarter, by role."""

    __tablename__ = "origination_sums"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), primary_key=True)
    quarter: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    role: Mapped[CreditRole] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """0, and so no foreign key, for an item of the library."""
    item_key: Mapped[str] = mapped_column(primary_key=True, default="")
    n: Mapped[int] = mapped_column(BigInteger, default=0)
    """How many shares."""
    amount: Mapped[int] = mapped_column(BigInteger, default=0)
