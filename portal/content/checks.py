"""Whether a file is what content/README.md says: its facts, and what they say together."""

import re
from collections.abc import Callable

from portal import markup
from portal.content import shapes, worksheets
from portal.content.facts import Check
from portal.content.files import Document, Fact
from portal.content.shapes import Values
from portal.drills import conversation, key_messages
from portal.learning.models import StepKind
from portal.message.models import ClaimKind
from portal.recitals import scoring


def step(document: Document) -> Values | None:
    """A step of a module."""
    found = _checked(document, shapes.by_kind(shapes.STEPS), _right_answers)
    if found and found["kind"] == StepKind.LESSON and not document.text:
        document.problem(document.text_line, "The lesson has no text below the facts.")
    return found


def module(document: Document) -> Values | None:
    """A discipline."""
    return _checked(document, shapes.MODULE)


def deck(document: Document) -> Values | None:
    """Cards."""
    return _checked(document, shapes.DECK, _cards_work)


def scenario(document: Document) -> Values | None:
    """A client conversation."""
    found = _checked(document, shapes.SCENARIO, _conversation_works)
    if found and not document.text:
        document.problem(
            document.text_line, "The situation is missing: say below the facts what people should know first."
        )
    return found


def worksheet(document: Document) -> Values | None:
    """A worksheet."""
    return _checked(document, shapes.WORKSHEET, worksheets.fields_differ, worksheets.fields_work)


def pitch(document: Document) -> Values | None:
    """A value proposition."""
    return _checked(document, shapes.PITCH, _claims_work)


def rubric(document: Document) -> Values | None:
    """What coaches listen for."""
    return _checked(document, shapes.RUBRIC, _weights_hold)


def lead_definition(document: Document) -> Values | None:
    """What the firm calls a good lead."""
    found = _checked(document, shapes.LEAD_DEFINITION)
    if found and not document.text:
        document.problem(document.text_line, "Say below the facts what the definition is for.")
    return found


def phrases(document: Document) -> Values | None:
    """What is better left unsaid."""
    return _checked(document, shapes.PHRASES)


def item(document: Document) -> Values | None:
    """A piece of the library."""
    found = _checked(document, shapes.ITEM_AS_IS if document.is_as_is else shapes.ITEM)
    if found and not document.text:
        document.problem(document.text_line, "There is no text below the facts.")
    if found and document.is_as_is and "<h1" in markup.rendered(document.text):
        document.problem(document.text_line, "Start headings at ##; the title is the #.")
    return found


def service(document: Document) -> Values | None:
    """Something the firm does for clients."""
    return _checked(document, shapes.SERVICE)


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


def _weights_hold(document: Document, found: Values) -> None:
    if not scoring.weights_hold(found["criteria"]):
        whole_sum = sum(criterion["weight"] for criterion in found["criteria"])
        document.problem(
            document.facts.value["criteria"].line, f"The weights must add up to 100; here they make {whole_sum}."
        )


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
