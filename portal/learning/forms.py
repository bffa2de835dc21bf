"""What people send about a step."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf, InputRequired

from portal.forms import Form, day, text

KEY = re.compile(r"[0-9a-f]{32}")
QUESTION = "q-"


def _single(key: str | None) -> str:
    return key if key and KEY.fullmatch(key) else uuid4().hex


class CheckForm(Form):
    """The answers to a knowledge check; the questions are added by `check_form`."""

    number = HiddenField()
    key = HiddenField(filters=[_single])

    @property
    def answers(self) -> dict[str, int]:
        """The place of the chosen answer, by question."""
        return {field.name.removeprefix(QUESTION): int(field.data) for field in self if field.name.startswith(QUESTION)}


def check_form(questions: Sequence[dict[str, Any]], number: int) -> CheckForm:
    """A form with a question each, as they stand in this version of the step."""
    asked = {f"{QUESTION}{question['key']}": _question(place, question) for place, question in enumerate(questions, 1)}
    return type("CheckForm", (CheckForm,), asked)(number=str(number))


def _question(place: int, question: dict[str, Any]) -> StringField:
    """The place of the chosen answer; the page draws the answers itself."""
    offered = [str(number) for number in range(len(question["answers"]))]
    checks = [InputRequired("Choose an answer."), AnyOf(offered, message="Choose one of these answers.")]
    return StringField(f"Question {place}", checks)


class ReportForm(Form):
    """How a field task went."""

    done_on = day("The day you did it")
    text = text(
        "What happened",
        "A few lines: to whom, what you said first, what came back. Leave out names of clients.",
        rows=8,
        longest=10_000,
    )
