"""What is sent about credit."""

import re
from collections.abc import Iterable
from typing import Any

from wtforms import FieldList, FormField, HiddenField, RadioField, SelectChoice, StringField
from wtforms import Form as Part
from wtforms.validators import Length

from portal.credit.wording import ROLES
from portal.forms import Form, Whole, choice, text
from portal.pipeline.shares import WHOLE, CreditRole, Holder, Shares, evenly, in_order, said

MOST_ROWS = 12
NOT_A_SHARE = "Give a share like 30 or 33.33."


class Percent(StringField):
    """A share in percent with up to two decimals, kept in points."""

    points: int | None = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what was typed, so that nothing is lost."""
        self.data = str(valuelist[0]).strip()[:20] if valuelist else ""
        found = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?", self.data, flags=re.ASCII)
        if self.data and not found:
            raise ValueError(NOT_A_SHARE)
        if found:
            self.points = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
            if not 0 < self.points <= WHOLE:
                raise ValueError("A share is more than 0 and at most 100 percent.")

    def put(self, points: int) -> None:
        """Show a share."""
        self.points, self.data = points, typed(points)
        self.errors: list[str] = []


def typed(points: int) -> str:
    """A share as somebody would type it."""
    return said(points).removesuffix("%")


class ShareRow(Part):
    """One share: as what, who, how much."""

    role = choice("As", list(ROLES.items()), coerce=CreditRole, optional=True)
    who = StringField("Who", [Length(max=200, message="Keep this under 200 characters.")])
    chosen = HiddenField()
    percent = Percent("Percent")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said in this row."""
        return not (self.who.data or "").strip() and not self.percent.data


class Rows(FieldList):
    """Shares in the order of the page; field names that nobody's page has are passed over."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Any:
        for name in formdata:
            place = name[len(prefix) + 1 :].split("-", 1)[0] if name.startswith(f"{prefix}-") else ""
            if place.isascii() and place.isdigit() and len(place) < 4:
                yield int(place)


class SharesForm(Form):
    """How credit is shared: rows that are a hundred percent together."""

    rows = Rows(FormField(ShareRow), max_entries=MOST_ROWS)
    reason = text("Why", "Everybody who is named reads this.", longest=600, rows=2)
    version = HiddenField(validators=[Whole(0, 10**6)])
    act = HiddenField(default="keep")

    @classmethod
    def of(cls, shares: Shares, names: dict[Holder, str], version: int) -> "SharesForm":
        """The form as the shares stand."""
        form = cls(version=str(version), rows=[_shown(each, names[each], shares[each]) for each in in_order(shares)])
        if not form.is_submitted():
            form.add_row()
        return form

    @property
    def filled(self) -> list[ShareRow]:
        """The rows that say something."""
        return [row.form for row in self.rows if not row.form.is_empty]

    def add_row(self) -> None:
        """Offer one more row."""
        if len(self.rows) < MOST_ROWS:
            self.rows.append_entry({"role": CreditRole.SOURCE, "who": "", "chosen": "", "percent": ""})

    def share_evenly(self) -> None:
        """Put equal shares into the rows that name somebody."""
        named = [row for row in self.filled if (row.who.data or "").strip()]
        for row, points in zip(named, evenly(len(named)), strict=True):
            row.percent.put(points)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a hundred percent, and the form says by how much it is off."""
        good = super().validate(extra_validators)
        return self._check_rows() and good

    def _check_rows(self) -> bool:
        good = True
        for row in self.filled:
            if "\x00" in f"{row.who.data}{row.chosen.data}":
                row.who.errors = ["This has a character in it that can't be kept. Type it again, please."]
            elif not (row.who.data or "").strip():
                row.who.errors = ["Say who."]
            elif row.role.data is None:
                row.role.errors = ["Choose one."]
            elif not row.percent.data:
                row.percent.errors = [NOT_A_SHARE]
            good = good and not row.who.errors and not row.percent.errors and not row.role.errors
        off = sum(row.percent.points or 0 for row in self.filled) - WHOLE
        if good and off:
            self.form_errors = [*self.form_errors, said_off(off)]
        return good and not off

    def begin_from(self, version: int) -> None:
        """Build on what is there now: the page that is handed back shows it."""
        self.version.data = str(version)


def said_off(off: int) -> str:
    """By how much shares miss a hundred percent."""
    total, by = said(WHOLE + off), said(abs(off))
    return f"These add up to {total}: {by} {'too much' if off > 0 else 'are missing'}."


def _shown(holder: Holder, name: str, points: int) -> dict[str, Any]:
    return {"role": holder.role, "who": name, "chosen": token(holder), "percent": typed(points)}


def token(holder: Holder) -> str:
    """How a page names whom somebody chose."""
    return f"person-{holder.person_id}" if holder.person_id else f"item-{holder.item_key}"


class WordsForm(Form):
    """What somebody says in a dispute."""

    words = text("In your words", "Everybody who is named reads this.", longest=2000)
    version = HiddenField(validators=[Whole(0, 10**6)], default="0")


class DecideForm(SharesForm):
    """A decision, with a correction or without."""

    reason = text("Your decision, and why", "Everybody who is named reads this.", longest=2000)
    outcome = RadioField(
        "What follows",
        choices=[SelectChoice("stay", "The shares stay as they are"), SelectChoice("change", "The shares change")],
        default="stay",
        invalid_value_message="Choose one of these.",
    )
    dispute_version = HiddenField(validators=[Whole(0, 10**6)])

    def _check_rows(self) -> bool:
        return self.outcome.data != "change" or super()._check_rows()


def row_errors(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """What is wrong in the rows, each with the field it belongs to."""
    return [(field.id, field.errors[0]) for row in rows for field in row.form if field.errors]
