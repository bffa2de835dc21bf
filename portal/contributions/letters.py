"""The mails about contributions."""

from flask import current_app

from portal.accounts.models import Person
from portal.insights.letters import send


def suggested(to: Person, *, title: str, by: str, note: str, contribution_id: int) -> None:
    """Tell an author that marketing suggests changes."""
    lines = [f"{by} read “{title}” and suggests some changes. Take or leave each of them.", *([note] if note else [])]
    send(to, f"Suggestions for “{title}”", lines, f"/contribute/{contribution_id}/suggestions")


def accepted(to: Person, *, title: str, by: str, contribution_id: int) -> None:
    """Tell an author that it goes into the library."""
    lines = [f"{by} took “{title}” into the library. You are told when it is published, with your name on it."]
    send(to, f"Taken: {title}", lines, f"/contribute/{contribution_id}")


def declined(to: Person, *, title: str, by: str, reason: str, contribution_id: int) -> None:
    """Tell an author that it isn't taken, and why."""
    lines = [f"{by} read “{title}”. It isn’t taken this time, for this reason:", reason]
    send(to, f"About “{title}”", lines, f"/contribute/{contribution_id}")


def published(to: Person, *, title: str, contribution_id: int, item_key: str) -> None:
    """Tell an author that everybody can read it."""
    base = current_app.extensions["portal_config"].BASE_URL
    lines = [f"“{title}” is in the library, with your name on it: {base}/library/{item_key}"]
    lines.append("This page shows what it leads to, and has words ready to pass on:")
    send(to, f"Published: {title}", lines, f"/contribute/{contribution_id}")
