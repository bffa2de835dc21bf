"""What a coach sends: levels, two lines, and remarks."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import Length, Optional, Regexp, ValidationError

from portal.forms import Form, line, text
from portal.recitals.limits import moment_or_none
from portal.recitals.models import RubricVersion, State

LEVEL = "level-"
NONE = SelectChoice("", "None in particular")


class AnswerForm(Form):
    """One form, so that nothing typed is lost by whichever button is pressed. The rubric's levels are added to it."""

    remark = text("A remark", "What you heard there, and what you would try.", longest=2_000, optional=True, rows=3)
    moment = line("At which moment", "Like 1:05; or leave it empty.", longest=9, optional=True)
    claim = SelectField("About which claim", [Optional()], choices=[NONE])
    note = text(
        "Two lines to begin with",
        "One that says what to keep, one that says the single thing to try next. They read this first.",
        longest=1_000,
        optional=True,
        rows=3,
    )
    rubric = HiddenField("Rubric")
    key = HiddenField(
        "Key", [Regexp(r"^[A-Za-z0-9_-]{8,80}$", message="Reload the page, please; part of it got lost.")]
    )

    @property
    def wants(self) -> str:
        """Which button was pressed: 'remark', 'passed' or 'again'."""
        return str(self.action.data or "") if "action" in self else ""

    def validate_moment(self, field: Any) -> None:
        """Take 1:05 and 65; say what is wanted otherwise."""
        if field.data and moment_or_none(field.data) is None:
            raise ValidationError("Give a moment like 1:05.")

    @property
    def second(self) -> int | None:
        """The moment in seconds."""
        return moment_or_none(self.moment.data) if self.moment.data else None

    @property
    def levels(self) -> dict[str, int]:
        """The level chosen for each criterion; those that were not chosen are missing."""
        return {
            field.name.removeprefix(LEVEL): int(field.data)
            for field in self
            if field.name.startswith(LEVEL) and field.data not in {None, "", "None"}
        }

    @property
    def rubric_version(self) -> tuple[int, int]:
        """The rubric that was on the page, and its version."""
        parts = (self.rubric.data or "").split("-")
        numbers = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 9]
        return (numbers[0], numbers[1]) if len(numbers) == 2 else (0, 0)


def answer_form(version: RubricVersion, claims: list[tuple[str, str]]) -> AnswerForm:
    """The form for one version of a rubric and the claims of one recital."""
    fields: dict[str, Any] = {
        f"{LEVEL}{criterion['key']}": RadioField(
            criterion["title"],
            [Optional()],
            choices=[SelectChoice(str(level), says) for level, says in enumerate(criterion["levels"])],
        )
        for criterion in version.criteria
    }
    fields["action"] = HiddenField("Action", [Length(max=20)])
    form = type("ScoringForm", (AnswerForm,), fields)()
    form.note.flags.required = True  # only adding a remark does without it
    form.claim.choices = [NONE, *(SelectChoice(key, said) for key, said in claims)]
    return form


OUTCOMES = {"passed": State.PASSED, "again": State.AGAIN}
