"""What the audit log tells of the demo firm's year."""

from datetime import datetime, timedelta
from typing import Any

from portal.audit.models import AuditEvent
from portal.demo.people import Member, name_of
from portal.demo.rows import Rows
from portal.demo.seasons import Year

SIGN_INS_KEPT = timedelta(days=14)


class Log:
    """Writes as `portal.audit` would have."""

    def __init__(self, admin: Member, rows: Rows):
        self._admin, self._rows = admin, rows

    def note(self, at: datetime, action: str, subject: Member, *, by: Member | None = None, **detail: Any) -> None:
        """Something that was done to somebody; by the admin, unless it is said by whom."""
        by = by or self._admin
        self._rows.add(
            AuditEvent,
            at=at,
            actor_id=by.id,
            actor=by.email,
            action=action,
            subject=subject.email if subject is not by else "",
            subject_id=subject.id if subject is not by else None,
            detail=detail,
            address="127.0.0.1",
        )

    def tell(self, members: list[Member], year: Year) -> None:
        """Who was added, what they were made, and who signed in of late."""
        for member in members:
            self.note(member.joined, "person added", member, practice=name_of(member.practice_key))
            for role, where in member.roles:
                self.note(member.joined, "role granted", member, role=role, practice=name_of(where))
        recent = year.now - SIGN_INS_KEPT
        signed_in = [(moment, member) for member in members for moment in member.moments if moment > recent]
        for moment, member in sorted(signed_in, key=lambda pair: (pair[0], pair[1].id)):
            if member.id % 9 == 0:
                self.note(moment - timedelta(seconds=15), "sign-in failed", member, by=member)
            self.note(moment, "signed in", member, by=member)
