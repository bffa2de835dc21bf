"""Credit for tests."""

from portal.accounts.viewer import of
from portal.credit import queries, services
from portal.credit.models import Dispute
from portal.db import db
from portal.pipeline.models import Opportunity
from portal.pipeline.origination_models import CreditedPart, CreditShare, OriginationSum
from portal.pipeline.shares import CreditRole, Holder, Shares
from portal.pipeline.stages import Stage
from tests.make import NOON
from tests.pipeline.make_pipeline import move, opportunity


def as_(person, role=CreditRole.SOURCE) -> Holder:
    """Somebody in a role."""
    return Holder(role, person.id)


def share(row: Opportunity, by, shares: Shares, *, reason: str = "We agreed so.", now=NOON) -> None:
    """Share the credit anew."""
    version = queries.closed(row.id)
    services.share(row, shares=shares, reason=reason, version=version, by=of(by), now=now)


def won(person, *, value=1_000_000, now=NOON, **given) -> Opportunity:
    """Something that somebody won."""
    row = opportunity(person, is_asked=True, value=value, now=now, **given)
    move(row, person, Stage.WON, now=now)
    return row


def dispute(row: Opportunity, by, *, words: str = "I opened the door.", now=NOON) -> Dispute:
    """Somebody disagrees."""
    return services.raise_dispute(row, words=words, by=of(by), now=now)


def sent(*rows, reason: str = "We agreed so.", **more) -> dict[str, str]:
    """What the form of the shares sends: rows of role, who and percent."""
    fields = {"reason": reason, **more}
    for place, (role, who, percent) in enumerate(rows):
        fields |= {f"rows-{place}-role": role, f"rows-{place}-who": who, f"rows-{place}-percent": percent}
        fields[f"rows-{place}-chosen"] = ""
    return fields


def state():
    """All that follows from the ledger and the stages."""
    db.session.flush()
    return {
        table.__name__: sorted(
            tuple(str(getattr(row, column.name)) for column in table.__table__.columns if column.name != "id")
            for row in db.session.query(table).populate_existing()
            if getattr(row, "n", 1) or getattr(row, "amount", 0)
        )
        for table in (CreditShare, CreditedPart, OriginationSum)
    }
