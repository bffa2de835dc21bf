"""Marking a knowledge check."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Marks:
    """How an attempt went."""

    right: int
    questions: int
    passed: bool


def right_place(question: Mapping[str, Any]) -> int:
    """Which answer is right, counting from 0."""
    return next(place for place, answer in enumerate(question["answers"]) if answer["right"])


def mark(facts: Mapping[str, Any], answers: Mapping[str, int]) -> Marks:
    """Compare the chosen answers with the right ones."""
    questions = len(facts["questions"])
    right = questions - len(wrong(facts, answers))
    return Marks(right, questions, right >= facts["pass_mark"])


def unanswered(facts: Mapping[str, Any], answers: Mapping[str, int]) -> list[str]:
    """The keys of the questions without an answer that was on offer."""
    return [
        question["key"]
        for question in facts["questions"]
        if not 0 <= answers.get(question["key"], -1) < len(question["answers"])
    ]


def wrong(facts: Mapping[str, Any], answers: Mapping[str, int]) -> list[int]:
    """The numbers of the questions that were not answered rightly, counting from 1."""
    return [
        number
        for number, question in enumerate(facts["questions"], start=1)
        if answers.get(question["key"]) != right_place(question)
    ]
