"""Used with an opportunity; the scoreboard and its decisions."""

from flask import Blueprint

bp = Blueprint("usage", __name__, url_prefix="/usage")
