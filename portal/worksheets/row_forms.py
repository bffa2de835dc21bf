"""What is asked before a row becomes something: filled from the row, to be confirmed."""

from collections.abc import Sequence
from datetime import date

from portal.forms import Form, choice, chosen, day, line, record, text
from portal.network.models import Contact, Relation, Tier, TouchKind
from portal.worksheets.queries import TableRow


def _labels(kinds: type[Relation] | type[Tier] | type[TouchKind]) -> list[tuple[str, str]]:
    return [(str(kind), str(kind).replace("-", " ").capitalize()) for kind in kinds]


def _nearest(kinds: type[Relation] | type[Tier], words: str, otherwise: str) -> str:
    """The kind that somebody's words mean, if they are its name."""
    asked = words.casefold().replace("-", " ").strip()
    return next((str(kind) for kind in kinds if str(kind).replace("-", " ") == asked), otherwise)


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None


class ContactForm(Form):
    """A new contact from a row, or the one it is already."""

    existing = choice("Do you keep them already?", [("", "No, keep a new contact")], optional=True)
    name = line("Name")
    organisation = line("Organisation", optional=True)
    relation = choice("How you know them", _labels(Relation))
    tier = choice("How close to keep them", _labels(Tier), "The closer, the sooner the portal suggests being in touch.")
    how_met = text("How you met", optional=True, rows=2, longest=2_000)
    cares_about = text("What they care about", optional=True, rows=2, longest=2_000)
    last_touch_on = day("Last in touch on", optional=True)

    @classmethod
    def of(cls, row: TableRow, alike: Sequence[Contact]) -> "ContactForm":
        """Filled from a row; contacts that it may mean are offered first."""
        cells = row.said
        form = cls(
            existing=str(alike[0].id) if alike else "",
            name=cells.get("name", "")[:200],
            organisation=cells.get("organisation", "")[:200],
            relation=_nearest(Relation, cells.get("relation", ""), Relation.ASSOCIATE),
            tier=_nearest(Tier, cells.get("tier", ""), Tier.MIDDLE),
            how_met=cells.get("how_met", "")[:2_000],
            cares_about=cells.get("cares_about", "")[:2_000],
            last_touch_on=_day(row.cells.get("last_touch", "")),
        )
        if alike:
            offers = {str(one.id): f"{one.name}, {one.organisation}".strip(", ") for one in alike}
            form.existing.choices = offers | {"": "No, keep a new contact"}
        else:
            del form.existing
        return form

    @property
    def values(self) -> dict[str, object]:
        """The id of the contact that it is already, or the facts of a new one."""
        given = super().values
        existing = str(given.pop("existing", "") or "")
        return {"existing": int(existing) if existing else None, "last_touch": given.pop("last_touch_on")} | given


class ReminderForm(Form):
    """A next step and its day."""

    what = line("What you will do", longest=300)
    due_on = day("On")

    @classmethod
    def of(cls, row: TableRow, today: date) -> "ReminderForm":
        """Filled from a row."""
        return cls(what=row.to_do[:300], due_on=_day(row.cells.get("on") or row.cells.get("next_on", "")))


class TouchForm(Form):
    """A conversation with a contact."""

    contact = record("With", "One of your contacts.", suggestions="/network/suggestions", into="contact_id")
    contact_id = chosen()
    kind = choice("How", [pair for pair in _labels(TouchKind) if pair[0] != TouchKind.ASK])
    happened_on = day("On")
    note = text("What came of it", optional=True, rows=4, longest=5_000)

    @classmethod
    def of(cls, row: TableRow, today: date) -> "TouchForm":
        """Filled from a row."""
        return cls(
            contact=row.said.get("contact", "")[:200],
            contact_id=row.ids.get("contact_id"),
            kind=TouchKind.MEETING,
            happened_on=_day(row.cells.get("happened_on", "")) or today,
            note=row.said.get("note", "")[:5_000],
        )

    @property
    def values(self) -> dict[str, object]:
        """The words of the contact are for the page alone."""
        return {name: value for name, value in super().values.items() if name != "contact"}


class MoveReminderForm(Form):
    """Another day."""

    due_on = day("Another day")
