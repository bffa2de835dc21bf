"""What somebody typed into a form that couldn't be taken, because they had been signed out meanwhile: it goes along to
the sign-in and is offered to be sent once more, so that nothing typed is lost."""

import json
from dataclasses import dataclass

from flask import request

LONGEST = 500_000
"""Characters that are carried along."""
TOKEN, PASSWORD = "csrf_token", "password"


@dataclass(frozen=True)
class Unsent:
    """A form as it was sent: to which address, its fields in order, and how many files were with it."""

    address: str
    fields: tuple[tuple[str, str], ...]
    files: int

    def packed(self) -> str:
        """As text, for a hidden field."""
        return json.dumps([self.address, self.fields, self.files])


def of_request() -> Unsent | None:
    """What the present request carries, if it is a form that a page of the portal sent; else nothing.

    Browsers say which site sent a form. Without their word it could be another site's, and nothing of that is offered.
    A form with a password in it is not carried along either.
    """
    said = (request.headers.get("Sec-Fetch-Site"), request.headers.get("Sec-Fetch-Mode"))
    if request.method != "POST" or said != ("same-origin", "navigate") or PASSWORD in request.form:
        return None
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name != TOKEN)
    if not fields or sum(len(value) for _, value in fields) > LONGEST:
        return None
    files = sum(1 for _, file in request.files.items(multi=True) if file.filename)
    return Unsent(request.full_path.rstrip("?"), fields, files)


def unpacked(text: str | None) -> Unsent | None:
    """What `packed` made; nothing for anything else."""
    try:
        address, fields, files = json.loads(text or "")
        return Unsent(str(address), tuple((str(name), str(value)) for name, value in fields), int(files))
    except (ValueError, TypeError):
        return None
