"""The network's pages."""

from typing import Any

from flask import Blueprint, request
from flask_login import current_user

from portal.access import Can, allow
from portal.network import queries

bp = Blueprint("network", __name__, url_prefix="/network")


@bp.get("/suggestions")
@allow(Can.LEARN)
def suggestions() -> list[dict[str, Any]]:
    """Own contacts that fit what is being typed."""
    return [
        {"id": row.id, "name": row.name, "detail": row.organisation}
        for row in queries.options(current_user, request.args.get("q", "")[:80], 8)
    ]
