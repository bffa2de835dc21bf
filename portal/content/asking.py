"""Files of rules of asking: which facts they have, and what they say together."""

import re

from portal.asking.rules import FACTS, LAST_CONTACT, Colour, LightKey
from portal.content.facts import group, key, line, one_of, sentence, several, whole
from portal.content.files import Document, Fact
from portal.content.shapes import Values
from portal.pipeline.models import OpportunityKind

ANSWER = group({"value": key, "light": one_of(*Colour), "reason": sentence}, say=line, up_to=whole(0, 3650))
WHEN = group({"fact": key, "is": several(key, 1, 12)})
RULE = group(
    {
        "key": key,
        "light": one_of(*LightKey),
        "needs": key,
        "unknown": sentence,
        "answers": several(ANSWER, 1, 8, "value"),
    },
    kinds=several(one_of(*OpportunityKind), 1, 5),
    practices=several(key, 1, 30),
    when=several(WHEN, 1, 5),
    title=line,
    ask=sentence,
    help=sentence,
    whom=sentence,
)
SHAPE = group(
    {"title": line, "rules": several(RULE, 1, 40, "key")}, asked_within=whole(1, 730), planned_within=whole(1, 90)
)
PERMISSION = re.compile(r"\bapprov", re.IGNORECASE)


def rules(document: Document) -> Values | None:
    """Rules of asking."""
    if document.problems:
        return None
    found: Values | None = SHAPE(document, document.facts, "the facts")
    if document.problems or found is None:
        return found
    for fact in document.facts.value["rules"].value:
        _check_needs(document, fact)
        _check_conditions(document, fact)
    _no_permission(document, document.facts)
    return found


def _check_needs(document: Document, rule: Fact) -> None:
    needs, answers = rule.value["needs"], rule.value["answers"].value
    said = [answer for answer in answers if "say" in answer.value]
    if "ask" in rule.value and not said:
        document.problem(rule.value["ask"].line, "A question needs answers with 'say', in the words of the person.")
    if "ask" not in rule.value and said:
        document.problem(said[0].value["say"].line, "Only a rule with a question ('ask') has answers with 'say'.")
    if ("title" in rule.value) == ("ask" in rule.value):
        document.problem(rule.line, "A rule has either an 'ask', which is put to people, or a 'title'.")
    if needs.value not in FACTS:
        if "ask" not in rule.value:
            known = ", ".join(FACTS)
            document.problem(needs.line, f"The portal doesn't know '{needs.value}'. Give an 'ask', or need {known}.")
        _every_answer(document, answers, "say", "'{}' needs 'say': how the person says it.")
    elif needs.value == LAST_CONTACT:
        _every_answer(document, answers[:-1], "up_to", "'{}' needs 'up_to': so many days. Only the last goes without.")
    else:
        _values_known(document, rule)


def _every_answer(document: Document, answers: list[Fact], name: str, words: str) -> None:
    for answer in answers:
        if name not in answer.value:
            document.problem(answer.line, words.format(answer.value["value"].value))


def _values_known(document: Document, rule: Fact) -> None:
    """What rows tell has an answer each; more is allowed only where the person can say it."""
    known = FACTS[rule.value["needs"].value]
    given = {answer.value["value"].value: answer for answer in rule.value["answers"].value}
    for value in known:
        if value not in given:
            document.problem(rule.value["answers"].line, f"The answer '{value}' is missing.")
    for value, answer in given.items():
        if value not in known and "say" not in answer.value:
            document.problem(answer.line, f"'{value}' can't be; the portal knows {', '.join(known)}.")


def _check_conditions(document: Document, rule: Fact) -> None:
    for condition in rule.value["when"].value if "when" in rule.value else []:
        fact = condition.value["fact"]
        if fact.value == LAST_CONTACT:
            document.problem(fact.line, "Days can't be a condition.")


def _no_permission(document: Document, fact: Fact) -> None:
    """The portal says what was checked; a word like a permission would be taken for one."""
    if isinstance(fact.value, str):
        if PERMISSION.search(fact.value):
            document.problem(fact.line, "Say what was checked or agreed, and by whom; a light is never an approval.")
        return
    for each in fact.value.values() if isinstance(fact.value, dict) else fact.value:
        _no_permission(document, each)
