"""What a coach sends about a worksheet: remarks at its places, a note, and which button was pressed."""

from flask import request
from wtforms import HiddenField
from wtforms.validators import Regexp

from portal.forms import Form, text
from portal.worksheets.remarking import LONGEST

REMARK, ABOUT = "remark.", "about."
"""Before the place, in the names of the page's fields; a row's remark says which cell it is about."""


class ReadingForm(Form):
    """One form, so that nothing typed is lost by whichever button is pressed."""

    note = text(
        "A note",
        "What to keep, and the one thing to look at next. They read this first.",
        longest=1_000,
        optional=True,
        rows=3,
    )
    key = HiddenField(
        "Key", [Regexp(r"^[A-Za-z0-9_-]{8,80}$", message="Reload the page, please; part of it got lost.")]
    )

    def __init__(self) -> None:
        super().__init__()
        self.wrong: dict[str, str] = {}
        """By the place of a field or row: what is wrong with the remark there."""

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the page's remarks, by the field or row where they stand."""
        return {
            name.removeprefix(REMARK): said.replace("\r\n", "\n").strip()
            for name, said in request.form.items()
            if name.startswith(REMARK) and said.strip()
        }

    @property
    def about(self) -> dict[str, str]:
        """By row: the cell that its remark is about, where one was chosen."""
        return {
            name.removeprefix(ABOUT): place
            for name, place in request.form.items()
            if name.startswith(ABOUT) and place.startswith(name.removeprefix(ABOUT))
        }

    @property
    def remarks(self) -> dict[str, str]:
        """The remarks by the place that they are about."""
        return {self.about.get(place, place): said for place, said in self.typed.items()}

    @property
    def action(self) -> tuple[str, int]:
        """Which button: remarks, returned, accepted, or remove with the number of a remark."""
        verb, _, number = request.form.get("do", "remarks").partition(":")
        return verb, int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0

    def validate(self, extra_validators=None) -> bool:
        """Also look at every remark."""
        good = super().validate(extra_validators)
        for place, said in self.typed.items():
            if "\x00" in said:
                self.wrong[place] = "This has a character in it that can't be kept. Type it again, please."
            elif len(said) > LONGEST:
                self.wrong[place] = f"Keep this under {LONGEST:,} characters; it has {len(said):,}."
        return good and not self.wrong
