"""What follows from a coach's decision in other rooms."""

from datetime import datetime

from portal.certification import services as certification
from portal.recitals.models import Recital


def after_a_pass(recital: Recital, *, now: datetime) -> bool:
    """Certify whoever recited, if nothing else is missing, in the transaction of the decision; whether it did."""
    return certification.settle(recital.person_id, recital.pitch_id, now)
