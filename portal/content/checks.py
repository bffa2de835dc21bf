"""What each kind of file must hold, as content/README.md says."""

import re
from collections.abc import Callable
from typing import Any

from portal.content.facts import (
    Check,
    Group,
    column,
    day,
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
from portal.drills import conversation, key_messages
from portal.learning.models import StepKind
from portal.library.models import Kind
from portal.message.models import Audience, ClaimKind
from portal.pipeline.stages import Stage
from portal.worksheets.definition import BECOMES

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
        {"kind": line, "title": line, "logged_as": one_of("referral", "cross-sell", "report")}, summary=line
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
_COLUMN_FACTS: dict[str, Check] = {"key": column, "label": line, "kind": one_of("line", "text", "choice", "date")}
COLUMN = group(_COLUMN_FACTS, example=sentence, help=sentence, options=several(line, 2, 30), optional=yes_or_no)
FIELD = group(
    {"key": key, "label": line, "kind": one_of("line", "text", "choice", "date", "table")},
    help=sentence,
    example=sentence,
    optional=yes_or_no,
    options=several(line, 2, 30),
    columns=several(COLUMN, 1, 12, "key"),
    becomes=one_of(*BECOMES),
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
ITEM = group(
    {"title": line, "kind": one_of(*Kind), "summary": sentence},
    disciplines=several(key, 0, 20),
    practices=several(key, 0, 50),
    industries=several(key, 0, 50),
    services=several(key, 0, 50),
    stages=several(one_of(*Stage), 0, 20),
    claims=several(line, 0, 20),
    review_on=day,
)


def _by_kind(shapes: dict[Any, Group]) -> Check:
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
    {"title": line, "discipline": key, "cards": several(_by_kind(CARDS), 1, 500, "key")},
)


def step(document: Document) -> Values | None:
    """A step of a module."""
    found = _checked(document, _by_kind(STEPS), _right_answers)
    if found and found["kind"] == StepKind.LESSON and not document.text:
        document.problem(document.text_line, "The lesson has no text below the facts.")
    return found


def module(document: Document) -> Values | None:
    """A discipline."""
    return _checked(document, MODULE)


def deck(document: Document) -> Values | None:
    """Cards."""
    return _checked(document, DECK, _cards_work)


def scenario(document: Document) -> Values | None:
    """A client conversation."""
    found = _checked(document, SCENARIO, _conversation_works)
    if found and not document.text:
        document.problem(
            document.text_line, "The situation is missing: say below the facts what people should know first."
        )
    return found


def worksheet(document: Document) -> Values | None:
    """A worksheet."""
    return _checked(document, WORKSHEET, _fields_differ, _tables_work)


def pitch(document: Document) -> Values | None:
    """A value proposition."""
    return _checked(document, PITCH, _claims_work)


def item(document: Document) -> Values | None:
    """A piece of the library."""
    found = _checked(document, ITEM)
    if found and not document.text:
        document.problem(document.text_line, "There is no text below the facts.")
    return found


def _checked(document: Document, shape: Check, *rules: Callable[[Document, Values], None]) -> Values | None:
    """The values, once the shape is right and every rule has had its say."""
    if document.problems:
        return None
    found = shape(document, document.facts, "the facts")
    for rule in rules:
        if not document.problems:
            rule(document, found)
    return found


def _entries(document: Document, name: str) -> list[Fact]:
    return document.facts.value[name].value if name in document.facts.value else []


def _right_answers(document: Document, found: Values) -> None:
    for fact, question in zip(_entries(document, "questions"), found.get("questions", []), strict=True):
        right = sum(answer.setdefault("right", False) for answer in question["answers"])
        if right != 1:
            document.problem(
                fact.line, f"Exactly one answer must be right; in the question '{question['key']}' it is {right}."
            )
    if found.get("pass_mark", 0) > len(found.get("questions", [])):
        document.problem(
            document.facts.value["pass_mark"].line,
            f"'pass_mark' is {found['pass_mark']}, but there are only {len(found['questions'])} questions.",
        )


def _cards_work(document: Document, found: Values) -> None:
    for fact, card in zip(_entries(document, "cards"), found["cards"], strict=True):
        if card["kind"] == "cloze" and not re.search(r"\{\{.+?\}\}", card["front"]):
            document.problem(fact.value["front"].line, "Put the hidden words in double braces, {{like this}}.")
        if card["kind"] == "choice" and card["right"] > len(card["options"]):
            document.problem(
                fact.value["right"].line, f"'right' is {card['right']}, but there are {len(card['options'])} options."
            )

        for name in ("parts", "pairs", "messages"):
            if name in card:
                _entries_work(document, fact.value[name], name)


def _entries_work(document: Document, fact: Fact, name: str) -> None:
    """The parts, pairs or messages of a card can be told apart, and words can be found."""
    seen: dict[str, int] = {}
    for entry in fact.value:
        shown = entry.value if name == "parts" else entry.value["right" if name == "pairs" else "says"].value
        if shown in seen:
            document.problem(entry.line, f"This stands on line {seen[shown]} already; nobody could tell the two apart.")
        seen.setdefault(shown, entry.line)
        for wording in entry.value["accept"].value if name == "messages" else []:
            if not key_messages.stems(wording.value):
                document.problem(wording.line, "This wording has only little words, which are never looked for.")


def _conversation_works(document: Document, found: Values) -> None:
    entries = _entries(document, "nodes")
    for place, choice, reason in conversation.wrongs(found["start"], found["nodes"]):
        if found["start"] not in {node["key"] for node in found["nodes"]}:
            line_of_it = document.facts.value["start"].line
        else:
            node = entries[place]
            line_of_it = node.line if choice is None else node.value["choices"].value[choice].value["then"].line
        document.problem(line_of_it, reason)


def _fields_differ(document: Document, found: Values) -> None:
    seen: set[str] = set()
    for section in _entries(document, "sections"):
        for fact in section.value["fields"].value:
            name = fact.value["key"]
            if name.value in seen:
                document.problem(name.line, f"The key '{name.value}' is used in another section already.")
            seen.add(name.value)


def _tables_work(document: Document, found: Values) -> None:
    for section in _entries(document, "sections"):
        for fact in section.value["fields"].value:
            _check_field(document, fact)
            for each in fact.value["columns"].value if "columns" in fact.value else []:
                _need(document, each, "choice", "options")


def _check_field(document: Document, fact: Fact) -> None:
    _need(document, fact, "choice", "options")
    _need(document, fact, "table", "columns")
    becomes = fact.value.get("becomes")
    if becomes is None or "columns" not in fact.value:
        return
    columns = {each.value["key"].value: each.value["kind"] for each in fact.value["columns"].value}
    missing = [name for name in BECOMES[becomes.value] if name not in columns]
    if missing:
        document.problem(
            becomes.line, f"To become a {becomes.value}, the table needs the columns {', '.join(missing)}."
        )
    elif columns["next_on"].value != "date":
        document.problem(columns["next_on"].line, "The column 'next_on' must have the kind date.")


def _need(document: Document, fact: Fact, kind: str, name: str) -> None:
    is_kind = fact.value["kind"].value == kind
    if is_kind and name not in fact.value:
        document.problem(fact.line, f"A {kind} needs '{name}'.")
    if name in fact.value and not is_kind:
        document.problem(fact.value[name].line, f"Only a {kind} has '{name}'.")


def _claims_work(document: Document, found: Values) -> None:
    openers = [claim for claim in found["claims"] if claim["kind"] == ClaimKind.OPENER]
    # A practice's pitch may leave the opener to the one it inherits from.
    if len(openers) > 1 or (not openers and "practice" not in found):
        document.problem(
            document.facts.value["claims"].line, f"A pitch has exactly one opener; this one has {len(openers)}."
        )
    for fact, claim in zip(_entries(document, "claims"), found["claims"], strict=True):
        if (claim["kind"] == ClaimKind.OBJECTION) != ("answer" in claim):
            document.problem(fact.line, "An objection needs its 'answer', and only an objection has one.")
