"""The running totals of acknowledgements, worked out anew from the evidence."""

from sqlalchemy import delete, func, insert, select

from portal.accounts.models import Person
from portal.db import db
from portal.readership.models import AcknowledgedCount, Acknowledgement


def recount() -> None:
    """Replace the totals: active people by item, revision and practice."""
    db.session.execute(delete(AcknowledgedCount))
    counted = (
        select(Acknowledgement.item_id, Acknowledgement.revision, Person.practice_id, func.count())
        .join(Person, Person.id == Acknowledgement.person_id)
        .where(Person.is_active)
        .group_by(Acknowledgement.item_id, Acknowledgement.revision, Person.practice_id)
    )
    db.session.execute(insert(AcknowledgedCount).from_select(["item_id", "revision", "practice_id", "n"], counted))
