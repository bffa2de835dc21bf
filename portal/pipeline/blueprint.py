"""The address that this room's pages share."""

from flask import Blueprint

bp = Blueprint("pipeline", __name__, url_prefix="/pipeline")
