"""What the rows of the demo firm's worksheets have become."""

from sqlalchemy import insert, literal, select

from portal.db import db
from portal.pipeline.models import Opportunity
from portal.worksheets.models import LinkKind, RowLink


def link_rows() -> None:
    """Link every row with the opportunity that was logged from it."""
    logged = select(
        Opportunity.filled_id,
        Opportunity.row,
        literal(LinkKind.OPPORTUNITY, RowLink.kind.type),
        Opportunity.id,
        Opportunity.created_at,
    ).where(Opportunity.filled_id.is_not(None), Opportunity.row.is_not(None))
    db.session.execute(insert(RowLink).from_select(["filled_id", "row", "kind", "target_id", "at"], logged))
