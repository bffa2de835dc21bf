"""The clients' pages."""

from typing import Any

from flask import Blueprint, request
from flask_login import current_user

from portal.access import Can, allow
from portal.clients import queries

bp = Blueprint("clients", __name__, url_prefix="/clients")


@bp.get("/suggestions")
@allow(Can.LEARN)
def suggestions() -> list[dict[str, Any]]:
    """Clients that fit what is being typed."""
    return [
        {"id": row.id, "name": row.name, "detail": row.industry}
        for row in queries.options(current_user, request.args.get("q", "")[:80], 8)
    ]


@bp.get("/services/suggestions")
@allow(Can.LEARN)
def service_suggestions() -> list[dict[str, Any]]:
    """Services that fit what is being typed."""
    words = request.args.get("q", "")[:80].casefold().split()
    fitting = [row for row in queries.services() if all(word in row.name.casefold() for word in words)]
    return [{"id": row.id, "name": row.name, "detail": row.summary[:80]} for row in fitting[:8]]
