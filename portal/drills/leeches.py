"""Cards that keep slipping: shown to the person with a way out, and to marketing without names."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from markupsafe import Markup
from sqlalchemy import and_, bindparam, func, or_, select

from portal.accounts.viewer import Viewer
from portal.db import rows
from portal.drills.models import Card, CardState, Deck
from portal.drills.replaced import not_replaced
from portal.message.models import Pitch
from portal.message.queries import line_of, of_line

SLIPS_FROM = 4
"""A card that was known and forgotten this often won't stay by being asked once more."""
LEAST_PEOPLE = 5
"""Fewer people could be told apart."""
MOST_SHOWN = 5

_HARD = (
    select(
        Card.id.label("card_id"),
        Card.key,
        Card.front,
        Card.back,
        Deck.key.label("deck_key"),
        Deck.title.label("deck_title"),
        Pitch.key.label("pitch_key"),
        func.count().label("people"),
        func.count().filter(CardState.lapses >= SLIPS_FROM).label("slipping"),
        func.sum(CardState.lapses).label("lapses"),
    )
    .join(CardState, CardState.card_id == Card.id)
    .join(Deck, Deck.id == Card.deck_id)
    .outerjoin(Pitch, Pitch.id == Deck.pitch_id)
    .where(Card.is_retired.is_(False), CardState.state > 0)
    .group_by(Card.id, Card.key, Card.front, Card.back, Deck.key, Deck.title, Pitch.key)
    .having(func.count() >= LEAST_PEOPLE, func.sum(CardState.lapses) > 0)
    .order_by(
        (func.count().filter(CardState.lapses >= SLIPS_FROM) * 1.0 / func.count()).desc(),
        (func.sum(CardState.lapses) * 1.0 / func.count()).desc(),
        Card.id,
    )
    .limit(bindparam("most"))
)


class HardClaim(NamedTuple):
    """A card, often a claim, that people can't keep in mind; it may be badly written."""

    card_id: int
    key: str
    front: Markup
    back: Markup
    deck_key: str
    deck_title: str
    pitch_key: str
    """Empty for a card that is no claim."""
    people: int
    """How many have answered it; never fewer than five."""
    slipping: int
    """How many of them forgot it four times and more."""
    lapses: int

    @property
    def lapses_each(self) -> float:
        """How often it was forgotten, for each of them."""
        return self.lapses / self.people


def hard_claims(*, most: int = 10) -> Sequence[HardClaim]:
    """The cards that slip most, the hardest first, without saying whose: only what five people and more practise."""
    return [
        HardClaim(
            row.card_id,
            row.key,
            Markup(row.front),
            Markup(row.back),
            row.deck_key,
            row.deck_title,
            row.pitch_key or "",
            row.people,
            row.slipping,
            int(row.lapses),
        )
        for row in rows(_HARD, most=most)
    ]


def slipping_of(viewer: Viewer) -> Sequence[Any]:
    """The cards that keep slipping from one person: front, lapses, deck key and title, discipline, pitch key."""
    return rows(_SLIPPING, person_id=viewer.id, line=line_of(viewer)).all()


_SLIPPING = (
    select(
        Card.front,
        CardState.lapses,
        Deck.key,
        Deck.title,
        Deck.discipline,
        Pitch.key.label("pitch_key"),
    )
    .join(Card, Card.id == CardState.card_id)
    .join(Deck, Deck.id == CardState.deck_id)
    .outerjoin(Pitch, Pitch.id == Deck.pitch_id)
    .where(
        CardState.person_id == bindparam("person_id"),
        CardState.is_asleep.is_(False),
        CardState.lapses >= SLIPS_FROM,
        not_replaced(),
        or_(Deck.pitch_id.is_(None), and_(Pitch.number > 0, of_line())),
    )
    .order_by(CardState.lapses.desc(), Card.id)
    .limit(MOST_SHOWN)
)
