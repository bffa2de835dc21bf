"""The room's blueprint, for its files of routes."""

from flask import Blueprint

bp = Blueprint("library", __name__, url_prefix="/library")
