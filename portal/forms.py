"""Forms: what was sent, well formed or explained beside its field."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from portal.db import db
from portal.errors import Refused

LINE = 200
TEXT = 20_000


class Form(FlaskForm):
    """The one form: `accepted()`, then a service inside `explaining_refusals()`, else render with `status`."""

    class Meta(FlaskForm.Meta):
        """How the form reads the request."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Read fields alone: JSON may hold anything, and pages don't send it to a form."""
            return None if request.is_json else super().wrap_formdata(form, formdata)

    form_errors: list[str]
    status = 200
    """200 for a form that is shown, 422 for one that is handed back. A form handed back commits nothing."""

    def accepted(self) -> bool:
        """Whether this form was sent and is well formed."""
        if not self.is_submitted():
            return False
        if self.validate():
            return True
        self.status = 422
        return False

    def validate(self, extra_validators: Any = None) -> bool:
        """Also refuse characters that no database keeps."""
        good = super().validate(extra_validators)
        for field in self:
            if any("\x00" in text for text in field.raw_data or [] if isinstance(text, str)):
                field.errors = [*field.errors, "This has a character in it that can't be kept. Type it again, please."]
                good = False
        return good

    @property
    def values(self) -> dict[str, Any]:
        """What was sent, without the form's own token: the service's keyword arguments."""
        return {name: value for name, value in self.data.items() if name not in {"csrf_token", "next"}}

    @contextmanager
    def explaining_refusals(self) -> Iterator[None]:
        """Put a refusal's words beside its field, or above the form, and undo what the service had touched."""
        try:
            yield
        except Refused as refusal:
            db.session.rollback()
            self.status = 422
            if refusal.field and refusal.field in self:
                self[refusal.field].errors = [*self[refusal.field].errors, refusal.message]
            else:
                self.form_errors = [*self.form_errors, refusal.message]


class Day(DateField):
    """A day, as browsers send it; says plainly when it isn't one."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what was typed, so that nothing is lost."""
        if not valuelist or not valuelist[0]:
            self.data = None
            return
        try:
            self.data = date.fromisoformat(valuelist[0])
        except ValueError:
            self.data = None
            raise ValueError("Give a day like 2026-03-31.") from None


def _stripped(value: str | None) -> str | None:
    return value.strip() if value else value


def _present(optional: bool, what: str) -> Any:
    return Optional(strip_whitespace=True) if optional else DataRequired(what)


def line(
    label: str,
    help: str = "",
    *,
    longest: int = LINE,
    optional: bool = False,
    need: str = "This is needed.",
    **given: Any,
) -> StringField:
    """One line of text."""
    checks = [
        _present(optional, need),
        Length(max=longest, message=f"Keep this under {longest} characters."),
        *given.pop("checks", []),
    ]
    return StringField(label, checks, description=help, filters=[_stripped], **given)


def text(
    label: str,
    help: str = "",
    *,
    longest: int = TEXT,
    optional: bool = False,
    need: str = "This is needed.",
    rows: int = 4,
    **given: Any,
) -> TextAreaField:
    """Several lines of text."""
    checks = [
        _present(optional, need),
        Length(max=longest, message=f"Keep this under {longest:,} characters."),
        *given.pop("checks", []),
    ]
    return TextAreaField(label, checks, description=help, filters=[_stripped], render_kw={"rows": rows}, **given)


def day(label: str, help: str = "", *, optional: bool = False, **given: Any) -> Day:
    """A day."""
    checks = [Optional()] if optional else [InputRequired("Choose a day.")]
    return Day(label, checks, description=help, **given)


def choice(
    label: str, choices: list[tuple[Any, str]], help: str = "", *, optional: bool = False, **given: Any
) -> SelectField:
    """One of several; a value that isn't offered is refused."""
    return SelectField(label, [_present(optional, "Choose one.")], choices=dict(choices), description=help, **given)


def record(label: str, help: str = "", *, suggestions: str, into: str, **given: Any) -> StringField:
    """One line that suggests records from an address while one types; the id of what was chosen goes into the hidden
    field `into`, which is a `chosen()`. The words alone are enough. The page loads js/picker.js."""
    field = line(label, help, **given)
    field.kwargs["render_kw"] = {"data-pick": suggestions, "data-into": into}
    return field


class Chosen(HiddenField):
    """The id of a record that was chosen; None where words alone were typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Anything but a plain number is no id."""
        typed = str(valuelist[0]) if valuelist else ""
        self.data = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else None


def chosen() -> Chosen:
    """The hidden half of a `record()`."""
    return Chosen()


class Whole:
    """Validator: a whole number in ASCII digits between two bounds, kept as int."""

    def __init__(self, least: int, most: int):
        self.least, self.most = least, most

    def __call__(self, form: Any, field: Any) -> None:
        """Turn the text into a number, or say what is wanted."""
        typed = "" if field.data is None else str(field.data).strip()
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 15 and self.least <= int(typed) <= self.most):
            raise ValidationError(f"Give a whole number between {self.least:,} and {self.most:,}.")
        field.data = int(typed)
