"""What is sent about requests and insights."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Length

from portal.accounts.tree import Branch
from portal.forms import Form, choice, chosen, day, line, record, text
from portal.insights.labels import INSIGHTS, SOURCES, STRENGTHS
from portal.insights.models import InsightKind, Source
from portal.library.kinds import KINDS, Kind

NOT_OFFERED = "Choose one of these."


def _key() -> HiddenField:
    """Of the page: what is sent twice counts once."""
    return HiddenField(validators=[Length(8, 80)])


def _whole_or_none(value: Any) -> int | None:
    return int(value) if str(value or "").isascii() and str(value or "").isdigit() and len(str(value)) < 10 else None


def _kind_or_none(value: Any) -> Kind | None:
    return Kind(value) if value else None


class _WithPractice(Form):
    """A form that may name a practice and an industry."""

    def offer(self, branches: Sequence[Branch]) -> None:
        """The practices to choose from."""
        self["practice_id"].choices = [
            SelectChoice("", "Any"),
            *(SelectChoice(str(branch.id), branch.indented) for branch in branches),
        ]

    @property
    def values(self) -> dict[str, Any]:
        """Empty texts rather than none."""
        given = super().values
        return given | {name: given[name] or "" for name in ("industry", "wanted_for") if name in given}


class RequestForm(_WithPractice):
    """What is missing."""

    key = _key()
    looked = HiddenField()
    title = line("What is missing", "As you would look for it: “A one-pager about e-invoicing for small retailers”.")
    wanted_for = text(
        "What for",
        "Which conversation, with what kind of client? A sentence is enough; leave names out.",
        longest=2000,
        rows=3,
    )
    helps_by = day("By when would it help?", optional=True)
    kind = choice(
        "What kind of thing",
        [("", "Whatever fits"), *((str(kind), name) for kind, name in KINDS.items())],
        optional=True,
        coerce=_kind_or_none,
        validate_choice=False,
    )
    practice_id = choice("Practice", [], optional=True, coerce=_whole_or_none, validate_choice=False)
    industry = line("Industry", optional=True, longest=100)

    @property
    def values(self) -> dict[str, Any]:
        """The service's keyword arguments."""
        return {name: value for name, value in super().values.items() if name != "looked"}


class VoteForm(Form):
    """A vote, and what for."""

    note = line("I need it for", "If you like: it tells marketing what matters.", optional=True)


class SayForm(Form):
    """Whether an answer is what was asked for."""

    helps = RadioField(
        "Is this what you meant?",
        [InputRequired("Choose one.")],
        choices=[SelectChoice("yes", "That was it"), SelectChoice("no", "Not quite: open it again")],
    )
    said = line("What is missing", "Needed if it isn’t quite it.", optional=True)


class TakeForm(Form):
    """Until when somebody writes it."""

    until = day("Ready by")


class AnswerForm(Form):
    """An answer to a request."""

    item = record(
        "Item in the library",
        "Type words of its title and choose, or paste its address.",
        suggestions="/library/suggestions",
        into="item_key",
        optional=True,
    )
    item_key = HiddenField(validators=[Length(max=200)])
    words = text("In words", "A line or two to everybody who wanted it.", longest=2000, optional=True)


class DeclineForm(Form):
    """Why not."""

    reason = text("Why not", "Kindly and plainly; everybody who wanted it reads this.", longest=2000)


class MergeForm(Form):
    """Which other request asks for the same."""

    other = choice("The other request", [], "It leaves the list; its votes count here.", coerce=_whole_or_none)


class InsightForm(_WithPractice):
    """What somebody heard."""

    key = _key()
    kind = choice(
        "What is it",
        [(str(kind), name) for kind, name in INSIGHTS.items()],
        coerce=InsightKind,
        validate_choice=False,
        invalid_value_message=NOT_OFFERED,
    )
    text = text(
        "What did you hear?",
        "In their words where you can. Leave out names, figures and whatever you were told in confidence.",
        longest=2000,
        rows=3,
    )
    source = RadioField(
        "Where from",
        [InputRequired("Choose one.")],
        choices=[SelectChoice(str(source), name) for source, name in SOURCES.items()],
        coerce=Source,
        default=Source.CLIENT,
        invalid_value_message=NOT_OFFERED,
    )
    strength = RadioField(
        "How often",
        [InputRequired("Choose one.")],
        choices=[SelectChoice(strength, name) for strength, name in STRENGTHS.items()],
        coerce=int,
        default=1,
        invalid_value_message=NOT_OFFERED,
    )
    practice_id = choice("Practice it concerns", [], optional=True, coerce=_whole_or_none, validate_choice=False)
    industry = line("Industry", optional=True, longest=100)
    client = record(
        "Client",
        "Only if it may be read by everybody at the firm.",
        suggestions="/clients/suggestions",
        into="client_id",
        optional=True,
    )
    client_id = chosen()

    @property
    def values(self) -> dict[str, Any]:
        """The service's keyword arguments; a client is one that was chosen."""
        given = super().values
        words = given.pop("client")
        return given | {"client_id": given["client_id"] if words else None}

    def validate(self, extra_validators: Any = None) -> bool:
        """Words without a client who was chosen are explained beside the field."""
        good = super().validate(extra_validators)
        if self.client.data and not self.client_id.data:
            self.client.errors = [*self.client.errors, "Choose a client from the list, or leave this empty."]
            return False
        return good


class InsightAnswerForm(AnswerForm):
    """What comes of an insight."""

    words = text("What we do about it", "Read, and then? One sentence is an answer.", longest=2000)
    page = line("Page of the portal", "A pitch, a deck, a module: like /pitch/firm.", optional=True)
