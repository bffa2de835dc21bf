"""What leaders send."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from portal.forms import Form, choice, day, text

Choices = Sequence[tuple[int, str]]


def _whole_or_nothing(given: Any) -> int:
    typed = str(given or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


class AssignForm(Form):
    """A module, by a day."""

    module_id = choice("Module", [], coerce=_whole_or_nothing)
    due_on = day("Done by")
    note = text("A line from you", "Why it matters to you. They read it.", longest=500, optional=True, rows=3)

    def offer(self, modules: Choices) -> None:
        """Fill the choice of modules."""
        self.module_id.choices = [(0, "Choose a module"), *modules]


class AssignToPeopleForm(AssignForm):
    """A module for some people."""

    people = SelectMultipleField(
        "For", coerce=_whole_or_nothing, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )


class AssignToPracticeForm(AssignForm):
    """A module for a practice."""

    practice_id = choice(
        "For", [], "Everybody in it and in the practices below it, and whoever joins.", coerce=_whole_or_nothing
    )
