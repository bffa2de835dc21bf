"""What admins send."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField
from wtforms.validators import ValidationError

from portal.access import Role
from portal.accounts import zones
from portal.accounts.named import Wrong
from portal.accounts.tree import Branch
from portal.forms import Form, Whole, choice, line
from portal.people.plan import checked_email

ROLE_NAMES = {
    Role.LEADER: "Leader of a practice",
    Role.COACH: "Coach of a practice",
    Role.MARKETING: "Marketing",
    Role.ADMIN: "Admin",
    Role.EXECUTIVE: "Executive",
}


def _whole_or_nothing(given: Any) -> int:
    text = str(given or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _plain_email(_form: Form, field: Any) -> None:
    try:
        checked_email(field.data)
    except Wrong as reason:
        raise ValidationError(str(reason)) from None


class FactsForm(Form):
    """What the portal knows of a person."""

    name = line("Name")
    email = line("E-mail", "They sign in with it.", checks=[_plain_email], render_kw={"type": "email"})
    practice_id = choice("Practice", [], coerce=_whole_or_nothing)
    title = line("Title", "Such as Partner, or Senior associate.", optional=True)
    zone = choice("Time zone", [], optional=True)

    def offer(self, branches: Sequence[Branch], firms_zone: str) -> None:
        """What can be chosen."""
        self.practice_id.choices = [(0, "Choose a practice"), *((each.id, each.indented) for each in branches)]
        self.zone.choices = zones.choices(firms_zone)


class AddForm(FactsForm):
    """Somebody new."""

    invite = BooleanField(
        "Invite by mail", description="They get a link to choose a password, good for two weeks.", default=True
    )


class ChangeFactsForm(FactsForm):
    """Corrections."""

    version = HiddenField(validators=[Whole(1, 10**9)])


class GrantForm(Form):
    """A role, and the practice for it."""

    role = choice("Role", [("", "Choose a role"), *((str(role), name) for role, name in ROLE_NAMES.items())])
    practice_id = choice(
        "Practice",
        [],
        "For leaders and coaches: this practice and everything below it.",
        optional=True,
        coerce=_whole_or_nothing,
        id="role-practice",
    )

    def offer(self, branches: Sequence[Branch]) -> None:
        """What can be chosen."""
        self.practice_id.choices = [(0, "None"), *((each.id, each.indented) for each in branches)]


class PracticeForm(Form):
    """A practice and its place."""

    name = line("Name", longest=100)
    below_id = choice("Below", [], optional=True, coerce=_whole_or_nothing)

    def offer(self, branches: Sequence[Branch], *, but: str = "") -> None:
        """Where it can stand; not below itself."""
        fitting = [each for each in branches if not (but and each.path.startswith(but))]
        self.below_id.choices = [(0, "Nothing: at the top"), *((each.id, each.indented) for each in fitting)]


class AddPracticeForm(PracticeForm):
    """A new practice."""

    key = line(
        "Key", "Small letters, digits and hyphens; content files name practices by it.", optional=True, longest=60
    )

    def validate_key(self, field: Any) -> None:
        """A key is made of small letters, digits and hyphens."""
        parts = (field.data or "").split("-")
        if field.data and not all(part.isascii() and part.isalnum() and part == part.lower() for part in parts):
            raise ValidationError("Use small letters, digits and hyphens only, like corporate-tax.")


class ImportForm(Form):
    """A file of people."""

    file = FileField("File", [FileRequired("Choose a file.")], description="CSV or XLSX, up to 20,000 rows and 16 MB.")


class StartForm(Form):
    """The go-ahead."""

    invites = BooleanField("Invite everybody new by mail")
