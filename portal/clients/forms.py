"""What is sent about clients and services."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectChoice
from wtforms.validators import Regexp

from portal.accounts.tree import Branch
from portal.clients.marks import FLAGS, LABELS, UNKNOWN
from portal.clients.models import Client, FlagKind, Service, Use
from portal.forms import Form, Whole, choice, chosen, day, line, record, text


def _whole_or_nothing(given: Any) -> int:
    typed = str(given or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


class WithEmptyTexts(Form):
    """A form whose empty fields are empty texts."""

    @property
    def values(self) -> dict[str, Any]:
        """The service's keyword arguments."""
        return {name: "" if value is None and name in self.texts else value for name, value in super().values.items()}

    texts: tuple[str, ...] = ()


class WithPerson(WithEmptyTexts):
    """A form that names a colleague: the words alone are not enough, somebody must be chosen."""

    person = ""

    @property
    def values(self) -> dict[str, Any]:
        """With the id of whom was chosen, or None."""
        found = super().values
        words, chosen_id = found.pop(self.person), found[f"{self.person}_id"]
        return found | {f"{self.person}_id": chosen_id if words else None}

    def validate(self, extra_validators: Any = None) -> bool:
        """Words without somebody who was chosen are explained beside the field."""
        good = super().validate(extra_validators)
        field = self[self.person]
        if field.data and not self[f"{self.person}_id"].data:
            field.errors = [*field.errors, "Choose somebody from the list while you type, or leave this empty."]
            return False
        return good


class ClientForm(WithPerson):
    """A client."""

    person = "steward"
    texts = ("industry",)
    name = line("Name", "As they write it themselves.")
    industry = line("Industry", "In the words the list uses already, so that similar clients are found.", optional=True)
    practice_id = choice("Practice that leads", [], coerce=_whole_or_nothing)
    steward = record(
        "Steward",
        "Who looks after the relationship. Type a name and choose.",
        suggestions="/colleagues/suggestions",
        into="steward_id",
        optional=True,
    )
    steward_id = chosen()
    is_another = BooleanField("This is another client than the one with the same name")

    def offer(self, branches: Sequence[Branch]) -> None:
        """The practices to choose from."""
        self.practice_id.choices = [
            SelectChoice(0, "Choose a practice"),
            *(SelectChoice(each.id, each.indented) for each in branches),
        ]


class EditClientForm(ClientForm):
    """Corrections."""

    version = HiddenField(validators=[Whole(1, 10**9)])

    @classmethod
    def of(cls, client: Client) -> "EditClientForm":
        """The form as the client stands now."""
        return cls(
            name=client.name,
            industry=client.industry,
            practice_id=client.practice_id,
            steward=client.steward.name if client.steward else "",
            steward_id=client.steward_id,
            version=str(client.version),
        )


class FlagForm(Form):
    """A flag on a client."""

    kind = choice("What it asks of everybody", [(kind, name) for kind, name in FLAGS.items()], coerce=FlagKind)
    reason = line("Reason", "Everybody at the firm reads it.", longest=400)
    from_on = day("From")
    until_on = day("Last day", "Leave it empty for a flag that holds until somebody ends it.", optional=True)


def _use_or_none(given: Any) -> Use | None:
    return Use(given) if given else None


class UseForm(WithEmptyTexts):
    """How a client stands to a service."""

    texts = ("note",)
    use = choice(
        "Where it stands",
        [*((str(use), name) for use, name in LABELS.items()), ("", UNKNOWN)],
        coerce=_use_or_none,
        optional=True,
    )
    note = line("Note", "What makes you say so. Everybody reads it.", longest=400, optional=True)
    seen = HiddenField(validators=[Whole(0, 10**9)])

    def validate(self, extra_validators: Any = None) -> bool:
        """A form without the field would otherwise take back what is known."""
        good = super().validate(extra_validators)
        if not self.use.raw_data:
            self.use.errors = [*self.use.errors, "Say where it stands."]
        return good and bool(self.use.raw_data)


class ServiceForm(WithPerson):
    """A service of the catalogue."""

    person = "owner"
    texts = ("source",)
    name = line("Name")
    practice_id = choice("Practice that does it", [], coerce=_whole_or_nothing)
    summary = line("Summary", "What it does for a client, in a sentence or two.", longest=400)
    owner = record(
        "Whom to bring in",
        "The colleague to call when a client could use this. Type a name and choose.",
        suggestions="/colleagues/suggestions",
        into="owner_id",
        optional=True,
    )
    owner_id = chosen()
    source = text(
        "More about it", "How to notice that a client needs it, and how to raise it. Markdown.", optional=True, rows=10
    )

    offer = ClientForm.offer


class AddServiceForm(ServiceForm):
    """A service that is new."""

    key = line(
        "Key",
        "Small letters, digits and hyphens, like transfer-pricing. It stays.",
        longest=80,
        checks=[Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*$", message="Use small letters, digits and hyphens.")],
    )


class EditServiceForm(ServiceForm):
    """Changes."""

    version = HiddenField(validators=[Whole(1, 10**9)])

    @classmethod
    def of(cls, service: Service, practice_id: int) -> "EditServiceForm":
        """The form as the service stands now."""
        return cls(
            name=service.name,
            practice_id=practice_id,
            summary=service.summary,
            owner=service.owner.name if service.owner else "",
            owner_id=service.owner_id,
            source=service.source,
            version=str(service.version),
        )


class ImportForm(Form):
    """A file of clients."""

    file = FileField("File", [FileRequired("Choose a file.")], description="CSV or XLSX, up to 5,000 rows.")
