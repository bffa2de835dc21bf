"""What rooms above show on an opportunity's page: they stand higher, so the table of contents brings them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app

from portal.accounts.viewer import Viewer
from portal.pipeline.models import Opportunity


@dataclass(frozen=True)
class Beside:
    """A part of an opportunity's page: a template of the room that brings it, and what it shows as `part`."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)


Told = Callable[[Viewer, Opportunity], Beside | None]
"""What a room shows to this person on the page of this opportunity, which is theirs to see."""


def init_app(app: Flask, told: Sequence[Told]) -> None:
    """Remember whom to ask, in the order of the page."""
    app.extensions["beside_opportunity"] = tuple(told)


def of(viewer: Viewer, opportunity: Opportunity) -> list[Beside]:
    """All that the rooms show."""
    found = (told(viewer, opportunity) for told in current_app.extensions["beside_opportunity"])
    return [part for part in found if part is not None]
