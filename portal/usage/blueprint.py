"""The address that this room's pages share."""

from flask import Blueprint

bp = Blueprint("usage", __name__, url_prefix="/usage")
