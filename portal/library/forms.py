"""What readers send: whether an item helped, and words that found nothing."""

from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from portal.forms import Form, line


class UsefulForm(Form):
    """Whether an item helped."""

    useful = RadioField(
        "Did it help?",
        [InputRequired("Choose one.")],
        choices=[SelectChoice("yes", "It helped"), SelectChoice("no", "It didn't help")],
    )


class MissForm(Form):
    """Words that found nothing, as the search page sends them."""

    words = line("Words", longest=80)
