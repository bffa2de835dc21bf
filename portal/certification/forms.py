"""What was sent about certifications."""

from wtforms import BooleanField

from portal.forms import Form, Whole, line, text


class RuleForm(Form):
    """What a certification needs."""

    known_percent = line(
        "Cards to know, in percent",
        "Of the pitch’s cards, those that the person most likely has in mind. 0 asks for none.",
        checks=[Whole(0, 100)],
    )
    needs_check = BooleanField("Pass the knowledge check of the value proposition")
    needs_recital = BooleanField("Recite the pitch, and have a coach pass it")


class CollectForm(Form):
    """A button."""


class RevokeForm(Form):
    """Why a certification is taken back."""

    reason = text("Reason", "The person reads it.", longest=2000, need="Say why. The person reads it.")
