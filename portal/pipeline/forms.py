"""What is sent about an opportunity."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField, StringField

from portal.forms import Form, Whole, choice, chosen, day, line, record, text
from portal.money import minor_units, said_plainly
from portal.pipeline.agreement import Terms
from portal.pipeline.models import Direction, Opportunity, OpportunityKind
from portal.pipeline.nurture import RHYTHMS
from portal.pipeline.stages import CLOSED, Stage, ways_from

KINDS = [
    SelectChoice(OpportunityKind.REFERRAL, "A referral"),
    SelectChoice(OpportunityKind.CROSS_SELL, "Another service for a client"),
]
DIRECTIONS = [
    SelectChoice(Direction.ASKED, "I ask for it"),
    SelectChoice(Direction.RECEIVED, "Somebody sent us work"),
    SelectChoice(Direction.GIVEN, "We sent somebody work"),
]
NOT_OFFERED = "Choose one of these."
ROUGH = "A rough figure is fine, like 12,500 or 20k."


class Amount(StringField):
    """An amount of money: typed as people write it, kept in minor units of the form's currency."""

    amount: int | None = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what was typed, so that nothing is lost."""
        self.data = str(valuelist[0]).strip() if valuelist else ""
        if len(self.data) > 40:
            raise ValueError("Give an amount like 12,500.")

    def read(self, currency: str) -> None:
        """What was typed, once the currency is known. Raises ValueError."""
        self.amount = minor_units(self.data or "", currency)


def _amount(help: str) -> Amount:
    return Amount("What it may be worth", description=help, render_kw={"inputmode": "decimal", "autocomplete": "off"})


class Kept(Form):
    """A form whose empty fields are empty texts, and whose amount is in minor units."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Also read the amount, in its currency."""
        good = super().validate(extra_validators)
        for field in self:
            if isinstance(field, Amount) and not field.errors:
                try:
                    field.read(self["currency"].data or "")
                except ValueError as reason:
                    field.errors, good = [*field.errors, str(reason)], False
        return good

    @property
    def values(self) -> dict[str, Any]:
        """The service's keyword arguments."""
        found = {
            name: "" if value is None and _is_text(self[name]) else value for name, value in super().values.items()
        }
        return found | {field.name: field.amount for field in self if isinstance(field, Amount)}


def _is_text(field: Any) -> bool:
    return isinstance(field, StringField) and not isinstance(field, Amount | HiddenField)


class Money(Kept):
    """A value in one of the currencies that have a rate."""

    value = _amount(ROUGH)
    currency = SelectField("Currency", choices=[], invalid_value_message=NOT_OFFERED)

    def offer_currencies(self, currencies: list[str]) -> None:
        """The firm's own first; it is meant where nothing is said."""
        self.currency.choices = currencies
        self.currency.data = self.currency.data or currencies[0]


class WordsForm(Kept):
    """Whom, where and what; chosen from a list or simply written."""

    contact = record(
        "Who",
        "The person you ask. Only you see this name.",
        suggestions="/network/suggestions",
        into="contact_id",
        optional=True,
    )
    contact_id = chosen()
    organisation = record(
        "Organisation",
        "Where they work; for a service, the client. Your leader sees this.",
        suggestions="/clients/suggestions",
        into="client_id",
    )
    client_id = chosen()
    service = record(
        "Service",
        "Which of the firm's services would help.",
        suggestions="/clients/services/suggestions",
        into="service_id",
        optional=True,
    )
    service_id = chosen()
    ask = text("The ask", "What exactly you ask for, or the need that you saw.", longest=2000, rows=3)


class LogForm(WordsForm, Money):
    """A new opportunity, in half a minute."""

    kind = RadioField(
        "What is it?",
        choices=KINDS,
        coerce=OpportunityKind,
        default=OpportunityKind.REFERRAL,
        invalid_value_message=NOT_OFFERED,
    )
    direction = RadioField(
        "Which way?",
        choices=DIRECTIONS,
        coerce=Direction,
        default=Direction.ASKED,
        invalid_value_message=NOT_OFFERED,
    )
    next_step = line("Next step", "What you will do next, like “Ring her after the board meeting”.", optional=True)
    next_on = day("On which day", "The portal reminds you.", optional=True)
    is_asked = BooleanField("I have asked already")


class VersionForm(Kept):
    """Something about an opportunity that other tabs may change too."""

    version = HiddenField(validators=[Whole(1, 10**9)])

    def start_from(self, opportunity: Opportunity) -> None:
        """Build on what is there now: the page that is handed back shows it."""
        self.version.data = str(opportunity.version)


class PlaceForm(VersionForm):
    """Where a card was put on the board."""

    stage = choice(
        "Stage",
        [(stage, stage.value) for stage in Stage],
        coerce=Stage,
        invalid_value_message=NOT_OFFERED,
    )


class UndoForm(VersionForm):
    """The move that is taken back."""

    change_id = HiddenField(validators=[Whole(1, 10**9)])


class AgainForm(VersionForm):
    """It isn't ripe yet."""

    note = line("What you heard", "Only you see it.", optional=True, longest=400)


class MoveForm(VersionForm, Money):
    """What happened."""

    stage = choice("Where it stands", [], coerce=Stage, validate_choice=False, invalid_value_message=NOT_OFFERED)
    reason = SelectField("Why", choices=[], validate_choice=False, description="The main reason; say more in the note.")
    nurture_on = day("Come back to it on", "Empty: after its rhythm, or in a quarter.", optional=True)
    nurture_days = SelectField("In the meantime", choices=[], validate_choice=False)
    note = text("Note", "What happened, in a line or two. Only you see it.", longest=2000, optional=True, rows=3)
    next_step = line("Next step", optional=True)
    next_on = day("On which day", optional=True)

    @classmethod
    def of(cls, opportunity: Opportunity, terms: Terms, currencies: list[str]) -> "MoveForm":
        """The form as the opportunity stands now."""
        form = cls(
            stage=opportunity.stage,
            reason=opportunity.reason,
            value=said_plainly(opportunity.value, opportunity.currency),
            currency=opportunity.currency,
            next_step=opportunity.next_step,
            next_on=opportunity.next_on,
            nurture_on=opportunity.nurture_on,
            nurture_days=str(opportunity.nurture_days or ""),
            version=str(opportunity.version),
        )
        form.offer_currencies(currencies)
        form.offer(opportunity, terms)
        return form

    def offer(self, opportunity: Opportunity, terms: Terms) -> None:
        """The ways that are open now, the reasons that the firm lists, and the rhythms."""
        self.stage.choices = [SelectChoice(stage, terms.labels[stage]) for stage in ways_from(opportunity.stage)]
        self.labels = terms.labels
        self.reasons = {stage: _reasons(opportunity, stage, terms) for stage in CLOSED}
        self.reason.choices = {"Not said": [("", "Not said")]} | {
            terms.labels[stage]: [(each, each) for each in reasons] for stage, reasons in self.reasons.items()
        }
        rhythms = [(str(days), f"In touch every {days} days") for days in RHYTHMS]
        self.nurture_days.choices = [("", "Leave it be"), *rhythms]

    def validate(self, extra_validators: Any = None) -> bool:
        """A reason belongs to the stage at which something ends."""
        good, stage = super().validate(extra_validators), self.stage.data
        known = {reason for reasons in self.reasons.values() for reason in reasons}
        if stage in CLOSED and self.reason.data in known - set(self.reasons[stage]):
            words = f"That is no reason of “{self.labels[stage]}”. Choose one of its own."
            self.reason.errors = [*self.reason.errors, words]
            return False
        return good

    @property
    def values(self) -> dict[str, Any]:
        """The service's keyword arguments; anything but a rhythm or a reason that is offered is none."""
        found = super().values
        days = str(found["nurture_days"])
        offered = {str(each) for each in RHYTHMS}
        return found | {
            "nurture_days": int(days) if days in offered else None,
            "reason": found["reason"] if found["reason"] in self.reasons.get(found["stage"], ()) else "",
        }


def _reasons(opportunity: Opportunity, stage: Stage, terms: Terms) -> list[str]:
    """Why things end at a stage, by the firm's list; what was said before stays on it."""
    said = [opportunity.reason] if opportunity.stage == stage and opportunity.reason else []
    return list(dict.fromkeys([*said, *terms.reasons[stage]]))


class EditForm(VersionForm, WordsForm):
    """The facts, corrected."""

    asked_on = day("Asked on", optional=True)

    @classmethod
    def of(cls, opportunity: Opportunity) -> "EditForm":
        """The form with the present facts."""
        return cls(
            contact=opportunity.contact,
            contact_id=opportunity.contact_id,
            organisation=opportunity.organisation,
            client_id=opportunity.client_id,
            service=opportunity.service,
            service_id=opportunity.service_id,
            ask=opportunity.ask,
            asked_on=opportunity.asked_on,
            version=str(opportunity.version),
        )
