"""How the programme speaks of steps and of progress."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.learning.models import StepKind

KINDS = {
    StepKind.LESSON: "Lesson",
    StepKind.CHECK: "Knowledge check",
    StepKind.DRILLS: "Drills",
    StepKind.WORKSHEET: "Worksheet",
    StepKind.FIELD_TASK: "Field task",
}


@dataclass(frozen=True)
class Way:
    """Where the work for a step is done."""

    address: str
    action: str
    when: str
    """What makes the step done."""


def way(facts: Mapping[str, Any]) -> Way:
    """The way to the cards, the worksheet or the form that a step is about."""
    if "deck" in facts:
        when = "This step is done once you have answered every card of the deck once."
        return Way(f"/drills/{facts['deck']}", "Practise the cards", when)
    if "worksheet" in facts:
        when = (
            "This step is done once you have finished the worksheet. It saves as you type, so you can stop at any time."
        )
        return Way(f"/worksheets/{facts['worksheet']}/new", "Open the worksheet", when)
    if facts["logged_as"] == "referral":
        when = "This step is done once a referral is logged that you have asked for, whatever the answer."
        return Way("/pipeline/new?kind=referral", "Log the ask", when)
    if facts["logged_as"] == "touch":
        when = "This step is done once five touches are logged, with whomever you like: a call, a coffee, a short note."
        return Way("/network", "See whom to be in touch with", when)
    if facts["logged_as"] == "contribution":
        when = "This step is done once a piece is handed in, by you alone or with others: an idea in two lines counts."
        return Way("/contribute/new", "Note an idea", when)
    when = "This step is done once a cross-sell opportunity is logged that you have raised, whatever the answer."
    return Way("/pipeline/new?kind=cross-sell", "Log the opportunity", when)


def headline(rows: Sequence[Any]) -> str:
    """Where somebody stands in the whole programme, in a sentence."""
    done = sum(row.done_at is not None for row in rows)
    under_way = sum(row.done_at is None and row.started_at is not None for row in rows)
    if done == len(rows):
        return f"All {done} modules are done. Come back to a lesson whenever you need it."
    if not done and not under_way:
        return f"{len(rows)} modules, in short steps. Begin wherever it helps you most."
    parts = [f"{done} of {len(rows)} modules done" if done else "", f"{under_way} under way" if under_way else ""]
    return ", ".join(part for part in parts if part) + ". You can stop at any step; nothing is lost."
