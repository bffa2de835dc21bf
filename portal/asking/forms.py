"""What is sent before an ask."""

from typing import Any

from wtforms import HiddenField

from portal.forms import Form, Whole, choice, chosen, line, record
from portal.pipeline.models import OpportunityKind

KINDS = {OpportunityKind.REFERRAL: "A referral", OpportunityKind.CROSS_SELL: "Another service for a client"}


class SubjectForm(Form):
    """What an ask is about, before anything is logged; sent by GET, so that the page can be kept and passed on."""

    class Meta(Form.Meta):
        """Nothing is changed by it."""

        csrf = False

    kind = choice("What would you ask for?", [(key, label) for key, label in KINDS.items()])
    who = record(
        "Whom would you ask?",
        "Somebody from your network. Only you see this.",
        suggestions="/network/suggestions",
        into="contact",
        optional=True,
    )
    contact = chosen()
    organisation = record(
        "Which client is it about?",
        "Leave it empty where no client is involved.",
        suggestions="/clients/suggestions",
        into="client",
        optional=True,
    )
    client = chosen()
    what = record(
        "Which service?",
        suggestions="/clients/services/suggestions",
        into="service",
        optional=True,
    )
    service = chosen()


class TalkForm(Form):
    """One line to a colleague."""

    version = HiddenField(validators=[Whole(1, 10**9)])
    line = line("One line to them", "When you are free, or what you would suggest.", optional=True)

    @property
    def values(self) -> dict[str, Any]:
        """An empty line takes back what was written."""
        return {**super().values, "line": self.line.data or ""}


class PressForm(Form):
    """A button on a talk."""

    version = HiddenField(validators=[Whole(1, 10**9)])
