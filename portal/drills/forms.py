"""What is sent while practising."""

from datetime import UTC, datetime
from typing import Any

from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from portal import forms
from portal.drills.asking import Given
from portal.drills.field_models import Asked, Went
from portal.drills.schedule import LEAST_RETENTION, MOST_RETENTION
from portal.drills.services import Sent
from portal.errors import Refused
from portal.forms import Form, Whole

KEY = Length(min=8, max=64, message="Open the card again, then answer it.")
MOST_SENT = 200
MOST_PARTS = 8
ASKED = {
    Asked.CLIENT: "A client",
    Asked.PROSPECT: "Somebody who might become one",
    Asked.CONTACT: "Somebody I know",
    Asked.COLLEAGUE: "A colleague",
    Asked.STRANGER: "Somebody I had just met",
}
WENT = {Went.LANDED: "It landed", Went.SO_SO: "So-so", Went.FUMBLED: "I fumbled it"}


class ProgressForm(Form):
    """How far a session has come."""

    done = HiddenField("Cards answered", [Optional(), Whole(0, 1000)])

    @property
    def so_far(self) -> int:
        """How many cards the session has had; none when that isn't said."""
        return self.done.data if isinstance(self.done.data, int) else 0


class AnswerForm(ProgressForm):
    """How well somebody knew a card. `key` is made by the page, so that an answer sent twice counts once."""

    card = HiddenField("Card", [Whole(1, 999_999_999)])
    rating = StringField("How well you knew it", [Whole(1, 4)])
    key = HiddenField("Key", [KEY])

    @property
    def answer(self) -> dict[str, Any]:
        """What the service takes."""
        return {"card": self.card.data, "rating": self.rating.data, "key": self.key.data}


class CheckForm(ProgressForm):
    """An answer that the portal looks at: a place for each part, or words. Checking keeps nothing."""

    card = HiddenField("Card", [Whole(1, 999_999_999)])
    said = TextAreaField("Your answer", [Optional(), Length(max=2000, message="Keep this under 2,000 characters.")])

    @property
    def places(self) -> tuple[int, ...]:
        """The place of each part, in the order shown; 0 where none was chosen."""
        given = self._given()
        return tuple(int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0 for text in given)

    @property
    def given(self) -> Given:
        """The answer."""
        return Given(places=self.places, said=self.said.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        """Also want every part placed, each in a place of its own, or some words."""
        good = super().validate(extra_validators)
        if good and self._given() and (0 in self.places or len(set(self.places)) < len(self.places)):
            self.form_errors = ["Give every part a place, and each a different one."]
        elif good and not self._given() and not (self.said.data or "").strip():
            self.said.errors = ["Write what you would say, in a sentence or two."]
        return good and not self.errors

    def _given(self) -> list[str]:
        sent = getattr(self, "_sent", None)
        return sent.getlist("place")[:MOST_PARTS] if sent is not None else []

    def __init__(self, sent: Any = None, **given: Any):
        self._sent = sent
        super().__init__(sent, **given)


class SettingsForm(Form):
    """How many cards of a hundred somebody wants to keep in mind."""

    retention = IntegerField(
        "How much to keep in mind",
        [InputRequired("Choose a number from 80 to 95."), Whole(LEAST_RETENTION, MOST_RETENTION)],
        description="Cards of a hundred that you still know when they come up: 80 to 95. More means more cards a day.",
    )


class FieldEventForm(Form):
    """What somebody reports from a real conversation."""

    claim_key = forms.choice("What did you say?", [])
    asked = forms.choice("Who asked?", list(ASKED.items()))
    went = StringField("How did it go?", [Regexp("|".join(WENT), message="Choose how it went.")])
    note = forms.text("What did they react to?", "Only you see this.", longest=500, optional=True, need="", rows=2)
    at = HiddenField("When", [Optional(), Length(max=40)])
    key = HiddenField("Key", [Length(min=8, max=64, message="Open this page again, then send it.")])

    @property
    def report(self) -> dict[str, Any]:
        """What the service takes."""
        sent = {**self.values, "note": self.note.data or "", "at": moment_or_none(self.at.data)}
        return {**sent, "asked": Asked(sent["asked"]), "went": Went(sent["went"])}


class KeyForm(Form):
    """A press that may be sent twice."""

    key = HiddenField("Key", [Length(min=8, max=64, message="Open this page again, then press.")])


class ChoiceForm(Form):
    """What somebody says next in a conversation."""

    place = HiddenField("Place", [Whole(0, 200)])
    choice = HiddenField("What you say", [Whole(0, 10)])


def sent_answers(body: Any) -> list[Sent]:
    """Answers that a device kept while there was no network. Raises Refused."""
    answers = body.get("answers") if isinstance(body, dict) else None
    if not isinstance(answers, list) or len(answers) > MOST_SENT:
        raise Refused(f"Send up to {MOST_SENT} answers at a time.")
    return [_sent(answer) for answer in answers]


def moment_or_none(said: Any) -> datetime | None:
    """A moment as a device says it; None when it makes no sense, or no time zone."""
    try:
        found = datetime.fromisoformat(said)
        return found.astimezone(UTC) if found.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        return None


def _sent(answer: Any) -> Sent:
    given = answer if isinstance(answer, dict) else {}
    most = {"card": 999_999_999, "version": 999_999, "rating": 4}
    card, version, rating = (_whole(given.get(name), limit) for name, limit in most.items())
    key = given.get("key")
    if not (card and version and rating):
        raise Refused("An answer was damaged on its way: it needs a card, its version and a rating from 1 to 4.")
    if not (isinstance(key, str) and 8 <= len(key) <= 64 and key.isascii() and key.isprintable()):
        raise Refused("An answer was damaged on its way: it needs a key of 8 to 64 characters.")
    return Sent(card, version, rating, key, moment_or_none(given.get("at")))


def _whole(given: Any, most: int) -> int:
    """A whole number from 1 to `most`; 0 for anything else."""
    return given if type(given) is int and 1 <= given <= most else 0
