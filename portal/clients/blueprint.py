"""The address that this room's pages share."""

from flask import Blueprint

bp = Blueprint("clients", __name__, url_prefix="/clients")
