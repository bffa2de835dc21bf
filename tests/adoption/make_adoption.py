"""What leaders look at, made by the services that people use."""

from datetime import datetime

from portal.accounts.models import Person, Practice
from portal.accounts.viewer import of
from portal.adoption.recount import recount
from portal.counters.models import DailyCount, PersonActivity, Standing
from portal.db import db
from portal.learning import services as learning
from portal.learning import steps
from tests import make
from tests.learning import make_learning
from tests.make import NOON

KEYS = ("value-proposition", "cross-selling", "referrals")


def programme() -> None:
    """Three modules of two lessons each."""
    make_learning.load(
        *(
            make_learning.module(make_learning.step("see"), make_learning.step("say"), key=key, order=place)
            for place, key in enumerate(KEYS, start=1)
        )
    )


def did(person: Person, *keys: str, of_module: str = "referrals", now: datetime = NOON) -> None:
    """Steps that somebody did; both of the module's without naming any."""
    for key in keys or ("see", "say"):
        learning.finish_step(steps.step(of_module, key), by=of(person), now=now)


def counted() -> None:
    """Bring the levels up to the rows that a test made directly."""
    db.session.flush()
    recount()
    db.session.commit()


def crowd(practice: Practice, size: int) -> list[Person]:
    """Several people."""
    return [make.person(practice=practice) for _ in range(size)]


def totals() -> dict[str, set[tuple]]:
    """Every total that isn't zero, and who was last active when."""
    db.session.flush()
    return {
        model.__name__: {
            tuple(getattr(row, column.name) for column in model.__table__.columns)
            for row in db.session.query(model).populate_existing()
            if getattr(row, "n", 1) or getattr(row, "amount", 0)
        }
        for model in (DailyCount, Standing, PersonActivity)
    }
