"""Adding a row that must not be there twice, when two requests come at the same moment."""

from sqlalchemy.exc import IntegrityError

from portal.db import Base, db
from portal.errors import Refused

TWICE = "This arrived twice at the same moment, and once was enough. Reload the page."


def add(row: Base, *, otherwise: str = TWICE) -> None:
    """Add a row and give it its id. The database has the last word on whether it is there already; then this raises
    Refused with what is said `otherwise`."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise Refused(otherwise) from None
