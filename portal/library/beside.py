"""What rooms above show on an item's page: they stand higher, so the table of contents brings them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app

from portal.accounts.viewer import Viewer


@dataclass(frozen=True)
class Beside:
    """A part of an item's page: a template of the room that brings it, and what the template shows as `part`."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    is_first: bool = False
    """Whether it stands above the text, because it asks for something."""


Told = Callable[[Viewer, Any], Beside | None]
"""What a room shows to this person on this item's page (a row of `queries.to_read`), if anything."""


def init_app(app: Flask, told: Sequence[Told]) -> None:
    """Remember whom to ask, in the order of the page."""
    app.extensions["beside_item"] = tuple(told)


def of(viewer: Viewer, item: Any) -> list[Beside]:
    """All that the rooms show."""
    found = (told(viewer, item) for told in current_app.extensions["beside_item"])
    return [part for part in found if part is not None]
