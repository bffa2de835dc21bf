"""The address that this room's pages share."""

from flask import Blueprint

bp = Blueprint("coaching", __name__, url_prefix="/coaching")
