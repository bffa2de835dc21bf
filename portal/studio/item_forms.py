"""What editors send of an item."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import wtforms
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    MultipleFileField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from portal.editing import sheets
from portal.editing.sheets import ABOUT, FACT, FACT_LABELS, LABELS, Sheet
from portal.forms import Form, Whole, choice, chosen, day, line, text
from portal.library.kinds import FACTS, LONGEST_FACT, LONGEST_TEXT, Kind
from portal.library.labels import KINDS
from portal.studio.forms import Claims

MOST_AUTHORS = 40
_KINDS = [(str(kind), name) for kind, name in KINDS.items()]
_CHOICES = {fact.key: fact.choices for facts in FACTS.values() for fact in facts if fact.choices}


def _base() -> HiddenField:
    return HiddenField("The version you started from", [Whole(0, 1_000_000)], default="0")


def _values(label: str) -> Any:
    return line(label, "Separated by commas.", longest=400, optional=True)


def _source(*checks: Any) -> TextAreaField:
    """The text, with every space and line that was typed: in Markdown they mean something."""
    fits = Length(max=LONGEST_TEXT, message=f"Keep this under {LONGEST_TEXT:,} characters.")
    return TextAreaField("Text", [*checks, fits], render_kw={"rows": 24})


class FactsForm(Form):
    """The facts of every kind; the page shows those of the chosen one, and carries the others along."""

    kind = choice("Kind", _KINDS)

    @property
    def chosen_kind(self) -> Kind:
        """The kind whose facts are shown."""
        return Kind(self.kind.data) if self.kind.data in KINDS else Kind.CASE_STUDY

    @property
    def facts_of_kind(self) -> Iterator[tuple[Any, Any]]:
        """What the chosen kind tells besides its text, each with its field."""
        return ((fact, self[f"{FACT}{fact.key}"]) for fact in FACTS[self.chosen_kind])

    @property
    def other_facts(self) -> Iterator[Any]:
        """The fields of other kinds' facts that have something in them: choosing that kind again shows them."""
        own = {fact.key for fact in FACTS[self.chosen_kind]}
        return (self[f"{FACT}{key}"] for key in FACT_LABELS if key not in own and self[f"{FACT}{key}"].data)

    @property
    def sheet(self) -> Sheet:
        """Everything that was typed, by field."""
        return sheets.filled({name: self._typed(name) for name in LABELS if name in self})

    def _typed(self, name: str) -> str:
        field = self[name]
        if isinstance(field, FieldList):
            return sheets.authors_said((row.form["name"].data or "", row.person.data) for row in field)
        if isinstance(field, BooleanField):
            return "yes" if field.data else ""
        return field.data.isoformat() if hasattr(field.data, "isoformat") else str(field.data or "")


for _key, _label in FACT_LABELS.items():
    if _key in _CHOICES:
        _field: Any = choice(_label, [("", "Not said"), *_CHOICES[_key].items()], optional=True, default="")
    else:
        _field = StringField(_label, [Length(max=LONGEST_FACT, message=f"Keep this to {LONGEST_FACT} characters.")])
    setattr(FactsForm, f"{FACT}{_key}", _field)


class PreviewForm(FactsForm):
    """As much of an item as the preview needs; a half-written one is welcome."""

    title = line("Title", optional=True)
    summary = text("Summary", longest=400, optional=True)
    source = _source()


class AuthorForm(wtforms.Form):
    """One author: a colleague from the list, or somebody else by name."""

    name = StringField("Author")
    person = chosen()


class EditorForm(FactsForm):
    """An item: its text, where it is filed, and what changed."""

    title = line("Title", "What a colleague would call it. The address is made from it once.")
    summary = text("Summary", "Two sentences for the list: what happened, and what is in it.", longest=400, rows=3)
    source = _source(DataRequired("This is needed."))
    discipline = _values("Disciplines")
    practice = _values("Practices")
    industry = _values("Industries")
    service = _values("Services")
    stage = _values("Stages")
    audience = _values("Audiences")
    claim = line(
        "Words of a pitch",
        "Parts that this text uses, like firm/opener, separated by commas.",
        longest=400,
        optional=True,
    )
    review_on = day("Review by", "The day by which somebody should look at it again.", optional=True)
    is_internal = BooleanField("For colleagues only", description="No link to it ever leaves the firm.")
    authors = Claims(FormField(AuthorForm), label="Authors", max_entries=MOST_AUTHORS)
    change = line("What changed", "For the history; readers don’t see it.", optional=True)
    base_number = _base()
    base_about = HiddenField("What was known of the item")
    copy_version = _base()
    do = HiddenField("Button", [AnyOf(["save", "publish", "preview", "fields"])], default="save")

    @property
    def known_about(self) -> dict[str, str]:
        """What the page knew of the item itself when it was opened."""
        try:
            known = json.loads(self.base_about.data or "{}")
        except ValueError:
            known = {}
        known = known if isinstance(known, dict) else {}
        return {name: str(known.get(name) or "") for name in ABOUT}

    def may_be_kept(self) -> bool:
        """Whether this can be a draft, however little of it is written yet: it has a title, and all of it fits."""
        self.validate()
        wrong = [error for field in self if field.name != "title" for error in field.errors]
        return not self.title.errors and set(wrong) <= {"This is needed.", "Choose one."}

    def carried(self, written: Sequence[str]) -> Iterator[tuple[str, str]]:
        """All that the page has no field of its own for, as it is sent."""
        sheet = self.sheet
        yield from ((name, value) for name, value in sheet.items() if value and name not in {*written, "authors"})
        for place, (name, person) in enumerate(sheets.authors_of(sheet["authors"])):
            yield f"authors-{place}-name", name
            yield f"authors-{place}-person", str(person or "")

    def begin_with(self, number: int, sheet: Sheet) -> None:
        """Remember what this page began with."""
        self.base_number.data = number
        self.base_about.data = json.dumps({name: sheet[name] for name in ABOUT})


def as_typed(sheet: Sheet) -> dict[str, Any]:
    """A sheet as the form's fields take it."""
    authors = [{"name": name, "person": number} for name, number in sheets.authors_of(sheet["authors"])]
    review_on = date.fromisoformat(sheet["review_on"]) if sheet["review_on"] else None
    return {**sheet, "authors": authors, "is_internal": bool(sheet["is_internal"]), "review_on": review_on}


class RenameForm(Form):
    """What a file is called where it is downloaded."""

    name = line("Name", longest=120)


class ImportForm(Form):
    """Files that become items."""

    file = MultipleFileField(
        "Files",
        [InputRequired("Choose a file first.")],
        description="Word documents (.docx), content files (.md), or archives of them (.zip).",
        render_kw={"accept": ".docx,.md,.zip"},
    )
    revise = BooleanField(
        "A content file called like an item becomes a new draft of it",
        description="Otherwise it becomes an item of its own. Either way readers see nothing of it until you publish.",
        default=True,
    )
