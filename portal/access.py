"""Who may do what: the one table of powers, and the one door that every request passes."""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """What a person is to the programme. Everybody is a practitioner; the rest is granted."""

    PRACTITIONER = "practitioner"
    LEADER = "leader"
    COACH = "coach"
    MARKETING = "marketing"
    ADMIN = "admin"
    EXECUTIVE = "executive"


class Can(StrEnum):
    """Powers that a route asks for."""

    LEARN = "take part in the programme"
    LEAD = "see how a practice is doing"
    COACH = "hear recitals and answer them"
    PUBLISH = "publish content and pitches"
    TUNE = "say how the pipeline is run"
    ADMINISTER = "run the portal"


ROLES: dict[Role, frozenset[Can]] = {
    Role.PRACTITIONER: frozenset({Can.LEARN}),
    Role.LEADER: frozenset({Can.LEARN, Can.LEAD, Can.COACH}),
    Role.COACH: frozenset({Can.LEARN, Can.COACH}),
    Role.MARKETING: frozenset({Can.LEARN, Can.PUBLISH, Can.TUNE}),
    Role.ADMIN: frozenset({Can.LEARN, Can.ADMINISTER, Can.TUNE}),
    Role.EXECUTIVE: frozenset({Can.LEARN, Can.LEAD}),
}


@lru_cache(maxsize=200)
def powers(roles: frozenset[Role]) -> frozenset[Can]:
    """All that these roles together may do."""
    return frozenset().union(*(ROLES[role] for role in roles | {Role.PRACTITIONER}))


def public(view: View) -> View:
    """Open this route to everybody, signed in or not."""
    view.allowed_to = None  # type: ignore[attr-defined]
    return view


def allow(what: Can) -> Callable[[View], View]:
    """Open this route to people whose roles can do `what`."""

    def mark(view: View) -> View:
        view.allowed_to = what  # type: ignore[attr-defined]
        return view

    return mark


def can(what: Can) -> bool:
    """Whether the person asking may do `what`; for showing or hiding a link."""
    return current_user.is_authenticated and what in current_user.powers


def comes_from_another_site() -> bool:
    """Whether a browser says that another site sent this request to change something."""
    return request.method not in {"GET", "HEAD", "OPTIONS"} and request.headers.get("Sec-Fetch-Site") == "cross-site"


def guard() -> Any:
    """The one door. Every request passes here before its route runs."""
    if request.endpoint is None:
        return None  # let Flask answer 404 or 405
    view = current_app.view_functions[request.endpoint]
    if not hasattr(view, "allowed_to") or comes_from_another_site():
        abort(403)
    if view.allowed_to is None:
        return None
    person = current_user._get_current_object()  # the proxy looks the person up at each use
    if not person.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if view.allowed_to not in person.powers:
        abort(403)
    return None


def init_app(app: Flask) -> None:
    """Hang the door, and mark Flask's own static route as public."""
    app.before_request(guard)
    if "static" in app.view_functions:
        public(app.view_functions["static"])
