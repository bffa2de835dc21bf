"""What a release of a pitch sets going, and how far it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.message.models import PitchVersion


class Release(Base):
    """What followed a version that was published or withdrawn; the telling goes on where `told_to_id` says it ended."""

    __tablename__ = "releases"
    __table_args__ = (
        UniqueConstraint("version_id", "kind"),
        CheckConstraint("kind in ('published', 'withdrawn')", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    version_id: Mapped[int] = mapped_column(ForeignKey("pitch_versions.id"))
    version: Mapped[PitchVersion] = relationship()
    effects: Mapped[dict[str, Any]]
    """What it did, as the preview promised; see `releases.effects`."""
    practices: Mapped[list[Any]]
    """The ids of the practices whose people are told."""
    to_tell: Mapped[int]
    told: Mapped[int] = mapped_column(default=0)
    told_to_id: Mapped[int] = mapped_column(default=0)
    """The highest id of the people told so far."""
    finished_at: Mapped[datetime | None]
