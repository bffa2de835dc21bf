"""What is sent when somebody leaves."""

from wtforms import BooleanField

from portal.forms import Form, chosen, record


class LeaveForm(Form):
    """Who looks after the firm's things, and what becomes of the words."""

    steward = record(
        "Who looks after the firm's things",
        "Clients, services and open opportunities pass on to them.",
        suggestions="/colleagues/suggestions",
        into="steward_id",
        optional=True,
    )
    steward_id = chosen()
    keeper = record(
        "Who answers for their items of the library",
        "Whoever it is says whether they still hold. Empty: marketing.",
        suggestions="/colleagues/suggestions",
        into="keeper_id",
        optional=True,
    )
    keeper_id = chosen()
    keeps_words = BooleanField(
        "Keep the contact's name and the notes with open opportunities",
        description="Only if they agree: these words were private to them. Without the tick they are erased.",
    )
