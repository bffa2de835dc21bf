"""The mails about recitals: what came back, an invitation, what a colleague wrote."""

from flask import current_app

from portal.accounts.models import Person
from portal.jobs import services as jobs
from portal.recitals.models import Recital, State


def _send(to: Person, subject: str, lines: list[str], path: str) -> None:
    config = current_app.extensions["portal_config"]
    text = "\n\n".join([f"Hello {to.name.split(' ')[0]},", *lines, f"{config.BASE_URL}{path}", config.FIRM_NAME])
    jobs.letter(to=to.email, subject=subject, text=text + "\n")


def decided(recital: Recital, *, by: str) -> None:
    """Tell somebody that their recital was heard. What was said of it stays on the page."""
    if recital.state == State.PASSED:
        subject, said = "Your recital passed", f"{by} heard your recital of “{recital.pitch.title}”, and it passed."
    else:
        subject = "Your recital came back"
        said = (
            f"{by} heard your recital of “{recital.pitch.title}” and asks you to try once more, with one thing changed."
        )
    _send(recital.person, subject, [said, "What they wrote is here:"], f"/recitals/{recital.id}")


def invited(to: Person, recital: Recital, *, by: str, invitation_id: int) -> None:
    """Tell a colleague that somebody would like them to listen."""
    lines = [f"{by} would like you to listen to how they tell “{recital.pitch.title}”, and to write what you noticed."]
    lines.append("Only they see what you write. There is no score.")
    _send(to, f"{by} asks for your ear", lines, f"/recitals/invitations/{invitation_id}")


def answered(recital: Recital, *, by: str) -> None:
    """Tell the owner that a colleague wrote."""
    lines = [f"{by} listened to your recital and wrote to you. Only you see it."]
    _send(recital.person, f"{by} wrote about your recital", lines, f"/recitals/{recital.id}#colleagues")
