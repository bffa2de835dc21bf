"""The letters of this room: one reminder of a must-read, and the answer to a comment."""

from flask import current_app

from portal.jobs import services as jobs


def _send(email: str, name: str, subject: str, lines: list[str], path: str) -> None:
    config = current_app.extensions["portal_config"]
    address = config.BASE_URL.rstrip("/")
    off = f"No such letters: {address}/library/new-for-you#settings"
    text = "\n\n".join([f"Hello {name.split(' ')[0]},", *lines, f"{address}{path}", off, config.FIRM_NAME])
    jobs.letter(to=email, subject=subject, text=text + "\n")


def remind(email: str, name: str, *, title: str, key: str, minutes: int, until: str) -> None:
    """Remind somebody of an item that they are asked to read; it comes once."""
    takes = "a minute" if minutes == 1 else f"{minutes} minutes"
    lines = [f"we asked everybody concerned to read “{title}”, and to say so at its end. It takes {takes}."]
    lines.append(f"It is asked until {until}. This is the only reminder.")
    _send(email, name, f"To read: {title}", lines, f"/library/{key}")


def answered(email: str, name: str, *, by: str, title: str, key: str, comment_id: int, answer: str) -> None:
    """Tell somebody that what they asked or added was answered."""
    lines = [f"{by} answered what you wrote about “{title}”:", answer]
    _send(email, name, f"An answer about {title}", lines, f"/library/{key}#comment-{comment_id}")
