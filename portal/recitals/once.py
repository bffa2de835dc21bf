"""Adding a row that must not be there twice, when two requests come at the same moment."""

from sqlalchemy.exc import IntegrityError

from portal.db import Base, db
from portal.errors import Refused


def add(row: Base) -> None:
    """Add a row and give it its id. The database has the last word on whether it is there already."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise Refused("This arrived twice at the same moment, and once was enough. Reload the page.") from None
