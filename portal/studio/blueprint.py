"""The studio's one blueprint; items and pitches hang their pages on it."""

from flask import Blueprint

bp = Blueprint("studio", __name__, url_prefix="/studio")
