"""The mail about a worksheet that a coach answered."""

from flask import current_app

from portal.jobs import services as jobs
from portal.worksheets.models import Submission
from portal.worksheets.submission_models import Standing


def decided(submission: Submission, *, title: str, by: str, remarks: int) -> None:
    """Tell somebody that their worksheet was read. What was said of it stays on the page, and so does its name."""
    if submission.standing == Standing.ACCEPTED:
        subject, said = "Your worksheet is accepted", f"{by} read your worksheet “{title}” and accepted it."
    else:
        places = f" and wrote at {remarks} {'place' if remarks == 1 else 'places'} of it" if remarks else ""
        subject, said = "Your worksheet came back", f"{by} read your worksheet “{title}”{places}."
    config, person = current_app.extensions["portal_config"], submission.person
    address = f"{config.BASE_URL}/worksheets/filled/{submission.filled_id}/coach"
    lines = [f"Hello {person.name.split(' ')[0]},", said, "What they wrote is here:", address, config.FIRM_NAME]
    jobs.letter(to=person.email, subject=subject, text="\n\n".join(lines) + "\n")
