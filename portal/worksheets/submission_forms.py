"""What is sent when a worksheet is shown to a coach, and what its owner answers."""

from wtforms import BooleanField, HiddenField
from wtforms.validators import Regexp

from portal.forms import Form, text

_LOST = "Reload the page, please; part of it got lost."


def key() -> HiddenField:
    """Given by the page, so that sending twice does it once."""
    return HiddenField("Key", [Regexp(r"^[A-Za-z0-9_-]{8,80}$", message=_LOST)])


class SubmitForm(Form):
    """Showing a worksheet."""

    hides_contacts = BooleanField(
        "Hide names of contacts",
        description="The coach reads “Contact 1” instead, as an answer and wherever the whole name stands. "
        "A first name alone, inside a sentence, stays.",
    )
    words = text(
        "A word to the coach",
        "What you would like them to look at. They read this first.",
        longest=1_000,
        optional=True,
        rows=3,
    )
    key = key()


class ReplyForm(Form):
    """Answering a remark."""

    text = text("Your answer", "The coach reads it when you show the worksheet again.", longest=2_000, rows=3)
    key = key()
