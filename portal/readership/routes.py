"""Must-reads, comments, and what is new for a person."""

from flask import Blueprint

bp = Blueprint("readership", __name__, url_prefix="/library")
