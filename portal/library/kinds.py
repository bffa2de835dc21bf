"""The kinds of items, and which facts each of them has besides its text; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.errors import Refused


class Kind(StrEnum):
    """What sort of thing an item is."""

    CASE_STUDY = "case-study"
    PITCH_SHEET = "pitch-sheet"
    ONE_PAGER = "one-pager"
    ARTICLE = "article"
    INDUSTRY_UPDATE = "industry-update"
    SLIDE_DECK = "slide-deck"
    GUIDELINE = "guideline"
    TEMPLATE = "template"
    OBJECTION_ANSWER = "objection-answer"
    COMPETITOR_NOTE = "competitor-note"
    DID_NOT_WORK = "did-not-work"
    ASSESSMENT = "assessment"


KINDS = {
    Kind.CASE_STUDY: "Case study",
    Kind.PITCH_SHEET: "Pitch sheet",
    Kind.ONE_PAGER: "One-pager",
    Kind.ARTICLE: "Article",
    Kind.INDUSTRY_UPDATE: "Industry update",
    Kind.SLIDE_DECK: "Slide deck",
    Kind.GUIDELINE: "Guideline",
    Kind.TEMPLATE: "Template",
    Kind.OBJECTION_ANSWER: "Objection answer",
    Kind.COMPETITOR_NOTE: "Competitor note",
    Kind.DID_NOT_WORK: "What did not work",
    Kind.ASSESSMENT: "Assessment",
}

INTERNAL = frozenset({Kind.COMPETITOR_NOTE, Kind.DID_NOT_WORK, Kind.GUIDELINE, Kind.OBJECTION_ANSWER})
"""Kinds that are for colleagues only: no link to them ever leaves the firm."""

LONGEST_TEXT, LONGEST_FACT = 60_000, 1000
"""Characters of an item's text, and of one of its facts."""


class Permission(StrEnum):
    """Whether a client agreed to be quoted."""

    NONE = "none"
    ASKED = "asked"
    GRANTED = "granted"
    WITHDRAWN = "withdrawn"


PERMISSIONS = {
    Permission.NONE: "Not asked yet",
    Permission.ASKED: "Asked, no answer yet",
    Permission.GRANTED: "Granted",
    Permission.WITHDRAWN: "Withdrawn",
}
WITHHELD = "Name withheld"
"""What readers see where a case study names no client."""


@dataclass(frozen=True)
class Fact:
    """One thing that a kind tells besides its text."""

    key: str
    label: str
    help: str = ""
    is_long: bool = False
    is_required: bool = False
    choices: Mapping[str, str] | None = None


FACTS: dict[Kind, tuple[Fact, ...]] = {
    Kind.CASE_STUDY: (
        Fact("client", "Client", "Leave it empty to withhold the name."),
        Fact("problem", "The problem", "What the client was afraid of, in their words.", True),
        Fact("work", "What we did", "Two or three sentences.", True),
        Fact("result", "The result", "With figures, and over which time.", True),
        Fact("quote", "What the client says", "Word for word.", True),
        Fact("quoted", "Who says it", "Function and trade; a name only where it was agreed."),
        Fact("permission", "Permission to quote", choices={str(key): name for key, name in PERMISSIONS.items()}),
    ),
    Kind.PITCH_SHEET: (Fact("listener", "Who is listening"), Fact("ask", "What we ask for at the end")),
    Kind.ONE_PAGER: (Fact("listener", "Who it is for"),),
    Kind.ARTICLE: (Fact("appeared", "Where it appeared", "Journal and month, or the firm's own site."),),
    Kind.INDUSTRY_UPDATE: (Fact("as_of", "As of", "The day to which the facts were checked."),),
    Kind.SLIDE_DECK: (Fact("occasion", "For which occasion"), Fact("slides", "How many slides")),
    Kind.GUIDELINE: (Fact("applies", "When it applies"),),
    Kind.TEMPLATE: (Fact("use", "When to use it"),),
    Kind.OBJECTION_ANSWER: (
        Fact("objection", "What they say", "In the client's own words."),
        Fact("answer", "The short answer", "One breath.", True),
    ),
    Kind.COMPETITOR_NOTE: (
        Fact("competitor", "Who"),
        Fact("strength", "What they do well", "", True),
        Fact("difference", "What we do differently", "", True),
        Fact("learned", "How we know", "From public sources or a client's own words; nothing confidential."),
    ),
    Kind.DID_NOT_WORK: (
        Fact("tried", "What we tried", "", True),
        Fact("happened", "What happened", "", True),
        Fact("lesson", "What we do now", "", True),
    ),
    Kind.ASSESSMENT: (Fact("measures", "What it measures"), Fact("takes", "How long it takes")),
}
"""By kind, in the order of the page. A case study's industry and service are tags: people narrow by them."""


def checked(kind: Kind, facts: Mapping[str, str]) -> dict[str, str]:
    """The facts that this kind has, trimmed, without empty ones. Raises Refused for one that is too long or unknown."""
    kept = {}
    for fact in FACTS[kind]:
        value = str(facts.get(fact.key) or "").replace("\r\n", "\n").strip()
        if len(value) > LONGEST_FACT:
            raise Refused(f"Keep this to {LONGEST_FACT} characters.", field=fact.key)
        if value and fact.choices is not None and value not in fact.choices:
            raise Refused("Choose one.", field=fact.key)
        if value:
            kept[fact.key] = value
    return kept


def check_known(kind: Kind, facts: Mapping[str, str]) -> None:
    """Refuse facts that this kind does not have, by their names."""
    own = [fact.key for fact in FACTS[kind]]
    if strange := sorted(set(facts) - set(own)):
        raise Refused(
            f"“{strange[0]}” is no fact of this kind, {KINDS[kind].lower()}. It has: {', '.join(own)}.", "facts"
        )


def may_quote(facts: Mapping[str, str]) -> bool:
    """Whether the client's words may be shown: only while permission is granted."""
    return bool(facts.get("quote")) and facts.get("permission") == Permission.GRANTED


def shown(kind: Kind, facts: Mapping[str, str]) -> list[tuple[Fact, str]]:
    """What readers see of the facts, in the order of the page: no quotation without permission, no empty ones."""
    hidden = {"permission"} | (set() if may_quote(facts) else {"quote", "quoted"})
    told = [(fact, facts[fact.key]) for fact in FACTS[kind] if fact.key not in hidden and facts.get(fact.key)]
    if kind is Kind.CASE_STUDY and told and not facts.get("client"):
        told.insert(0, (FACTS[kind][0], WITHHELD))
    return told
