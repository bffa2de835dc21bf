"""What rooms above know of an opportunity, shown on its page; the table of contents brings them."""

from collections.abc import Sequence

from flask import Flask, current_app

from portal.accounts.viewer import Viewer
from portal.network.beside import Beside, Told


def init_app(app: Flask, told: Sequence[Told]) -> None:
    """Remember whom to ask."""
    app.extensions["beside_opportunity"] = tuple(told)


def of(viewer: Viewer, opportunity_id: int) -> list[Beside]:
    """All that the rooms know."""
    return [each for told in current_app.extensions["beside_opportunity"] for each in told(viewer, opportunity_id)]
