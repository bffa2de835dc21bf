"""What is sent when an opportunity is handed over, and when it is held against the definition of a good lead."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectChoice
from wtforms.validators import InputRequired

from portal.forms import Form, Whole, chosen, line, record, text
from portal.pipeline import sales_desk
from portal.pipeline.forms import VersionForm
from portal.pipeline.leads import Checklist
from portal.pipeline.models import Answer

ANSWERS = [
    SelectChoice(Answer.YES, "Yes"),
    SelectChoice(Answer.NO, "No"),
    SelectChoice(Answer.UNKNOWN, "I don't know"),
]


class HandOverForm(VersionForm):
    """To whom, and what goes along."""

    to = RadioField(
        "To whom?",
        choices=[SelectChoice("colleague", "A colleague"), SelectChoice("sales", "The sales desk")],
        default="colleague",
        invalid_value_message="Choose one of these.",
    )
    colleague = record(
        "Colleague",
        "Begin to type a name, and choose.",
        suggestions="/colleagues/suggestions",
        into="to_id",
        optional=True,
    )
    to_id = chosen()
    note = text("What should they know?", "They read this first.", longest=2000, rows=4)
    with_contact = BooleanField("Tell them the contact's name")
    with_notes = BooleanField("Hand over my notes as well")

    @property
    def offer(self) -> dict[str, Any]:
        """The service's keyword arguments. Raises Refused for a colleague who can't be told."""
        given = super().values
        to_sales = given["to"] == "sales"
        to_id = None if to_sales else sales_desk.colleague(given["to_id"], given["colleague"]).id
        kept = {name: given[name] for name in ("note", "with_contact", "with_notes", "version")}
        return kept | {"to_id": to_id, "to_sales": to_sales}


class ReturnForm(Form):
    """Why it comes back."""

    reason = text("Why does it come back?", "The sender reads this.", longest=1000, rows=3, need="Say why, in a line.")


def lead_form(checklist: Checklist) -> Any:
    """A form with an answer and a note for each criterion."""
    fields: dict[str, Any] = {"number": HiddenField(validators=[Whole(1, 10**9)])}
    start: dict[str, Any] = {"number": str(checklist.definition.number)}
    for criterion in checklist.criteria:
        name = _name(criterion.key)
        fields[f"answer_{name}"] = RadioField(
            criterion.title,
            [InputRequired("Choose one.")],
            choices=ANSWERS,
            coerce=Answer,
            description=criterion.evidence,
            invalid_value_message="Choose one of these.",
        )
        fields[f"note_{name}"] = line("What shows it, or what you don't know", optional=True, longest=500)
        if checklist.is_begun:  # before that, nobody has said that they don't know
            start[f"answer_{name}"] = criterion.answer
        start[f"note_{name}"] = criterion.note
    return type("LeadForm", (VersionForm,), fields), start


def answers(form: Any, checklist: Checklist) -> Mapping[str, tuple[Answer, str]]:
    """What was found, by criterion."""
    return {
        each.key: (form[f"answer_{_name(each.key)}"].data, form[f"note_{_name(each.key)}"].data or "")
        for each in checklist.criteria
    }


def _name(key: str) -> str:
    return key.replace("-", "_")
