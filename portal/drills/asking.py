"""How a card asks for more than a look in one's head, and what an answer came to. Values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from markupsafe import Markup

from portal.drills import key_messages
from portal.drills.key_messages import Told
from portal.drills.models import CardKind

CHECKED = {CardKind.CHOICE, CardKind.ORDER, CardKind.MATCH, CardKind.TYPED}
"""Kinds whose answer the portal looks at."""
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


@dataclass(frozen=True)
class Given:
    """What somebody answered: an option, a place for each part, or words."""

    chosen: int = 0
    places: tuple[int, ...] = ()
    said: str = ""


NOTHING = Given()


@dataclass(frozen=True)
class Part:
    """One line to put in its place, or to be matched."""

    prompt: Markup
    right: int
    """The number of the option that belongs to it."""
    given: int = 0

    @property
    def is_right(self) -> bool:
        """Whether it was put where it belongs."""
        return self.given == self.right


@dataclass(frozen=True)
class Question:
    """What a card offers, and what the answer came to."""

    options: list[tuple[int, Markup]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    said: str = ""
    is_answered: bool = True
    is_right: bool | None = None
    """None where only the person can tell."""


def asked(kind: str, options: Sequence[Any], right: int, seed: str, given: Given = NOTHING) -> Question:
    """The question of a card; `seed` decides in which order its parts are shown."""
    match kind:
        case CardKind.CHOICE:
            return _choice(options, right, given)
        case CardKind.ORDER:
            return _order(options, seed, given)
        case CardKind.MATCH:
            return _match(options, seed, given)
        case CardKind.TYPED:
            return _typed(options, given)
    return Question()


def shuffled(n: int, seed: str) -> list[int]:
    """The places 0 to n-1 in an order that hangs on the seed alone, and is never the plain one."""
    places = sorted(range(n), key=lambda place: crc32(f"{seed}-{place}".encode()))
    return places[1:] + places[:1] if places == list(range(n)) else places


def _choice(options: Sequence[Any], right: int, given: Given) -> Question:
    chosen = given.chosen if given.chosen <= len(options) else 0
    shown = [(place, Markup(option)) for place, option in enumerate(options, 1)]
    return Question(shown, is_answered=chosen > 0, is_right=chosen == right if chosen else None)


def _order(options: Sequence[Any], seed: str, given: Given) -> Question:
    rights = [place + 1 for place in shuffled(len(options), seed)]
    prompts = [Markup(options[place - 1]) for place in rights]
    shown = [(place, Markup(ORDINALS[place - 1])) for place in range(1, len(options) + 1)]
    return _placed(prompts, rights, shown, given)


def _match(options: Sequence[Any], seed: str, given: Given) -> Question:
    order = shuffled(len(options), seed)
    shown = [(number, Markup(options[place][1])) for number, place in enumerate(order, 1)]
    rights = [order.index(place) + 1 for place in range(len(options))]
    return _placed([Markup(left) for left, _ in options], rights, shown, given)


def _placed(prompts: list[Markup], rights: list[int], shown: list[tuple[int, Markup]], given: Given) -> Question:
    places = given.places if len(given.places) == len(prompts) else (0,) * len(prompts)
    parts = [Part(*each) for each in zip(prompts, rights, places, strict=True)]
    is_answered = sorted(places) == sorted(rights)
    return Question(
        shown, parts, is_answered=is_answered, is_right=all(part.is_right for part in parts) if is_answered else None
    )


def _typed(options: Sequence[Any], given: Given) -> Question:
    said = given.said.strip()
    told = key_messages.told(said, options)
    return Question(told=told, said=said, is_answered=bool(said))
