"""Refusing kindly: the two exceptions of the portal, and the pages people see when something is in the way."""

import logging
import re
from collections.abc import Callable, Mapping

from flask import Flask, current_app, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from portal import unsent
from portal.db import db

log = logging.getLogger(__name__)
_SECRET = re.compile(r"(/(?:s|choose-password|leaving)/)[^/\s]+")

WORDS = {
    400: (
        "That request made no sense to us",
        "Something in the address or the form was damaged on its way. Go back and try again.",
    ),
    403: (
        "This page isn't open to you",
        "It belongs to a role that you don't hold. If you think you should, ask your practice leader or an admin.",
    ),
    404: ("We can't find that page", "It may have moved, or it may be private to somebody else."),
    405: (
        "That address can't be opened like this",
        "It answers to a button on another page. Go back and use the button.",
    ),
    413: (
        "That is larger than we can take",
        "The most is {most} MB at once. Nothing was saved: choose a smaller file, or split it in two.",
    ),
    422: ("Something in there needs another look", "Nothing was saved. Go back, and check what you entered."),
    429: ("That was a little fast", "Wait a minute, then try again. Nothing is lost."),
    500: (
        "Something broke on our side",
        "Nothing was saved, and it has been noted. Please try again; if it stays, tell an admin when it happened.",
    ),
}


AT_ONCE = "Somebody changed this in the same moment. Nothing of yours was saved; go back, and look at it again."


class Refused(Exception):
    """A rule says no. The message is for the person; `field` names the form field it belongs to."""

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field


class NotFound(Exception):
    """Not there, or not theirs; which of the two is nobody else's business."""


def wants_json() -> bool:
    """Whether the answer goes to a script rather than to a person."""
    return request.is_json or request.headers.get("Accept", "").startswith("application/json")


def explain(status: int, message: str | None = None) -> Response | tuple[str, int] | tuple[dict[str, str], int]:
    """The error page for a status, or its JSON; for people outside the firm, a page without a way into the portal."""
    for beginning, page in current_app.extensions["pages_outside"].items():
        if request.path.startswith(beginning):
            return page(status)
    title, advice = WORDS.get(status, WORDS[400])
    advice = advice.format(most=current_app.config["MAX_CONTENT_LENGTH"] // 1_000_000)
    if wants_json():
        return {"error": message or title}, status
    return render_template("error.html", status=status, title=title, advice=message or advice), status


def _once_more() -> Response | tuple[str, int] | tuple[dict[str, str], int]:
    """What was typed into a form from before the last sign-in, to be sent with one press; or how to go about it."""
    kept = unsent.of_request()
    if kept and current_user.is_authenticated:
        return render_template("send_again.html", unsent=kept), 400
    return explain(400, "This form was opened before you last signed in. Go back, reload the page, and send it again.")


def without_tokens(record: logging.LogRecord) -> bool:
    """Cut addresses that open something for whoever holds them out of what is logged of a failure, and of its trace."""
    record.msg, record.args = _SECRET.sub(r"\1…", record.getMessage()), None
    if record.exc_info:
        record.exc_text = _SECRET.sub(r"\1…", logging.Formatter().formatException(record.exc_info))
    return True


def init_app(app: Flask, outside: Mapping[str, Callable[[int], Response]] | None = None) -> None:
    """Answer every failure with a page that offers a way on. `outside`: by how an address begins, who makes the page
    of a status for people who are not of the firm."""
    app.extensions["pages_outside"] = outside or {}
    app.logger.addFilter(without_tokens)
    log.addFilter(without_tokens)

    @app.errorhandler(NotFound)
    def not_found(_: NotFound):
        db.session.rollback()
        return explain(404)

    @app.errorhandler(Refused)
    @app.errorhandler(StaleDataError)
    def refused(error: Refused | StaleDataError):
        db.session.rollback()
        return explain(422, getattr(error, "message", AT_ONCE))

    @app.errorhandler(CSRFError)
    def stale_form(_: CSRFError):
        db.session.rollback()
        return _once_more()

    @app.errorhandler(HTTPException)
    def by_status(error: HTTPException):
        db.session.rollback()
        if isinstance(error, InternalServerError) and error.original_exception is not None:
            log.error("Unhandled error", exc_info=error.original_exception)
        status = error.code or 500
        if isinstance(error.response, Response):
            return error.response
        if status < 400:
            return error
        answer = explain(status)
        return answer
