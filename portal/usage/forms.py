"""What is sent about using items, and deciding about them."""

from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.validators import Length

from portal.forms import Form, choice, chosen, day, line, record, text
from portal.usage.models import How, What

HOWS = {How.USED: "I used it", How.NAMED: "The client named it"}
WHATS = {What.KEEP: "Keep it", What.FIX: "Fix it", What.RETIRE: "Retire it"}


def _number(typed: Any) -> int | None:
    words = str(typed or "")
    return int(words) if words.isascii() and words.isdigit() and len(words) <= 9 else None


class UsedForm(Form):
    """With which opportunity or contact somebody used an item."""

    opportunity_id = SelectField("One of your open opportunities", coerce=_number, validate_choice=False)
    contact = record(
        "Or somebody you know",
        "Begin to write a name of your network, and choose.",
        suggestions="/network/suggestions",
        into="contact_id",
        optional=True,
        default="",
    )
    contact_id = chosen()

    def offer(self, rows: list[Any]) -> None:
        """The opportunities to choose from."""
        named = [(row.opportunity_id, f"{row.organisation}, {row.kind.replace('-', ' ')}") for row in rows]
        self.opportunity_id.choices = [("", "None of them"), *named]


class ContentForm(Form):
    """Which item was used with an opportunity, and how."""

    item = record(
        "Which item",
        "Begin to write its title, and choose.",
        suggestions="/library/suggestions",
        into="item_key",
        need="Choose an item from the suggestions, or write its whole title.",
    )
    item_key = HiddenField(validators=[Length(max=200)], default="")
    how = choice("How", [(str(how), label) for how, label in HOWS.items()], coerce=How)
    said_by = line(
        "Who named it", "Only for what the client named. You alone see this.", longest=120, optional=True, default=""
    )
    words = line(
        "What they said", "In a line, in their words. You alone see this.", longest=300, optional=True, default=""
    )


class DecideForm(Form):
    """What becomes of an item."""

    what = choice("What becomes of it?", [(str(what), label) for what, label in WHATS.items()], coerce=What)
    why = text("Why", "In a line or two; whoever looks at it next quarter reads this.", longest=600, rows=2)
    until = day("Look again on", "What happened since is then shown beside what the figures say today.")
    sure = HiddenField(default="")


class CheckForm(Form):
    """What came of a decision."""

    words = text("What came of it?", "In a line or two.", longest=600, rows=2)
