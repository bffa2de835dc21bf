"""What is sent about links and rooms, by the sender and by visitors."""

import secrets
from datetime import date
from typing import Any

from wtforms import BooleanField, FieldList, FormField, HiddenField, PasswordField, SelectField, StringField
from wtforms import Form as Part
from wtforms.validators import InputRequired, Length

from portal.accounts.viewer import Viewer
from portal.clock import day_in
from portal.errors import Refused
from portal.forms import Form, choice, chosen, day, line, record, text
from portal.network import queries as contacts
from portal.sharing import queries
from portal.sharing.models import Share
from portal.sharing.services import USUAL, Chosen
from portal.sharing.showing import REVISED, STALE, WhenRevised, WhenStale

ROOM_ROWS = 5
MOST_ROWS = 20
NOT_HERE = "Choose a published item from the list, or write its title exactly."


def new_key() -> str:
    """A key for what may be sent twice."""
    return secrets.token_urlsafe(12)


class ItemRow(Part):
    """One item, and what the sender says of it."""

    item = StringField("Item", [Length(max=200, message="Keep this under 200 characters.")])
    chosen = HiddenField()
    line = StringField("What you say of it", [Length(max=300, message="Keep this under 300 characters.")])

    @property
    def words(self) -> str:
        """What was typed for the item."""
        return (self.item.data or "").replace("\x00", "").strip()

    def found(self) -> Chosen:
        """The item that is meant. Raises Refused."""
        item = queries.item_or_none(self.words, (self.chosen.data or "").replace("\x00", "")[:200])
        if item is None:
            raise Refused(f"“{self.words or self.chosen.data}”: {NOT_HERE}", field="rows")
        return Chosen(item, (self.line.data or "").replace("\x00", "").strip())


class Rows(FieldList):
    """Items in the order of the page; field names that nobody's page has are passed over."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Any:
        for name in formdata:
            place = name[len(prefix) + 1 :].split("-", 1)[0] if name.startswith(f"{prefix}-") else ""
            if place.isascii() and place.isdigit() and len(place) < 3:
                yield int(place)


class Behaviour(Form):
    """How a link behaves, and what it says."""

    note = text("What they read above it", "A line or two, as you would write in a mail.", longest=2000, optional=True)
    reach = line(
        "How else they reach you",
        "A phone number, say. They see your name, your function and your mail address.",
        optional=True,
    )
    expires_on = day("Good until", "At most a year.")
    passcode = PasswordField(
        "Passcode",
        [Length(max=100, message="Keep this under 100 characters.")],
        description="Tell it them another way: by phone, not in the same mail.",
        render_kw={"autocomplete": "new-password"},
    )
    may_download = BooleanField("They may download the files that belong to it")
    when_revised = choice("When it is revised", list(REVISED.items()), coerce=WhenRevised)
    when_stale = choice(
        "When its words have changed in the pitch",
        list(STALE.items()),
        "When its time is over, they always see the notice.",
        coerce=WhenStale,
    )
    private_note = text("A note for you alone", longest=2000, optional=True, rows=2)

    @property
    def values(self) -> dict[str, Any]:
        """The service's keyword arguments."""
        given = super().values
        words = {name: given[name] or "" for name in ("note", "reach", "private_note", "passcode")}
        return given | words


class ShareForm(Behaviour):
    """A new link to one item."""

    rows = Rows(FormField(ItemRow), "Item", max_entries=MOST_ROWS)
    contact = record(
        "For whom",
        "One of your contacts.",
        suggestions="/network/suggestions",
        into="contact_id",
        optional=True,
    )
    contact_id = chosen()
    is_new = BooleanField("Keep them as a new contact of mine")
    opportunity_id = SelectField("Or for which opportunity", coerce=str, validate_choice=False)
    key = HiddenField(
        default=new_key, validators=[InputRequired("Open this page again."), Length(8, 64, "Open this page again.")]
    )

    is_unknown = False
    """Whether a name was typed that nobody among the contacts has."""

    def offer(self, viewer: Viewer, rows: int = 1) -> None:
        """Offer this person's opportunities, and as many rows as the page has."""
        self.opportunity_id.choices = [("", "None"), *((str(id), name) for id, name in queries.opportunities(viewer))]
        while len(self.rows) < rows:
            self.rows.append_entry({"item": "", "chosen": "", "line": ""})

    def chosen_items(self) -> list[Chosen]:
        """The items that were chosen. Raises Refused."""
        filled = [row.form for row in self.rows if row.form.words or row.form.chosen.data]
        if not filled:
            raise Refused("Choose what to share.", field="rows")
        return [row.found() for row in filled]

    def for_whom(self, viewer: Viewer) -> dict[str, Any]:
        """The contact and the opportunity that were chosen, or the name of a contact to be. Raises Refused."""
        typed = self.opportunity_id.data or ""
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
        contact_id = self._contact(viewer)
        newcomer = (self.contact.data or "") if contact_id is None else ""
        return {"contact_id": contact_id, "newcomer": newcomer, "opportunity_id": number}

    def _contact(self, viewer: Viewer) -> int | None:
        words = self.contact.data or ""
        if not words:
            return None
        if self.contact_id.data and contacts.contact_for(viewer, self.contact_id.data).name == words:
            return self.contact_id.data
        same = [row for row in contacts.options(viewer, words) if row.name.casefold() == words.casefold()]
        if len(same) == 1:
            return same[0].id
        if same:
            raise Refused("Several of your contacts have that name. Choose one from the list.", field="contact")
        self.is_unknown = True
        if not self.is_new.data:
            raise Refused("You have no contact of that name. Choose one, or tick that they are new.", field="contact")
        return None

    @property
    def values(self) -> dict[str, Any]:
        """The service's keyword arguments, without what is looked up first."""
        looked_up = {"rows", "contact", "contact_id", "is_new", "opportunity_id"}
        return {name: value for name, value in super().values.items() if name not in looked_up}


class RoomForm(ShareForm):
    """A new room: several items in order."""

    title = line("What the room is called", "They see it, like “For the handover at Almond Harbour”.", longest=120)


class AddForm(Form):
    """One more item for a room."""

    item = line(
        "Item",
        "Its title; the list helps.",
        render_kw={"data-pick": "/library/suggestions?for=outside", "data-into": "chosen"},
    )
    chosen = HiddenField()
    line = line("What you say of it", longest=300, optional=True)

    def found(self) -> Chosen:
        """The item that is meant. Raises Refused."""
        found = queries.item_or_none(self.item.data or "", (self.chosen.data or "")[:200])
        if found is None:
            raise Refused(NOT_HERE, field="item")
        return Chosen(found, self.line.data or "")


class SettingsForm(Behaviour):
    """How a link that is there behaves."""

    title = line("What the room is called", longest=120, optional=True)
    without_passcode = BooleanField("Open it without a passcode from now on")

    @classmethod
    def of(cls, share: Share, viewer: Viewer) -> "SettingsForm":
        """The form as the link stands."""
        form = cls(obj=share, expires_on=day_in(share.expires_at, viewer.zone))
        if not share.is_room:
            del form.title
        if share.passcode_hash is None:
            del form.without_passcode
        return form

    @property
    def values(self) -> dict[str, Any]:
        """The service's keyword arguments."""
        return {"without_passcode": False, **super().values}


def usual_end(today: date) -> date:
    """How long a link is good unless somebody says otherwise."""
    return today + USUAL
