"""The address that this room's pages share."""

from flask import Blueprint

bp = Blueprint("recitals", __name__, url_prefix="/recitals")
