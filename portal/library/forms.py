"""What readers send: whether an item helped, and words that found nothing."""

from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Optional

from portal.forms import Form, line, text
from portal.library import usefulness


class UsefulForm(Form):
    """Whether an item helped."""

    useful = RadioField(
        "Did it help?",
        [InputRequired("Choose one.")],
        choices=[SelectChoice("yes", "It helped"), SelectChoice("no", "It didn't help")],
    )


class ReasonForm(Form):
    """Why an item helped, or did not; all of it may stay empty."""

    reason = RadioField("Why?", [Optional()], choices=[])
    words = text("In your words", longest=usefulness.LONGEST_WORDS, optional=True, rows=2)
    is_signed = BooleanField("Say that it was me, so that somebody can ask me about it")


class MissForm(Form):
    """Words that found nothing, as the search page sends them."""

    words = line("Words", longest=80)
