"""What rooms above know of a contact, shown on its page: they stand higher, so the table of contents brings them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from portal.accounts.viewer import Viewer


@dataclass(frozen=True)
class Beside:
    """Something that has to do with a contact, and where it stands."""

    what: str
    address: str


Told = Callable[[Viewer, int], Sequence[Beside]]
"""What a room knows of one of this person's contacts."""


def init_app(app: Flask, told: Sequence[Told]) -> None:
    """Remember whom to ask."""
    app.extensions["beside_contact"] = tuple(told)


def of(viewer: Viewer, contact_id: int) -> list[Beside]:
    """All that the rooms know."""
    return [each for told in current_app.extensions["beside_contact"] for each in told(viewer, contact_id)]
