"""What is decided about an item on its way: when it goes out and ends, who answers for it, whether it still holds."""

from datetime import datetime, time, timedelta
from typing import Any

from wtforms import BooleanField, HiddenField, SelectMultipleField, TimeField
from wtforms.validators import AnyOf, Optional, Regexp

from portal import clock
from portal.errors import Refused
from portal.forms import Form, Whole, choice, chosen, day, record, text
from portal.publishing.moments import Chosen, moment_of
from portal.publishing.states import Act

MOST_AT_ONCE = 100
PRESSED = [act for act in Act if act not in {Act.PUBLISH, Act.SCHEDULE, Act.PASS_ON, Act.HOLD}]
"""What the page of an item's state has buttons for."""


class Hour(TimeField):
    """A time of the day, as browsers send it; says plainly when it isn't one."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep nothing of what is no time."""
        self.data = None
        if valuelist and valuelist[0]:
            try:
                self.data = time.fromisoformat(valuelist[0])
            except ValueError:
                raise ValueError("Give a time like 09:30.") from None


def _hour(label: str, help: str = "") -> Hour:
    return Hour(label, [Optional()], description=help)


def _owner() -> Any:
    return record(
        "Who answers for it",
        "They are reminded before its review date. Empty: marketing.",
        suggestions="/colleagues/suggestions",
        into="owner_id",
        optional=True,
    )


def moment(on: Any, at: Any, zone: str, *, field: str) -> Chosen:
    """The moment of a day and a time on the firm's clock. Raises Refused when half of it is missing."""
    if on is None or at is None:
        raise Refused("Give a day and a time.", field=field)
    try:
        return moment_of(on, at, zone)
    except (ValueError, OverflowError):
        raise Refused("That is too far away.", field=field) from None


def end(on: Any, at: Any, zone: str, *, field: str) -> Chosen | None:
    """When something ends: at a time, or with the day; nothing without a day."""
    if on is None:
        if at is not None:
            raise Refused("Say on which day.", field=field)
        return None
    try:
        return moment_of(on, at, zone) if at is not None else moment_of(on + timedelta(days=1), time(), zone)
    except (ValueError, OverflowError):
        raise Refused("That is too far away.", field=field) from None


class PublishForm(Form):
    """How an item goes out."""

    when = choice("Goes out", [("now", "Now"), ("later", "At a time, below")], default="now")
    at_day = day("Day it goes out", "Only for later.", optional=True)
    at_time = _hour("Time it goes out", "On the firm’s clock, to the minute.")
    expires_day = day(
        "Day it expires",
        "Readers and links then show that its time is over. Empty: it has no end.",
        optional=True,
    )
    expires_time = _hour("Time it expires", "Empty: at the end of that day.")
    review_on = day("Look at it again by", "The day by which somebody says whether it still holds.", optional=True)
    owner = _owner()
    owner_id = chosen()
    is_minor = BooleanField(
        "This is a minor change",
        description="A typo, say. Who has acknowledged it as a must-read isn’t asked again; without the tick they are.",
    )

    def goes_out(self, zone: str, planned: datetime | None = None) -> Chosen | None:
        """When, for later; nothing for now. Whoever gives a time other than the one that stood there, and leaves it at
        “now”, meant that time: it doesn't go out by accident. Raises Refused."""
        if self.when.data == "now":
            stood = self.shown("at", planned, clock.zone(zone))
            if (self.at_day.data, self.at_time.data) not in {(None, None), (stood.get("at_day"), stood.get("at_time"))}:
                raise Refused("You gave a day or a time, too. Choose “At a time, below”, or empty both.", field="when")
            return None
        return moment(self.at_day.data, self.at_time.data, zone, field="at_day")

    def ends(self, zone: str) -> Chosen | None:
        """When it expires."""
        return end(self.expires_day.data, self.expires_time.data, zone, field="expires_day")

    @staticmethod
    def shown(name: str, at: datetime | None, zone: Any) -> dict[str, object]:
        """A moment as the two fields have it."""
        if at is None:
            return {}
        local = at.astimezone(zone)
        return {f"{name}_day": local.date(), f"{name}_time": local.time()}


class ActForm(Form):
    """A press on the page of an item's state."""

    act = HiddenField("Act", [AnyOf([str(act) for act in PRESSED])])
    note = text("Note", longest=1000, optional=True, rows=2)
    review_on = day("Look at it again by", optional=True)
    until_day = day("Day it expires", optional=True)
    until_time = _hour("Time it expires")


class OwnerForm(Form):
    """Who answers for an item."""

    owner = _owner()
    owner_id = chosen()


class AbbreviationForm(Form):
    """An abbreviation, and the item in which somebody met it."""

    word = HiddenField("Abbreviation", [Regexp(r"[A-Z][A-Z0-9&]{1,5}\Z", message="That is no abbreviation.")])
    item_id = HiddenField("Item", [Optional(), Whole(1, 999_999_999)])


class HoldsForm(Form):
    """Which items still hold, and until when."""

    ids = SelectMultipleField("Items", [Optional()], coerce=str, validate_choice=False)
    review_on = day("Look at them again by")

    @property
    def numbers(self) -> list[int]:
        """The items' numbers. Raises Refused."""
        numbers = [number for typed in self.ids.data or [] if (number := _number_or_none(typed))]
        if not numbers:
            raise Refused("Tick the items that still hold.")
        if len(numbers) > MOST_AT_ONCE:
            raise Refused(f"Take at most {MOST_AT_ONCE} at once.")
        return sorted(set(numbers))


def _number_or_none(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else None


class UndoForm(Form):
    """What is taken back, as the page had it."""

    token = HiddenField("Token")
