"""The letters of this room: one reminder of each must-read, and the answer to a comment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import current_app

from portal.jobs import services as jobs


def _send(email: str, name: str, subject: str, lines: list[str], path: str) -> None:
    config = current_app.extensions["portal_config"]
    address = config.BASE_URL.rstrip("/")
    off = f"No such letters: {address}/library/new-for-you#settings"
    text = "\n\n".join([f"Hello {name.split(' ')[0]},", *lines, f"{address}{path}", off, config.FIRM_NAME])
    jobs.letter(to=email, subject=subject, text=text + "\n")


@dataclass(frozen=True)
class ToRead:
    """One item that somebody is reminded of."""

    title: str
    key: str
    minutes: int
    until_on: date

    @cached_property
    def takes(self) -> str:
        """In words."""
        return "a minute" if self.minutes == 1 else f"{self.minutes} minutes"

    @cached_property
    def until(self) -> str:
        """In words."""
        return f"{self.until_on.day} {self.until_on:%B %Y}"


def remind(email: str, name: str, items: Sequence[ToRead]) -> None:
    """Remind somebody of what they are asked to read; it comes once for each item, and in one letter for all."""
    first = items[0]
    if len(items) == 1:
        lines = [f"we asked everybody concerned to read “{first.title}”, and to say so at its end."]
        lines[0] += f" It takes {first.takes}."
        lines.append(f"It is asked until {first.until}. This is the only reminder.")
        _send(email, name, f"To read: {first.title}", lines, f"/library/{first.key}")
        return
    lines = [f"we asked everybody concerned to read these {len(items)}, and to say so at the end of each."]
    lines.append("\n".join(f"- “{item.title}”, {item.takes}, until {item.until}" for item in items))
    lines.append("This is the only reminder. You find them all here:")
    subject = f"To read: {first.title}, and {len(items) - 1} more"
    _send(email, name, subject, lines, "/library/must-read")


def answered(email: str, name: str, *, by: str, title: str, key: str, comment_id: int, answer: str) -> None:
    """Tell somebody that what they asked or added was answered."""
    lines = [f"{by} answered what you wrote about “{title}”:", answer]
    _send(email, name, f"An answer about {title}", lines, f"/library/{key}#comment-{comment_id}")
