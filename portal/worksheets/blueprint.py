"""The address that this room's pages share."""

from flask import Blueprint

bp = Blueprint("worksheets", __name__, url_prefix="/worksheets")
