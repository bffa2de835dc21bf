"""The firm's rules of asking, as content writes them: which fact each needs, and what follows from the fact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.clients.models import FlagKind
from portal.network.models import Relation


class LightKey(StrEnum):
    """The four questions before an ask."""

    MAY = "may"
    CAN = "can"
    KNOW = "know"
    WARM = "warm"


class Colour(StrEnum):
    """What a light shows, in the order in which it is shown first: one red is seen through everything."""

    RED = "red"
    UNKNOWN = "unknown"
    AMBER = "amber"
    GREEN = "green"


LAST_CONTACT = "last-contact"
"""The one fact that is a number: days since the last real contact."""
AT_CLIENT = "at-client"
YES_OR_NO = ("yes", "no")
FACTS: dict[str, tuple[str, ...]] = {
    **{f"flag-{kind}": YES_OR_NO for kind in FlagKind},
    "contact-left-out": YES_OR_NO,
    "relation": tuple(Relation),
    "certification": ("current", "stale", "none"),
    "worksheet": ("finished", "begun"),
    "service-owner": ("named", "gone"),
    AT_CLIENT: ("linked",),
    LAST_CONTACT: (),
}
"""What the portal knows from its own rows, with the values each can have; everything else is asked."""


@dataclass(frozen=True)
class Answer:
    """What follows from one value of a fact."""

    value: str
    colour: Colour
    reason: str
    say: str = ""
    """How the person says it; empty for what only the portal's rows say."""
    up_to: int | None = None
    """For a number: this follows up to here."""


@dataclass(frozen=True)
class When:
    """A fact that must be so for a rule to apply; while nobody knows, it applies."""

    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """One rule: it needs one fact."""

    key: str
    light: LightKey
    needs: str
    answers: tuple[Answer, ...]
    unknown: str
    """What is missing, said when the fact is."""
    kinds: tuple[str, ...] = ()
    """Kinds of ask it is for; empty: all."""
    practices: tuple[str, ...] = ()
    """Keys of practices whose people it is for, with all below them; empty: everybody."""
    when: tuple[When, ...] = ()
    title: str = ""
    """What it looks at, where nobody is asked."""
    ask: str = ""
    help: str = ""
    whom: str = ""
    """Whom to ask when in doubt."""

    def answer_or_none(self, value: str | None) -> Answer | None:
        """What follows from a value; None when it is missing, or one that the rule says nothing of."""
        if value is None:
            return None
        if self.needs == LAST_CONTACT:
            days = int(value) if value.isascii() and value.isdigit() else None
            fits = [one for one in self.answers if days is not None and (one.up_to is None or days <= one.up_to)]
            return fits[0] if fits else None
        return next((one for one in self.answers if one.value == value), None)

    def may_apply(self, facts: Mapping[str, str]) -> bool:
        """Whether it applies by what is known; an unknown fact excuses nobody."""
        return all(facts.get(one.fact, one.values[0]) in one.values for one in self.when)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What the person can answer."""
        return [(one.value, one.say) for one in self.answers if one.say]


@dataclass(frozen=True)
class Subject:
    """The rules of one content file."""

    key: str
    title: str
    html: str
    rules: tuple[Rule, ...]


def read(subjects: Iterable[Mapping[str, Any]]) -> tuple[Subject, ...]:
    """The rules from their stored form."""
    return tuple(
        Subject(one["key"], one["title"], one["html"], tuple(_rule(given) for given in one["rules"]))
        for one in subjects
    )


def _rule(given: Mapping[str, Any]) -> Rule:
    answers = tuple(
        Answer(one["value"], Colour(one["light"]), one["reason"], one.get("say", ""), one.get("up_to"))
        for one in given["answers"]
    )
    return Rule(
        key=given["key"],
        light=LightKey(given["light"]),
        needs=given["needs"],
        answers=answers,
        unknown=given["unknown"],
        kinds=tuple(given.get("kinds", ())),
        practices=tuple(given.get("practices", ())),
        when=tuple(When(one["fact"], tuple(one["is"])) for one in given.get("when", ())),
        title=given.get("title", ""),
        ask=given.get("ask", ""),
        help=given.get("help", ""),
        whom=given.get("whom", ""),
    )


def for_ask(subjects: Iterable[Subject], kind: str, practices: Iterable[str]) -> list[Rule]:
    """The rules for this kind of ask by somebody of these practices."""
    line = set(practices)
    return [
        rule
        for subject in subjects
        for rule in subject.rules
        if (not rule.kinds or kind in rule.kinds) and (not rule.practices or line & set(rule.practices))
    ]


def questions(rules: Sequence[Rule], facts: Mapping[str, str], known: Mapping[str, str]) -> list[Rule]:
    """What is to be asked: what the rules need, apply to by all that is known, and no row tells; each once."""
    found: dict[str, Rule] = {}
    for rule in rules:
        if rule.ask and rule.needs not in known and rule.may_apply(facts):
            found.setdefault(rule.needs, rule)
    return list(found.values())


def answered(rules: Sequence[Rule], sent: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, str]:
    """Of what was sent, the answers that a rule offers; what rows tell can't be answered otherwise."""
    offered = {(rule.needs, value) for rule in rules if rule.ask for value, _ in rule.choices}
    return {
        fact: value
        for fact, value in sent.items()
        if isinstance(value, str) and (fact, value) in offered and fact not in known
    }
