"""What is sent while practising."""

from typing import Any

from wtforms import HiddenField, StringField
from wtforms.validators import Length, Optional

from portal.forms import Form, Whole


class ProgressForm(Form):
    """How far a session has come."""

    done = HiddenField("Cards answered", [Optional(), Whole(0, 1000)])

    @property
    def so_far(self) -> int:
        """How many cards the session has had; none when that isn't said."""
        return self.done.data if isinstance(self.done.data, int) else 0


class AnswerForm(ProgressForm):
    """How well somebody knew a card. `key` is made by the page, so that an answer sent twice counts once."""

    card = HiddenField("Card", [Whole(1, 999_999_999)])
    rating = StringField("How well you knew it", [Whole(1, 4)])
    key = HiddenField("Key", [Length(min=8, max=64, message="Open the card again, then answer it.")])

    @property
    def answer(self) -> dict[str, Any]:
        """What the service takes."""
        return {"card": self.card.data, "rating": self.rating.data, "key": self.key.data}
