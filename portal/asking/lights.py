"""Four lights from facts. Taking a fact away never makes a light greener: what is missing is unknown, and a rule whose
condition is unknown applies. Red and unknown are equally far from green; of the two, red is shown first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.asking.rules import Colour, LightKey, Rule

WORST_FIRST = tuple(Colour)
GREENNESS = {Colour.RED: 0, Colour.UNKNOWN: 0, Colour.AMBER: 1, Colour.GREEN: 2}
TITLES = {
    LightKey.MAY: "May I?",
    LightKey.CAN: "Can I?",
    LightKey.KNOW: "Do I know enough?",
    LightKey.WARM: "Are we warm?",
}
ABOUT = {
    LightKey.MAY: "What the firm's rules say of this ask.",
    LightKey.CAN: "Whether you can tell what the firm does now.",
    LightKey.KNOW: "Whether you have prepared it, and somebody stands ready.",
    LightKey.WARM: "When you two were last really in touch.",
}
SAID = {
    Colour.RED: "Not as it stands",
    Colour.UNKNOWN: "Not known yet",
    Colour.AMBER: "With care",
    Colour.GREEN: "Nothing in the way",
}
NO_RULES = "No rule speaks of this, so nothing was checked."


@dataclass(frozen=True)
class Reason:
    """What one rule said."""

    rule: str
    needs: str
    colour: Colour
    text: str
    whom: str = ""


@dataclass(frozen=True)
class Light:
    """One of the four, with everything that was checked for it, the gravest first."""

    key: LightKey
    colour: Colour
    reasons: tuple[Reason, ...]

    @property
    def title(self) -> str:
        """The question that it answers."""
        return TITLES[self.key]

    @property
    def about(self) -> str:
        """What it looks at."""
        return ABOUT[self.key]

    @property
    def said(self) -> str:
        """The colour in words."""
        return SAID[self.colour]

    @property
    def known_obstacles(self) -> tuple[Reason, ...]:
        """What is known to stand in the way of green."""
        return tuple(one for one in self.reasons if one.colour in {Colour.RED, Colour.AMBER})

    @property
    def unknowns(self) -> tuple[Reason, ...]:
        """What nobody knows."""
        return tuple(one for one in self.reasons if one.colour == Colour.UNKNOWN)

    @property
    def clear_reasons(self) -> tuple[Reason, ...]:
        """What was checked and is no obstacle."""
        return tuple(one for one in self.reasons if one.colour == Colour.GREEN)


def shine(rules: Sequence[Rule], facts: Mapping[str, str]) -> list[Light]:
    """The four lights of an ask, by the rules that are for it and the facts that are known."""
    return [_light(key, [rule for rule in rules if rule.light == key], facts) for key in LightKey]


def _light(key: LightKey, rules: Sequence[Rule], facts: Mapping[str, str]) -> Light:
    if not rules:
        return Light(key, Colour.UNKNOWN, (Reason("", "", Colour.UNKNOWN, NO_RULES),))
    reasons = [_reason(rule, facts) for rule in rules if rule.may_apply(facts)]
    reasons.sort(key=lambda one: WORST_FIRST.index(one.colour))
    return Light(key, reasons[0].colour if reasons else Colour.GREEN, tuple(reasons))


def _reason(rule: Rule, facts: Mapping[str, str]) -> Reason:
    answer = rule.answer_or_none(facts.get(rule.needs))
    if answer is None:
        return Reason(rule.key, rule.needs, Colour.UNKNOWN, rule.unknown, rule.whom)
    return Reason(
        rule.key, rule.needs, answer.colour, answer.reason, "" if answer.colour == Colour.GREEN else rule.whom
    )


def sentence(lights: Sequence[Light]) -> str:
    """All four in one sentence."""
    counts = [(colour, sum(light.colour == colour for light in lights)) for colour in WORST_FIRST]
    words = {
        Colour.RED: ("one says not as it stands", "{n} say not as it stands"),
        Colour.UNKNOWN: ("one is not known yet", "{n} are not known yet"),
        Colour.AMBER: ("one asks for care", "{n} ask for care"),
        Colour.GREEN: ("one has nothing in the way", "{n} have nothing in the way"),
    }
    numbers = {2: "two", 3: "three", 4: "all four"}
    said = [words[colour][n > 1].format(n=numbers.get(n, n)) for colour, n in counts if n]
    return f"{', '.join(said)}.".capitalize() if said else ""


def stored(lights: Sequence[Light]) -> list[dict[str, Any]]:
    """The lights as a check keeps them."""
    return [
        {
            "key": light.key,
            "colour": light.colour,
            "reasons": [
                {"rule": one.rule, "needs": one.needs, "colour": one.colour, "text": one.text, "whom": one.whom}
                for one in light.reasons
            ],
        }
        for light in lights
    ]


def read(kept: Sequence[Mapping[str, Any]]) -> list[Light]:
    """The lights that a check keeps."""
    return [
        Light(
            LightKey(one["key"]),
            Colour(one["colour"]),
            tuple(
                Reason(said["rule"], said["needs"], Colour(said["colour"]), said["text"], said["whom"])
                for said in one["reasons"]
            ),
        )
        for one in kept
    ]
