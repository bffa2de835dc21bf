"""What was understood, to be confirmed or changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectMultipleField

from portal.forms import Form, choice, chosen, day, line, record, text
from portal.network.labels import TOUCHES
from portal.network.models import TouchKind
from portal.quick_log.names import Known
from portal.quick_log.offers import LONGEST, Met, Offer
from portal.quick_log.phrases import Asked, Understood
from portal.quick_log.services import Told, Wanted
from portal.quick_log.whom import Who

ASKED = {Asked.NO: "Nothing", Asked.YES: "Yes, I asked", Asked.PLANNED: "Not yet, I mean to ask"}


NOT_OFFERED = "Choose one of these."


@dataclass(frozen=True)
class Choice:
    """Somebody who may be meant."""

    value: str
    name: str
    detail: str = ""


class LineForm(Form):
    """One line."""

    text = line("What happened?", longest=1000, need="Write a line about it, like “coffee with Dana Reed”.")


class ConfirmForm(Form):
    """A touch, with what was asked and what comes next."""

    key = HiddenField()
    typed = HiddenField()
    mail, phone = HiddenField(), HiddenField()
    pick = HiddenField()
    contact = record(
        "Who",
        "From your network, or somebody new.",
        suggestions="/network/suggestions",
        into="contact_id",
        optional=True,
    )
    contact_id = chosen()
    keep_new = BooleanField("Keep them as a new contact")
    others = SelectMultipleField("Who else was there", coerce=str, validate_choice=False)
    kind = choice(
        "How",
        [(kind, label) for kind, label in TOUCHES.items()],
        coerce=TouchKind,
        validate_choice=False,
        invalid_value_message=NOT_OFFERED,
    )
    happened_on = day("On which day")
    note = text("Note", "Only you see it.", longest=2000, optional=True, rows=2)
    asked = RadioField(
        "Did you ask for something?",
        choices=[SelectChoice(value, label) for value, label in ASKED.items()],
        coerce=Asked,
        default=Asked.NO,
        invalid_value_message=NOT_OFFERED,
    )
    organisation = line("Organisation", "Where they work. Your leader sees it on an ask.", optional=True)
    ask = text("The ask", "What exactly you ask for.", longest=2000, optional=True, rows=2)
    next_step = line("Next step", optional=True)
    next_on = day("On which day", "Today reminds you.", optional=True)

    @property
    def values(self) -> dict[str, Any]:
        """The service's keyword arguments: empty fields are empty texts."""
        given = self.data

        def words(name: str) -> str:
            return (given[name] or "")[:2000]

        return {
            "key": words("key"),
            "who": Who(
                words("contact"),
                given["contact_id"],
                words("pick"),
                given["keep_new"],
                words("mail"),
                words("phone"),
                words("organisation"),
            ),
            "others": given["others"] or [],
            "told": Told(given["kind"], given["happened_on"], words("note")),
            "wanted": Wanted(given["asked"], words("organisation"), words("ask"), words("next_step"), given["next_on"]),
        }

    @classmethod
    def of_line(cls, found: Understood, text: str, key: str) -> "ConfirmForm":
        """The form as a line was understood."""
        known = found.contact
        return cls(
            formdata=None,
            data={
                "key": key,
                "typed": text,
                "contact": (known.name if known else found.who)[:LONGEST],
                "contact_id": known.id if known else None,
                "pick": "",
                "keep_new": known is None and not found.candidates and bool(found.who),
                "others": [str(one.id) for one in found.others],
                "kind": found.kind,
                "happened_on": found.happened_on,
                "note": found.note,
                "asked": found.asked,
                "organisation": found.organisation[:LONGEST],
                "ask": found.ask,
                "next_step": found.next_step[:LONGEST],
                "next_on": found.next_on,
            },
        )

    @classmethod
    def of_offer(cls, offer: Offer, known: dict[Met, Known], key: str) -> "ConfirmForm":
        """The form as a file tells it: those who are known already come first."""
        people = sorted(offer.people, key=lambda one: one not in known)
        first = people[0] if people else Met()
        contact = known.get(first)
        return cls(
            formdata=None,
            data={
                "key": key,
                "typed": "",
                "mail": "" if contact else first.mail,
                "phone": "" if contact else first.phone,
                "contact": contact.name if contact else first.name,
                "contact_id": contact.id if contact else None,
                "keep_new": contact is None and bool(first.name),
                "others": [str(known[one].id) for one in people[1:] if one in known and known[one] != contact],
                "kind": offer.kind,
                "happened_on": offer.happened_on,
                "note": offer.note,
                "asked": Asked.NO,
                "organisation": offer.organisation or (contact.organisation if contact else ""),
            },
        )


def choices_of(found: Understood) -> list[Choice]:
    """Contacts that may be meant, where more than one may be, or none surely."""
    if found.contact is not None or not found.candidates:
        return []
    return [Choice(str(one.contact.id), one.contact.name, one.contact.organisation) for one in found.candidates]


def choices_in(offer: Offer, known: dict[Met, Known]) -> list[Choice]:
    """The people of a meeting or a mail, where there are several."""
    if len(offer.people) < 2:
        return []
    people = sorted(offer.people, key=lambda one: one not in known)[:8]
    return [
        Choice(str(known[one].id), known[one].name, known[one].organisation)
        if one in known
        else Choice(f"new:{one.mail}:{one.name}", one.name, one.mail or "New")
        for one in people
    ]


def others_of(people: Sequence[Known]) -> list[Choice]:
    """More contacts who were there."""
    return [Choice(str(one.id), one.name, one.organisation) for one in people]
