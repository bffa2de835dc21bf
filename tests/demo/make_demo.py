"""Looking into the demo's database."""

from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer, of
from portal.db import Base, db


def viewer(local: str) -> Viewer:
    """One of the people whom the sign-in page names."""
    return of(db.session.scalars(select(Person).where(Person.email == f"{local}@demo.example")).one())


def count(model: type[Base], *where) -> int:
    """How many rows of a table fit."""
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def rows_of(model: type[Base], *without: str) -> set[tuple]:
    """All rows of a table, to be compared with themselves later."""
    columns = [column for column in model.__table__.columns if column.name not in without]
    return {tuple(map(str, row)) for row in db.session.execute(select(*columns))}
