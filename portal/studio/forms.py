"""What editors send: claims of a pitch, how an item goes out, and which revisions to compare."""

from typing import Any

import wtforms
from wtforms import BooleanField, FieldList, FormField, HiddenField
from wtforms.validators import Optional

from portal.forms import Form, Whole, choice, day, line, text
from portal.library.labels import slug
from portal.message.models import ClaimKind
from portal.message.parts import AUDIENCES, NAMES

LONGEST_CLAIM = 1000
MOST_CLAIMS = 40


def _base() -> HiddenField:
    return HiddenField("The version you started from", [Whole(0, 1_000_000)], default="0")


class CompareForm(Form):
    """Two revisions, from the query string."""

    before = HiddenField("From", [Optional(), Whole(1, 1_000_000)])
    after = HiddenField("To", [Optional(), Whole(1, 1_000_000)])


class WordingsForm(wtforms.Form):
    """Other words for a claim, for one kind of listener; a field for each `Audience`."""

    chief_executive = text(AUDIENCES["chief-executive"], longest=LONGEST_CLAIM, optional=True, rows=2)
    finance = text(AUDIENCES["finance"], longest=LONGEST_CLAIM, optional=True, rows=2)
    technology = text(AUDIENCES["technology"], longest=LONGEST_CLAIM, optional=True, rows=2)
    general_counsel = text(AUDIENCES["general-counsel"], longest=LONGEST_CLAIM, optional=True, rows=2)
    referral_source = text(AUDIENCES["referral-source"], longest=LONGEST_CLAIM, optional=True, rows=2)


class ClaimForm(wtforms.Form):
    """One claim of a pitch."""

    key = HiddenField("Key")
    replaces = HiddenField("Stands for")
    wordings = FormField(WordingsForm)
    kind = choice("What it does", list(NAMES.items()))
    answer = text("What you answer", "Only where they hesitate.", longest=LONGEST_CLAIM, optional=True, rows=3)
    text = text("Words", longest=LONGEST_CLAIM, rows=3)

    def validate(self, extra_validators: Any = None) -> bool:
        """An objection has an answer, and nothing else has; a key that isn't one is made anew."""
        good = super().validate(extra_validators)
        if self.key.data != slug(self.key.data or ""):
            self.key.data = ""
        if "\x00" in f"{self.text.data}{self.answer.data}{self.wordings.data}":
            self.text.errors = ["This has a character in it that can't be kept. Type it again, please."]
            return False
        if (self.kind.data == ClaimKind.OBJECTION) != bool(self.answer.data):
            need = "Only an objection has an answer. Choose “When they hesitate”, or move these words."
            self.answer.errors = [need if self.answer.data else "Say what to answer."]
            return False
        return good


class Claims(FieldList):
    """Claims in the order of the page; field names that nobody's page has are passed over."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Any:
        for name in formdata:
            place = name[len(prefix) + 1 :].split("-", 1)[0] if name.startswith(f"{prefix}-") else ""
            if place.isascii() and place.isdigit() and len(place) < 4:
                yield int(place)


class PitchForm(Form):
    """A pitch: its claims in order, and what changed and why."""

    title = line("Title", "Like “The firm's pitch” or “The deals pitch”.")
    practice_key = choice("Whose pitch it is", [], optional=True)
    claims = Claims(FormField(ClaimForm), min_entries=1, max_entries=MOST_CLAIMS)
    change = text(
        "What changed, and why", "Practitioners read this on Today, beside the words that changed.", longest=600
    )
    is_major = BooleanField(
        "This is a major change",
        description="Those who are certified recite the changed part, besides practising its cards.",
    )
    recertify_by = day(
        "Certified again by", "The day by which those who are certified should have learned it.", optional=True
    )
    base_number = _base()
    draft_version = _base()
    do = HiddenField("Button", default="preview")

    def may_be_kept(self) -> bool:
        """Whether this can be a draft: it has a title, and nothing in it is too long or cannot be kept at all."""
        self.validate()
        half = {"This is needed.", "Say what to answer.", "Choose one."}
        parts = [field for part in self.claims for field in part.form]
        for field in (self.change, *parts):
            if field.type != "FormField":
                field.errors = [error for error in field.errors if error not in half]
        if any(field.errors for field in self if field.type != "Claims") or any(field.errors for field in parts):
            self.status = 422
        return self.status == 200

    @property
    def about_draft(self) -> dict[str, Any]:
        """What a draft keeps besides its claims and its version."""
        return {
            "title": self.title.data,
            "change": self.change.data or "",
            "is_major": self.is_major.data,
            "recertify_by": self.recertify_by.data,
            "base_number": self.base_number.data,
        }


class WithdrawForm(Form):
    """Why a version is taken back."""

    reason = text("Why it is withdrawn", "Everybody who learned it reads this.", longest=600)
