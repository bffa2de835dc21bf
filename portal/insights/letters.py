"""The mails about requests and insights."""

from flask import current_app

from portal.accounts.models import Person
from portal.insights.models import ContentRequest, FieldInsight
from portal.jobs import services as jobs


def _send(to: Person, subject: str, lines: list[str], path: str) -> None:
    config = current_app.extensions["portal_config"]
    text = "\n\n".join([f"Hello {to.name.split(' ')[0]},", *lines, f"{config.BASE_URL}{path}", config.FIRM_NAME])
    jobs.letter(to=to.email, subject=subject, text=text + "\n")


def answered(to: Person, request: ContentRequest) -> None:
    """Tell somebody who wanted it that it is there, or why it won't be."""
    item = request.item
    lines = [request.answer] if request.answer else []
    if item is not None:
        lines = [f"There is something for you in the library now: “{item.title}”.", *lines]
    asks = "You asked for it: please say whether it is what you meant." if to.id == request.asked_by_id else ""
    _send(to, f"Answered: {request.title}", [*lines, *([asks] if asks else [])], f"/requests/{request.id}")


def declined(to: Person, request: ContentRequest) -> None:
    """Tell somebody who wanted it that nobody will write it, and why."""
    lines = ["Marketing will not write this. Their reason:", request.answer]
    _send(to, f"Not this time: {request.title}", lines, f"/requests/{request.id}")


def heard(insight: FieldInsight, to: Person) -> None:
    """Tell whoever sent an insight what comes of it."""
    lines = ["Thank you for what you sent. Marketing writes:", insight.answer]
    _send(to, "What you heard was read", lines, f"/insights/{insight.id}")
