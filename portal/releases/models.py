"""What a release of a pitch sets going, and how far it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.message.models import PitchVersion


class Release(Base):
    """The telling that follows a version; the job goes on where `told_to_id` says that it ended."""

    __tablename__ = "releases"

    version_id: Mapped[int] = mapped_column(ForeignKey("pitch_versions.id"), primary_key=True)
    version: Mapped[PitchVersion] = relationship()
    effects: Mapped[dict[str, Any]]
    """What the version did, as the preview promised: cards new, changed, kept and retired; certifications; people."""
    to_tell: Mapped[int]
    told: Mapped[int] = mapped_column(default=0)
    told_to_id: Mapped[int] = mapped_column(default=0)
    """The highest id of the people told so far."""
    finished_at: Mapped[datetime | None]
