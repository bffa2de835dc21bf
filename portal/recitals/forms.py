"""What people send about recitals."""

from wtforms import FileField, HiddenField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Regexp, ValidationError

from portal.forms import Form, Whole, line, text
from portal.recitals.limits import LONGEST_TEXT, moment_or_none
from portal.recitals.models import Medium, Scope

KEY = r"[A-Za-z0-9_-]{8,80}"
MEDIA = [
    SelectChoice(Medium.TYPED, "Typed: you see at once what it covers"),
    SelectChoice(Medium.AUDIO, "Recorded, sound only"),
    SelectChoice(Medium.VIDEO, "Recorded, with picture"),
]
SCOPES = [
    SelectChoice(Scope.WHOLE, "The whole pitch, up to 3 minutes"),
    SelectChoice(Scope.CHANGES, "Only what changed, up to 60 seconds"),
]


def key() -> HiddenField:
    """Made by the page, so that sending twice does it once."""
    return HiddenField("Key", [Regexp(f"^{KEY}$", message="Reload the page, please; part of it got lost.")])


class BeginForm(Form):
    """How much, and how."""

    scope = RadioField("How much", [InputRequired("Choose one.")], choices=SCOPES, default=Scope.WHOLE)
    medium = RadioField("How", [InputRequired("Choose one.")], choices=MEDIA, default=Medium.TYPED)
    key = key()


class TypedForm(Form):
    """The words of a typed recital."""

    text = text(
        "What you would say",
        "As if somebody had just asked who you work for. Write it the way you speak; 80 to 150 words are plenty.",
        longest=LONGEST_TEXT,
        optional=True,
        rows=9,
    )
    version = HiddenField("Version", [Whole(1, 1_000_000)])


class FileForm(Form):
    """A file that somebody recorded elsewhere."""

    file = FileField("A file you already have", [InputRequired("Choose a file first.")])
    key = key()


class MomentForm(Form):
    """A remark, perhaps on a moment."""

    text = text("What you noticed", longest=2_000, need="Write something first.", rows=3)
    moment = line("At which moment", "Like 1:05. Leave it empty for the whole.", longest=9, optional=True)
    key = key()

    def validate_moment(self, field) -> None:  # type: ignore[no-untyped-def]
        """Take 1:05 and 65; say what is wanted otherwise."""
        if field.data and moment_or_none(field.data) is None:
            raise ValidationError("Give a moment like 1:05.")

    @property
    def second(self) -> int | None:
        """The moment in seconds."""
        return moment_or_none(self.moment.data) if self.moment.data else None


class InviteForm(Form):
    """Whom to ask."""

    person_id = HiddenField("Colleague", [Whole(1, 999_999_999)])
