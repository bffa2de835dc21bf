"""The address that this room's pages share."""

from flask import Blueprint

bp = Blueprint("network", __name__, url_prefix="/network")
