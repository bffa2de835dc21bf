"""What readers, and those who answer them, send."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.forms import Form, Whole, day, line, text
from portal.library.kinds import KINDS, Kind


def _whole_or_nothing(value: Any) -> int:
    return int(value) if str(value).isascii() and str(value).isdigit() and len(str(value)) <= 9 else 0


class CommentForm(Form):
    """A question or something to add."""

    sort = RadioField(
        "What is it?",
        [InputRequired("Choose one.")],
        choices={"question": "A question", "addition": "Something to add"},
        default="question",
    )
    text = text("Your words", "Everybody at the firm can read them, with your name.", longest=2000, rows=4)

    @property
    def values(self) -> dict[str, Any]:
        """As the service takes it."""
        return {"text": self.text.data, "is_question": self.sort.data == "question"}


class EditCommentForm(CommentForm):
    """One's own comment in other words."""

    version = HiddenField(validators=[Whole(1, 10**9)])

    @property
    def values(self) -> dict[str, Any]:
        """As the service takes it."""
        return {**super().values, "version": self.version.data}


class AnswerForm(Form):
    """The answer to a comment."""

    answer = text("Your answer", "Everybody at the firm can read it; whoever wrote is told.", longest=4000, rows=5)
    version = HiddenField(validators=[Whole(1, 10**9)])


class HideForm(Form):
    """Why a comment is hidden."""

    reason = line("Why?", "Whoever wrote it reads this, and it is logged.", longest=300)


class ReadForm(Form):
    """That one has read a revision."""

    revision = HiddenField(validators=[Whole(1, 10**9)])


class MustReadForm(Form):
    """Whom to ask to read an item, and until when."""

    version = HiddenField(validators=[Whole(0, 10**9)])
    whom = RadioField(
        "Who should read it?",
        [InputRequired("Choose one.")],
        choices={"everybody": "Everybody at the firm", "practices": "People in some practices, and below them"},
        default="everybody",
    )
    practice_ids = SelectMultipleField(
        "Which practices?",
        coerce=_whole_or_nothing,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    until_on = day("Until", "People are asked up to and including this day; those who join meanwhile, too.")
    remind_after = line(
        "Remind them after so many days",
        "Whoever has not read it by then gets one letter, and no second one.",
        checks=[Whole(1, 60)],
        default="7",
        longest=2,
    )

    def validate_practice_ids(self, field: Any) -> None:
        """Some practices must be some."""
        if self.whom.data == "practices" and not field.data:
            raise ValidationError("Choose at least one practice, or everybody.")

    @property
    def values(self) -> dict[str, Any]:
        """As the service takes it."""
        ids = list(self.practice_ids.data or []) if self.whom.data == "practices" else []
        kept = {name: self.data[name] for name in ("until_on", "remind_after", "version")}
        return {**kept, "practice_ids": ids}


class SettingsForm(Form):
    """Letters about what one reads."""

    letters = BooleanField("Write to me when somebody answers me, and once when I have not read what I was asked to")


class KindForm(Form):
    """A kind to leave out, or to let in again."""

    which = RadioField("Kind", [InputRequired("Choose one.")], choices=dict(KINDS), coerce=Kind)
