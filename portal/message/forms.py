"""What people send about a pitch."""

from wtforms import HiddenField

from portal.forms import Form, Whole


class MarkSeenForm(Form):
    """Which version was on the page when the button was pressed."""

    number = HiddenField("Version", [Whole(1, 1_000_000)])
