"""Writing for the firm, and editing what colleagues wrote."""

from flask import Blueprint

bp = Blueprint("contributions", __name__, url_prefix="/contribute")
