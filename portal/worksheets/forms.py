"""What is sent from a worksheet: all of it from a page, or what changed from a script."""

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from flask import request
from wtforms import HiddenField

from portal.errors import Refused
from portal.forms import Form, chosen
from portal.worksheets import definition
from portal.worksheets.definition import PICKERS, Flat, Section
from portal.worksheets.kinds import as_chosen
from portal.worksheets.services import SavedSince

PREFIX = "a."
"""Before the place, in the names of a page's fields."""
CHOSEN = "i."
"""The same for the hidden half of a picker, which has the record that was chosen."""
UNKNOWN = "This page doesn't fit the worksheet any more. Reload it."


class FillForm(Form):
    """A whole worksheet, as its page sends it."""

    before = HiddenField()
    """What the page was opened with, by place, as JSON."""

    def __init__(self, sections: Sequence[Section], linked: Container[str] = ()):
        super().__init__()
        self.sections = sections
        self.linked = linked
        """The rows that have become something; to remove one takes a second press."""
        self.answers: Flat = {}
        self.wrong: dict[str, str] = {}
        self.theirs: Flat = {}
        """Where another tab saved something else: what that is."""

    @property
    def known(self) -> Flat:
        """The answers that the page was opened with."""
        return definition.tidied(self.sections, texts(loaded(self.before.data or "")))

    @property
    def action(self) -> tuple[str, str]:
        """Which button was pressed, and for which place: save, finish, add, remove, remove-linked, still."""
        verb, _, place = request.form.get("do", "save").partition(":")
        return verb, place

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every answer against the worksheet's fields."""
        good = super().validate(extra_validators)
        try:
            self.answers, self.wrong = definition.checked(self.sections, self._sent())
        except KeyError:
            self.form_errors = [UNKNOWN]
            return False
        self.wrong |= self._asked_again()
        return good and not self.wrong

    def _asked_again(self) -> dict[str, str]:
        verb, place = self.action
        table, row, _ = definition.parts(place)
        if verb != "remove" or row not in self.linked:
            return {}
        return {
            table: "This row has become something, which stays when the row goes. "
            "Press Remove once more to take the row out."
        }

    @contextmanager
    def explaining_refusals(self) -> Iterator[None]:
        """Also keep what another tab saved, and say at which table there is too much."""
        with super().explaining_refusals():
            try:
                yield
            except SavedSince as since:
                self.theirs = since.theirs
                self.answers = since.answers | {place: self.answers[place] for place in since.theirs}
                raise
            except Refused as refusal:
                self.wrong = {refusal.field: refusal.message} if refusal.field else {}
                raise

    def _sent(self) -> Flat:
        sent = {name.removeprefix(PREFIX): text for name, text in request.form.items() if name.startswith(PREFIX)}
        verb, row = self.action
        is_removed = verb == "remove-linked" or (verb == "remove" and definition.parts(row)[1] not in self.linked)
        taken = set(request.form.getlist("take"))
        for place, text in sent.items():
            field = definition.at(self.sections, place)
            if is_removed and place.startswith(row + "/"):
                sent[place] = ""
            elif place in taken:
                sent[place] = self.known.get(place, "")
            elif field is not None and field.kind in PICKERS:
                sent[place] = as_chosen(field, text, request.form.get(CHOSEN + place, ""))
        return sent


class MoveForm(Form):
    """A move to the version that was looked at."""

    number = chosen()


def changes(body: Any, sections: Sequence[Section]) -> tuple[Flat, Flat, dict[str, str]]:
    """What a script sent: what it knew, what it says now, and by place what is wrong with it. Raises Refused."""
    sent = body.get("changes") if isinstance(body, dict) else None
    if not isinstance(sent, dict) or not isinstance(body.get("version"), int):
        raise Refused(UNKNOWN)
    pairs = {place: pair for place, pair in sent.items() if isinstance(pair, dict)}
    before = texts({place: pair.get("before") for place, pair in pairs.items()})
    after = texts({place: pair.get("after") for place, pair in pairs.items()})
    if len(after) < len(sent) or len(before) < len(sent):
        raise Refused(UNKNOWN)
    try:
        return definition.tidied(sections, before), *definition.checked(sections, after)
    except KeyError:
        raise Refused(UNKNOWN) from None


def texts(value: Any) -> Flat:
    """What in a JSON object is text."""
    return {place: text for place, text in value.items() if isinstance(text, str)} if isinstance(value, Mapping) else {}


def loaded(text: str | bytes) -> Any:
    """A JSON text from outside; None for anything that isn't one."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
