"""What is sent about contributions."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from portal.accounts.tree import Branch
from portal.contributions import models
from portal.contributions.models import Place
from portal.contributions.reusing import PLACES
from portal.contributions.standing import FORMS
from portal.forms import Form, choice, chosen, day, line, record, text

LONGEST_TEXT = 60_000
_FORMS = [(str(form), name) for form, name in FORMS.items()]


class IdeaForm(Form):
    """An idea: two lines."""

    key = HiddenField(validators=[Length(8, 80)])
    title = line("What is it about?", "As you would tell a colleague: “Why owners should plan two years ahead”.")
    idea = text("The idea", "Two lines: what you know, and whom it helps.", longest=2000, optional=True, rows=3)
    form = choice("What could it become?", _FORMS, coerce=models.Form, validate_choice=False)
    do = HiddenField("Button", [AnyOf(["keep", "write", "submit"])], default="keep")


class DraftForm(Form):
    """A piece as it is written. Every field is optional, so that it can be saved at any moment; the title keeps its
    last words."""

    base = HiddenField(validators=[Length(max=4000)])
    title = line("Title", need="Give it a title.")
    form = choice("What it is", _FORMS)
    idea = text(
        "In two lines",
        "What it is about, and whom it helps. It becomes the summary.",
        longest=2000,
        optional=True,
        rows=2,
    )
    source = text(
        "Text",
        "Write as you talk. ## begins a heading, - a list, **bold**.",
        longest=LONGEST_TEXT,
        optional=True,
        rows=18,
    )
    practice = choice("Practice", [], optional=True)
    industry = line("Industry", optional=True, longest=100)
    do = HiddenField("Button", [AnyOf(["save", "submit"])], default="save")

    def offer(self, branches: Sequence[Branch]) -> None:
        """The practices to choose from."""
        every = [SelectChoice(str(branch.id), branch.indented) for branch in branches]
        self.practice.choices = [SelectChoice("", "None in particular"), *every]

    @property
    def written(self) -> dict[str, str]:
        """What was written, by field."""
        names = ("form", "title", "idea", "source", "industry", "practice")
        return {name: self[name].data or "" for name in names}


class AuthorForm(Form):
    """Who else writes it."""

    person = record("Colleague", "Type a name and choose.", suggestions="/colleagues/suggestions", into="person_id")
    person_id = chosen()


class SuggestForm(Form):
    """A text as marketing would have it."""

    base = HiddenField(validators=[Length(1, 80)])
    title = line("Title")
    source = text(
        "Text",
        "Change it as you would have it. The authors see each change and take or leave it.",
        longest=LONGEST_TEXT,
        rows=22,
    )
    note = text(
        "A word to the authors", "What you liked, and why you suggest this.", longest=2000, optional=True, rows=3
    )


class DecideForm(Form):
    """What the authors say to suggestions; which ones they take is read beside it."""

    reply = text("A word back", longest=2000, optional=True, rows=2)
    do = HiddenField("Button", [AnyOf(["some", "all", "none"])], default="some")


class DeclineForm(Form):
    """Why it isn't taken."""

    reason = text("Why not", "Kindly and plainly: what would have to be different?", longest=2000)


class ReuseTextForm(Form):
    """Other words for a place."""

    place = HiddenField("Where", [AnyOf([str(place) for place in Place])])
    text = text("Words", longest=3000, optional=True)


class ReuseForm(Form):
    """Where it was used."""

    place = RadioField(
        "Where",
        [InputRequired("Choose one.")],
        choices=[SelectChoice(str(place), name) for place, name in PLACES.items()],
        coerce=Place,
        invalid_value_message="Choose one of these.",
    )
    on = day("On which day")
    note = line("Note", "Which issue, which talk.", optional=True)

    @property
    def values(self) -> dict[str, Any]:
        """Empty texts rather than none."""
        given = super().values
        return given | {"note": given["note"] or ""}
