"""The mails about offers to talk. They name a colleague, and never whom it is about."""

from flask import current_app

from portal.accounts.models import Person
from portal.jobs import services as jobs


def _send(to: Person, subject: str, lines: list[str], talk_id: int) -> None:
    config = current_app.extensions["portal_config"]
    link = f"{config.BASE_URL}/asking/talks/{talk_id}"
    text = "\n\n".join([f"Hello {to.name.split(' ')[0]},", *lines, link, config.FIRM_NAME])
    jobs.letter(to=to.email, subject=subject, text=text + "\n")


def offered(to: Person, *, by: str, talk_id: int) -> None:
    """Tell somebody that a colleague means to ask a person whom they asked too."""
    lines = [f"{by} is about to ask somebody whom you asked lately, or mean to ask, and would like a word first."]
    lines.append("They don't know that it is you. Whether they learn it is up to you:")
    _send(to, "A colleague would like a word before asking", lines, talk_id)


def accepted(to: Person, *, by: str, talk_id: int) -> None:
    """Tell who offered that somebody took it up."""
    lines = [f"{by} is the colleague who asked, or means to ask, the same person, and would be glad to talk."]
    _send(to, f"{by} would be glad to talk", [*lines, "What you two might settle is here:"], talk_id)
