"""The room's blueprint, and what its pages read from the query string."""

from collections.abc import Iterable

from flask import Blueprint, request

bp = Blueprint("address_book", __name__, url_prefix="/network")
NETWORK = "/network"
"""Where the pages of this room lead back to."""


def asked_choice(name: str, offered: Iterable[str]) -> str:
    """A word from the query string, if it is one of those offered."""
    given = request.args.get(name, "")
    return given if given in set(offered) else ""
