"""Which facts each kind of file has, as content/README.md says."""

from typing import Any

from portal.content.facts import (
    Check,
    Group,
    cells,
    column,
    day,
    exactly,
    group,
    key,
    line,
    one_of,
    sentence,
    several,
    whole,
    words,
    yes_or_no,
)
from portal.content.files import Document, Fact
from portal.drills import conversation
from portal.learning.models import StepKind
from portal.library.kinds import FACTS, Kind
from portal.message.models import Audience, ClaimKind
from portal.pipeline.stages import Stage
from portal.recitals.models import Scope
from portal.worksheets.definition import BECOMES, KINDS, TABLE

Values = dict[str, Any]

ANSWER = group({"text": words, "why": words}, right=yes_or_no)
QUESTION = group({"key": key, "ask": words, "answers": several(ANSWER, 2, 5)})
STEPS = {
    StepKind.LESSON: group({"kind": line, "title": line, "summary": line}),
    StepKind.CHECK: group(
        {"kind": line, "title": line, "pass_mark": whole(1, 100), "questions": several(QUESTION, 1, 100, "key")},
        summary=line,
    ),
    StepKind.DRILLS: group({"kind": line, "title": line, "deck": key}, summary=line),
    StepKind.WORKSHEET: group({"kind": line, "title": line, "worksheet": key}, summary=line),
    StepKind.FIELD_TASK: group(
        {"kind": line, "title": line, "logged_as": one_of("referral", "cross-sell", "touch", "report")}, summary=line
    ),
}
MODULE = group({"title": line, "short": line, "order": whole(1, 7), "outcome": sentence})

PAIR = group({"left": words, "right": words})
MESSAGE = group({"says": sentence, "accept": several(line, 1, 12)})
CARDS = {
    "recall": group({"key": key, "kind": line, "front": words, "back": words}),
    "cloze": group({"key": key, "kind": line, "front": words, "back": words}),
    "choice": group(
        {"key": key, "kind": line, "front": words, "options": several(words, 2, 4), "right": whole(1, 4), "back": words}
    ),
    "order": group({"key": key, "kind": line, "front": words, "parts": several(words, 3, 6), "back": words}),
    "match": group({"key": key, "kind": line, "front": words, "pairs": several(PAIR, 2, 6), "back": words}),
    "typed": group({"key": key, "kind": line, "front": words, "messages": several(MESSAGE, 1, 5), "back": words}),
}
_FIELD_FACTS: dict[str, Check] = {
    "help": sentence,
    "example": sentence,
    "optional": yes_or_no,
    "options": several(line, 2, 30),
    "from": whole(0, 10),
    "to": whole(1, 20),
    "low": line,
    "high": line,
    "formula": words,
    "fresh_days": whole(1, 3650),
}
COLUMN = Group({"key": column, "label": line, "kind": one_of(*(kind for kind in KINDS if kind != TABLE))}, _FIELD_FACTS)
FIELD = Group(
    {"key": key, "label": line, "kind": one_of(*KINDS)},
    _FIELD_FACTS
    | {
        "columns": several(COLUMN, 1, 12, "key"),
        "becomes": one_of(*BECOMES),
        "rank_by": words,
        "start": several(cells, 1, 100),
    },
)
SECTION = group({"key": key, "title": line, "fields": several(FIELD, 1, 50, "key")}, help=sentence)
WORKSHEET = group(
    {
        "title": line,
        "discipline": key,
        "summary": line,
        "minutes": whole(1, 240),
        "sections": several(SECTION, 1, 30, "key"),
    }
)
WORDINGS = Group({}, dict.fromkeys(Audience, sentence))
CLAIM = group(
    {"key": key, "kind": one_of(*ClaimKind), "text": sentence}, answer=sentence, replaces=key, wordings=WORDINGS
)
PITCH = group({"title": line, "change": sentence, "claims": several(CLAIM, 1, 100, "key")}, practice=key)


def _item(short: Check, long: Check, stage: Check) -> Group:
    """An item of the library; its texts are checked by how they were written."""
    return group(
        {"title": short, "kind": one_of(*Kind), "summary": long},
        disciplines=several(key, 0, 20),
        practices=several(key, 0, 50),
        industries=several(key, 0, 50),
        services=several(key, 0, 50),
        stages=several(stage, 0, 20),
        claims=several(short, 0, 20),
        audiences=several(key, 0, 20),
        review_on=day,
        internal=yes_or_no,
        byline=several(short, 0, 40),
        facts=group({}, **{fact.key: long for facts in FACTS.values() for fact in facts}),
        as_is=one_of("true"),
    )


ITEM = _item(line, sentence, one_of(*Stage))
ITEM_AS_IS = _item(exactly, exactly, key)
"""As the portal wrote it: nothing is made prettier on the way in."""
SERVICE = group({"name": line, "practice": key, "summary": sentence})
CRITERION = group({"key": key, "title": sentence, "weight": whole(1, 100), "levels": several(sentence, 2, 6)})
RUBRIC = group(
    {
        "title": line,
        "scope": one_of(*Scope),
        "pass_mark": whole(1, 100),
        "criteria": several(CRITERION, 1, 12, "key"),
    }
)
LEAD_CRITERION = group({"key": key, "title": sentence, "evidence": sentence})
LEAD_DEFINITION = group({"title": line, "criteria": several(LEAD_CRITERION, 3, 9, "key")})
PHRASE = group({"key": key, "say": several(line, 1, 20), "why": sentence, "better": sentence})
PHRASES = group({"phrases": several(PHRASE, 1, 200, "key")})


def by_kind(shapes: dict[Any, Group]) -> Check:
    """The shape that the fact `kind` names."""

    def check(document: Document, fact: Fact, name: str) -> Values | None:
        given = fact.value.get("kind") if isinstance(fact.value, dict) else None
        if given is None:
            document.problem(fact.line, f"'kind' is missing: {', '.join(shapes)}.")
            return None
        kind = one_of(*shapes)(document, given, "kind")
        return shapes[kind](document, fact, name) if kind else None

    return check


CHOICE = group({"say": words, "why": words, "then": key, "quality": one_of(*conversation.QUALITIES)})
NODE = group(
    {"key": key, "says": words}, choices=several(CHOICE, 2, 4), ending=one_of(*conversation.ENDINGS), debrief=words
)
SCENARIO = group(
    {
        "title": line,
        "discipline": key,
        "summary": line,
        "who": line,
        "minutes": whole(1, 60),
        "start": key,
        "nodes": several(NODE, 2, 60, "key"),
    }
)
DECK = group(
    {"title": line, "discipline": key, "cards": several(by_kind(CARDS), 1, 500, "key")},
)
