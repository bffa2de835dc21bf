"""What is sent from a worksheet: all of it from a page, or what changed from a script."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from flask import request
from wtforms import HiddenField

from portal.errors import Refused
from portal.forms import Form
from portal.worksheets import definition
from portal.worksheets.definition import Flat, Section
from portal.worksheets.services import SavedSince

PREFIX = "a."
"""Before the place, in the names of a page's fields."""
UNKNOWN = "This page doesn't fit the worksheet any more. Reload it."


class FillForm(Form):
    """A whole worksheet, as its page sends it."""

    before = HiddenField()
    """What the page was opened with, by place, as JSON."""

    def __init__(self, sections: Sequence[Section]):
        super().__init__()
        self.sections = sections
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
        """Which button was pressed, and for which table or row: save, finish, add, remove."""
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
        return good and not self.wrong

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
        for place in sent:
            if verb == "remove" and place.startswith(row + "/"):
                sent[place] = ""
            elif place in request.form.getlist("take"):
                sent[place] = self.known.get(place, "")
        return sent


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
