"""What is sent about an opportunity."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, StringField

from portal.forms import Form, Whole, choice, day, line, text
from portal.money import minor_units
from portal.pipeline.models import Opportunity, OpportunityKind
from portal.pipeline.stages import LABELS, Stage, ways_from

KINDS = [
    SelectChoice(OpportunityKind.REFERRAL, "A referral"),
    SelectChoice(OpportunityKind.CROSS_SELL, "Another service for a client"),
]
NOT_OFFERED = "Choose one of these."


class Amount(StringField):
    """An amount of money: typed as people write it, kept in minor units."""

    amount: int | None = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what was typed, so that nothing is lost."""
        self.data = str(valuelist[0]).strip() if valuelist else ""
        if len(self.data) > 40:
            raise ValueError("Give an amount like 12,500.")
        self.amount = minor_units(self.data)


def _amount(help: str) -> Amount:
    return Amount("What it may be worth", description=help, render_kw={"inputmode": "decimal", "autocomplete": "off"})


def said_plainly(minor: int | None) -> str:
    """An amount as somebody would type it: '12,500', '12,500.50'."""
    return "" if minor is None else f"{minor / 100:,.2f}".removesuffix(".00")


class Kept(Form):
    """A form whose empty fields are empty texts, and whose amount is in minor units."""

    @property
    def values(self) -> dict[str, Any]:
        """The service's keyword arguments."""
        found = {
            name: "" if value is None and _is_text(self[name]) else value for name, value in super().values.items()
        }
        return found | {field.name: field.amount for field in self if isinstance(field, Amount)}


def _is_text(field: Any) -> bool:
    return isinstance(field, StringField) and not isinstance(field, Amount)


class WordsForm(Kept):
    """Whom, where and what."""

    contact = line("Who", "The person you ask. Only you see this name.", optional=True)
    organisation = line("Organisation", "Where they work; for a service, the client. Your leader sees this.")
    service = line("Service", "Which of the firm's services would help.", optional=True)
    ask = text("The ask", "What exactly you ask for, or the need that you saw.", longest=2000, rows=3)


class LogForm(WordsForm):
    """A new opportunity, in half a minute."""

    kind = RadioField(
        "What is it?",
        choices=KINDS,
        coerce=OpportunityKind,
        default=OpportunityKind.REFERRAL,
        invalid_value_message=NOT_OFFERED,
    )
    value = _amount("A rough figure is fine, like 12,500 or 20k.")
    next_step = line("Next step", "What you will do next, like “Ring her after the board meeting”.", optional=True)
    next_on = day("On which day", "The portal reminds you.", optional=True)
    is_asked = BooleanField("I have asked already")


class VersionForm(Kept):
    """Something about an opportunity that other tabs may change too."""

    version = HiddenField(validators=[Whole(1, 10**9)])

    def start_from(self, opportunity: Opportunity) -> None:
        """Build on what is there now: the page that is handed back shows it."""
        self.version.data = str(opportunity.version)


class MoveForm(VersionForm):
    """What happened."""

    stage = choice("Where it stands", [], coerce=Stage, validate_choice=False, invalid_value_message=NOT_OFFERED)
    note = text("Note", "What happened, in a line or two. Only you see it.", longest=2000, optional=True, rows=3)
    value = _amount("A rough figure is fine, like 12,500 or 20k.")
    next_step = line("Next step", optional=True)
    next_on = day("On which day", optional=True)

    @classmethod
    def of(cls, opportunity: Opportunity) -> "MoveForm":
        """The form as the opportunity stands now."""
        form = cls(
            stage=opportunity.stage,
            value=said_plainly(opportunity.value),
            next_step=opportunity.next_step,
            next_on=opportunity.next_on,
            version=str(opportunity.version),
        )
        form._offer(opportunity.stage)
        return form

    def start_from(self, opportunity: Opportunity) -> None:
        """Also offer the ways that are open now."""
        super().start_from(opportunity)
        self._offer(opportunity.stage)

    def _offer(self, here: Stage) -> None:
        self.stage.choices = [SelectChoice(stage, LABELS[stage]) for stage in ways_from(here)]


class EditForm(VersionForm, WordsForm):
    """The facts, corrected."""

    asked_on = day("Asked on", optional=True)

    @classmethod
    def of(cls, opportunity: Opportunity) -> "EditForm":
        """The form with the present facts."""
        return cls(
            contact=opportunity.contact,
            organisation=opportunity.organisation,
            service=opportunity.service,
            ask=opportunity.ask,
            asked_on=opportunity.asked_on,
            version=str(opportunity.version),
        )
