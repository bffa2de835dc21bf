"""The portal under test from outside: where it is, and what its database holds."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text

NEWCOMER = """
    select email from people where joined_at is null and password_hash is not null order by id
"""
COLLEAGUE = """
    select people.email from people join practices on practices.id = people.practice_id
    where practices.key = :practice and people.roles = '' order by people.id desc
"""


@dataclass(frozen=True)
class Live:
    """A portal that runs."""

    address: str
    database: Engine
    folder: Path
    stop: Callable[[], None]
    start: Callable[[], None]
    """Take the portal down, and bring it back."""

    def rows(self, question: str, **given):
        """What the database answers."""
        with self.database.connect() as connection:
            return connection.execute(text(question), given).all()

    def value(self, question: str, **given):
        """The first value of the first row."""
        return self.rows(question, **given)[0][0]

    def newcomer(self) -> str:
        """The address of somebody who has never signed in."""
        return self.value(NEWCOMER)

    def colleague(self, practice: str) -> str:
        """The address of somebody in a practice who has no role in these journeys."""
        return self.value(COLLEAGUE, practice=practice)
