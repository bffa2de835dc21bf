"""Bringing decks in line with their file or their pitch: new cards join, reworded ones come soon, others sleep."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, delete, insert, literal, or_, select, true, update

from portal.accounts.models import Practice
from portal.db import UtcDateTime, db, insert_or
from portal.drills.cards import Made, from_claim, from_file
from portal.drills.models import Card, CardReplacement, CardState, CardVersion, Deck
from portal.errors import Refused
from portal.message.diff import Said
from portal.message.models import Pitch

PITCH_DISCIPLINE = "value-proposition"
OUTCOMES = ("new", "changed", "kept", "retired")


def load_deck(*, key: str, title: str, discipline: str, cards: list[dict[str, Any]], now: datetime) -> list[str]:
    """Bring a content deck in line with its file, and say what changed."""
    deck, is_new = _deck(key, title, discipline)
    if deck.pitch_id is not None:
        raise Refused(f"The deck {key} is made from a pitch. Give this one another name.")
    said = []
    if (deck.title, deck.discipline) != (title, discipline):
        deck.title, deck.discipline = title, discipline
        said.append("title or discipline")
    counts = _refresh(deck, [from_file(card) for card in cards], now)
    said += [f"{counts[outcome]} {outcome}" for outcome in OUTCOMES if outcome != "kept" and counts[outcome]]
    if is_new:
        return [f"deck {key}: new, {deck.size} cards"]
    return [f"deck {key}: {', '.join(said)}"] if said else []


def refresh_pitch_deck(pitch: Pitch, claims: Sequence[Said], *, now: datetime) -> dict[str, int]:
    """Bring the deck of a pitch in line with its own claims, a card each; counts new, changed, kept, retired.

    Inherited claims are practised from the deck they come from. Of those that the pitch says in its own way, the
    cards are not asked of who speaks with this pitch.
    """
    deck, _ = _deck(f"pitch-{pitch.key}", pitch.title, PITCH_DISCIPLINE)
    deck.pitch_id, deck.title = pitch.id, pitch.title
    counts = _refresh(deck, _made_from(claims), now)
    replace_above(pitch, claims)
    return {outcome: counts[outcome] for outcome in OUTCOMES}


def _made_from(claims: Sequence[Said]) -> list[Made]:
    return [from_claim(claim) for claim in claims if getattr(claim, "inherited_from_id", None) is None]


def replace_above(pitch: Pitch, claims: Sequence[Said]) -> None:
    """Say anew which cards of the pitches above are not asked of who speaks with this one: what it doesn't inherit."""
    db.session.execute(delete(CardReplacement).where(CardReplacement.pitch_id == pitch.id))
    if not pitch.practice_key or not claims:
        return
    inherited = {(source, claim.key) for claim in claims if (source := getattr(claim, "inherited_from_id", None))}
    is_above = or_(Pitch.practice_key.in_(_practices_above(pitch)), Pitch.id.in_({source for source, _ in inherited}))
    cards = db.session.execute(
        select(Card.id, Deck.pitch_id, Card.key)
        .join(Deck, Deck.id == Card.deck_id)
        .join(Pitch, Pitch.id == Deck.pitch_id)
        .where(Pitch.id != pitch.id, is_above)
    )
    hidden = [card_id for card_id, source, key in cards if (source, key) not in inherited]
    if hidden:
        rows = [{"card_id": card_id, "pitch_id": pitch.id} for card_id in hidden]
        db.session.execute(insert(CardReplacement), rows)


def _practices_above(pitch: Pitch) -> list[str]:
    """The keys of the practices whose pitches this one inherits from; the firm's is empty."""
    path = db.session.scalar(select(Practice.path).where(Practice.key == pitch.practice_key)) or ""
    line = [int(number) for number in path.strip("/").split("/") if number]
    return ["", *db.session.scalars(select(Practice.key).where(Practice.id.in_(line)))]


def _deck(key: str, title: str, discipline: str) -> tuple[Deck, bool]:
    deck = db.session.scalar(select(Deck).where(Deck.key == key))
    if deck is not None:
        return deck, False
    deck = Deck(key=key, title=title, discipline=discipline)
    db.session.add(deck)
    db.session.flush()  # its cards need the id
    return deck, True


def _refresh(deck: Deck, made: Sequence[Made], now: datetime) -> Counter[str]:
    known = {card.key: card for card in db.session.scalars(select(Card).where(Card.deck_id == deck.id))}
    counts: Counter[str] = Counter()
    sorted_by: dict[str, list[Card]] = {outcome: [] for outcome in (*OUTCOMES, "woken")}
    for position, card in enumerate(made):
        row = known.pop(card.key, None)
        outcome = _outcome(row, card)
        row = row or _new_card(deck, card)
        is_woken, row.is_retired, row.position = row.is_retired, False, position
        for name, value in card.content.items():
            setattr(row, name, value)
        if outcome == "changed":
            row.version, row.fingerprint = row.version + 1, card.fingerprint
        counts[outcome] += 1
        sorted_by[outcome].append(row)
        if is_woken:
            sorted_by["woken"].append(row)
    for row in known.values():
        if not row.is_retired:
            row.is_retired = True
            sorted_by["retired"].append(row)
    counts["retired"] = len(sorted_by["retired"])
    deck.size = len(made)
    db.session.flush()  # what follows is said in SQL
    _keep_versions(sorted_by["new"] + sorted_by["changed"], now)
    _tell_people(deck, sorted_by, now)
    return counts


def _outcome(row: Card | None, card: Made) -> str:
    if row is None:
        return "new"
    return "kept" if row.fingerprint == card.fingerprint else "changed"


def _new_card(deck: Deck, card: Made) -> Card:
    row = Card(deck_id=deck.id, key=card.key, version=1, fingerprint=card.fingerprint, is_retired=False)
    db.session.add(row)
    return row


def _keep_versions(rows: list[Card], now: datetime) -> None:
    for row in rows:
        content = {"front": row.front, "back": row.back, "options": row.options, "right": row.right}
        db.session.add(
            CardVersion(card_id=row.id, version=row.version, content={"kind": str(row.kind), **content}, at=now)
        )
    db.session.flush()


def _tell_people(deck: Deck, rows: dict[str, list[Card]], now: datetime) -> None:
    """In a handful of statements, however many people practise the deck."""
    _set_states(rows["retired"], is_asleep=True)
    _set_states(rows["woken"], is_asleep=False)
    _set_states(
        rows["changed"],
        is_changed=CardState.state > 0,
        due_at=_soon(now),
        asked_at=_soon(now),
    )
    joining = [card.id for card in rows["new"] + rows["woken"]]
    if joining:
        moment = literal(now, UtcDateTime())
        people = select(CardState.person_id).where(CardState.deck_id == deck.id).distinct().subquery()
        states = (
            select(people.c.person_id, Card.id, Card.deck_id, moment, moment)
            .join_from(people, Card, true())
            .where(Card.id.in_(joining))
        )
        columns = ["person_id", "card_id", "deck_id", "due_at", "asked_at"]
        db.session.execute(insert_or(CardState).from_select(columns, states).on_conflict_do_nothing())


def _soon(now: datetime) -> Any:
    """Now for those who have answered a card and wait for it, as `schedule.reworded` has it."""
    is_waiting = and_(CardState.state > 0, CardState.due_at > now)
    return case((is_waiting, literal(now, UtcDateTime())), else_=CardState.due_at)


def _set_states(rows: list[Card], **values: Any) -> None:
    if rows:
        db.session.execute(
            update(CardState).where(CardState.card_id.in_([card.id for card in rows])).values(**values),
            execution_options={"synchronize_session": False},
        )
