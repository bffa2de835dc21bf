"""What follows from a coach's decision in other rooms."""

from datetime import datetime

from portal.recitals.models import Recital


def after_a_pass(recital: Recital, *, now: datetime) -> None:
    """The one place where a passed recital leads on, in the transaction of the decision."""
