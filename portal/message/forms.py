"""What people send about a pitch."""

from wtforms import HiddenField, SelectField
from wtforms.validators import Optional

from portal.forms import Form, Whole, day


class MarkSeenForm(Form):
    """Which version was on the page when the button was pressed."""

    number = HiddenField("Version", [Whole(1, 1_000_000)])


class OnDayForm(Form):
    """A day to look at, from the address."""

    class Meta(Form.Meta):
        """It changes nothing."""

        csrf = False

    day = day("What was said on", optional=True)


class CompareForm(Form):
    """Two versions, from the address."""

    class Meta(Form.Meta):
        """It changes nothing."""

        csrf = False

    before = SelectField("From", [Optional()], coerce=int)
    after = SelectField("To", [Optional()], coerce=int)
