"""What is sent about a client as a whole."""

from wtforms import HiddenField
from wtforms.validators import Length

from portal.forms import Form, chosen, record


class MergeForm(Form):
    """Which other entry is the same client."""

    other = record(
        "The other entry",
        "Type its name and choose it. What it has moves here, and it leaves the list.",
        suggestions="/clients/suggestions",
        into="other_id",
    )
    other_id = chosen()


class GoAheadForm(Form):
    """The go-ahead, with the key of the page that asked."""

    key = HiddenField(validators=[Length(8, 80)])
