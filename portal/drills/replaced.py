"""Cards whose claim somebody's own pitch says in another way; they are asked the other card instead."""

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.models import Practice
from portal.drills.models import CardReplacement, CardState
from portal.message.models import Pitch

_instead = aliased(Pitch)
_line_keys = select(Practice.key).where(Practice.id.in_(bindparam("line", expanding=True)))
REPLACING = (
    select(CardReplacement.card_id)
    .join(_instead, _instead.id == CardReplacement.pitch_id)
    .where(_instead.number > 0, or_(_instead.practice_key == "", _instead.practice_key.in_(_line_keys)))
)


def not_replaced() -> ColumnElement[bool]:
    """That no pitch on the line of the parameter `line` says something else in place of this card."""
    return ~REPLACING.where(CardReplacement.card_id == CardState.card_id).correlate(CardState).exists()
