"""What is sent about contacts."""

import re
import secrets
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from portal.forms import Form, Whole, choice, chosen, day, line, record, text
from portal.network import channels as ways
from portal.network.labels import RELATIONS, TIERS, TOUCHES
from portal.network.many import LONGEST_TAG, MOST_TAGS
from portal.network.models import Channel, ChannelKind, Contact, Digest, Relation, Tier, TouchKind

NOT_OFFERED = "Choose one of these."
FIELDS = {
    ChannelKind.MAIL: "mails",
    ChannelKind.PHONE: "phones",
    ChannelKind.WEB: "web",
    ChannelKind.POST: "post",
}
"""In which field each kind of channel is typed."""


def _options(labels: Any) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


class Days(IntegerField):
    """A number of days, or nothing; keeps what was typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Only ASCII digits are a number."""
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 4 and 1 <= int(typed) <= 3650):
            raise ValueError("Give a number of days between 1 and 3,650, or leave it empty.")
        self.data = int(typed)


def _days(label: str, help: str = "") -> Days:
    return Days(label, [Optional()], description=help, render_kw={"inputmode": "numeric"})


class ContactForm(Form):
    """Somebody whom one knows."""

    name = line("Name", need="Say who it is.")
    organisation = line("Organisation", "Where they work.", optional=True)
    position = line("Position", "What they do there, like “Finance director”.", optional=True)
    client = record(
        "Client of the firm",
        "If they work for one: choose it from the list.",
        suggestions="/clients/suggestions",
        into="client_id",
        optional=True,
    )
    client_id = chosen()
    is_shown_at_client = BooleanField("The client’s page may say that I know them")
    relation = choice(
        "How you know them",
        list(RELATIONS.items()),
        coerce=Relation,
        default=Relation.ASSOCIATE,
        invalid_value_message=NOT_OFFERED,
    )
    tier = choice(
        "How close",
        list(TIERS.items()),
        "The circle sets how often the portal suggests being in touch.",
        coerce=Tier,
        default=Tier.MIDDLE,
        invalid_value_message=NOT_OFFERED,
    )
    rhythm_days = _days("A rhythm of their own, in days", "Only where the circle’s rhythm does not fit.")
    mails = text("Mail addresses", "One a line.", longest=2000, optional=True, rows=2)
    phones = text("Phone numbers", "One a line.", longest=1000, optional=True, rows=2)
    web = text("On the web", "Profiles and sites, one a line.", longest=2000, optional=True, rows=2)
    post = text("Postal address", longest=500, optional=True, rows=2)
    cares_about = text(
        "What they care about",
        "Topics, plans, worries. The portal looks for something to send by these words.",
        longest=2000,
        optional=True,
        rows=2,
    )
    how_met = text("How you met", longest=1000, optional=True, rows=2)
    tags = line("Tags", "Words of your own, with commas between them, like “choir, energy”.", optional=True)
    notes = text("Notes", "Only you ever see these.", longest=10_000, optional=True, rows=4)

    def validate_mails(self, field: Any) -> None:
        """Every line is a mail address."""
        wrong = [mail for mail in (field.data or "").split("\n") if mail.strip() and not _is_mail(mail.strip())]
        if wrong:
            raise ValidationError(f"“{wrong[0].strip()[:80]}” is no mail address. Write one a line.")

    def validate_tags(self, field: Any) -> None:
        """A handful of short words."""
        tags = tags_in(field.data or "")
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            raise ValidationError(f"Keep it to {MOST_TAGS} tags of at most {LONGEST_TAG} letters.")

    def validate_phones(self, field: Any) -> None:
        """Not more ways to reach somebody than a page can show."""
        if len(self.channels) > ways.MOST:
            raise ValidationError(f"Keep it to {ways.MOST} ways to reach somebody.")

    @property
    def channels(self) -> list[tuple[ChannelKind, str]]:
        """The ways to reach them."""
        return [pair for kind, name in FIELDS.items() for pair in ways.parsed(kind, self[name].data or "")]

    @property
    def values(self) -> dict[str, Any]:
        """The service's keyword arguments; the client is looked up by the route."""
        given = {name: value for name, value in super().values.items() if name not in FIELDS.values()}
        texts = {name: value or "" for name, value in given.items() if isinstance(self[name], StringField)}
        texts.pop("client_id")
        return given | texts | {"tags": tags_in(given["tags"] or ""), "channels": self.channels}


def _is_mail(text: str) -> bool:
    return bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text))


def tags_in(text: str) -> list[str]:
    """The tags that somebody typed, each once."""
    found = (re.sub(r"\s+", " ", tag).strip() for tag in text.replace(";", ",").split(","))
    return list({tag.casefold(): tag for tag in found if tag}.values())


class AddForm(ContactForm):
    """A new contact, and when one was last in touch."""

    last_on = day(
        "When were you last in touch?", "Roughly is fine. Leave it empty for “not in a long time”.", optional=True
    )


class EditForm(ContactForm):
    """A contact, corrected."""

    version = HiddenField(validators=[Whole(1, 10**9)])

    @classmethod
    def of(cls, contact: Contact, channels: list[Channel]) -> "EditForm":
        """The form as the contact stands now."""
        typed = {name: "\n".join(row.value for row in channels if row.kind == kind) for kind, name in FIELDS.items()}
        facts = ("name", "organisation", "position", "relation", "tier", "rhythm_days", "cares_about", "how_met")
        return cls(
            **{name: getattr(contact, name) for name in facts},
            **typed,
            notes=contact.notes,
            tags=", ".join(contact.tags),
            client=contact.client.name if contact.client else "",
            client_id=contact.client_id,
            is_shown_at_client=contact.is_shown_at_client,
            version=str(contact.version),
        )

    def start_from(self, contact: Contact) -> None:
        """Build on what is there now: the page that is handed back shows it."""
        self.version.data = str(contact.version)


def new_key() -> str:
    """A key for what may be sent twice."""
    return secrets.token_urlsafe(12)


class TouchForm(Form):
    """That two people were in touch."""

    kind = RadioField(
        "What was it?",
        choices=_options(TOUCHES),
        coerce=TouchKind,
        default=TouchKind.MEETING,
        invalid_value_message=NOT_OFFERED,
    )
    happened_on = day("On which day")
    note = line("In a line", "What you talked about, what you promised. Only you see it.", longest=2000, optional=True)
    key = HiddenField(
        default=new_key, validators=[InputRequired("Open this page again."), Length(8, 64, "Open this page again.")]
    )

    @property
    def values(self) -> dict[str, Any]:
        """The service's keyword arguments."""
        given = super().values
        return given | {"note": given["note"] or ""}


class ShareForm(Form):
    """To whom a contact is shown."""

    colleague = record(
        "Colleague",
        "Choose somebody from the list, or write their mail address.",
        suggestions="/colleagues/suggestions",
        into="colleague_id",
        need="Say whom you show it to.",
    )
    colleague_id = chosen()
    note = text(
        "What you say to them", "Why you show it, and what they may do with it.", longest=1000, optional=True, rows=3
    )


class SettingsForm(Form):
    """How often, and how one is told."""

    inner_days = _days("Inner circle")
    middle_days = _days("Middle circle")
    outer_days = _days("Outer circle")
    digest = RadioField(
        "A mail that says whom to be in touch with",
        choices=[
            SelectChoice(Digest.WEEKLY, "Once a week, on Monday"),
            SelectChoice(Digest.DAILY, "Once a day"),
            SelectChoice(Digest.NONE, "None"),
        ],
        coerce=Digest,
        default=Digest.WEEKLY,
        invalid_value_message=NOT_OFFERED,
    )
