"""The room's blueprint, for its files of routes."""

from flask import Blueprint

bp = Blueprint("readership", __name__, url_prefix="/library")
