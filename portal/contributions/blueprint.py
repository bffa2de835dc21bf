"""The blueprint that the pages of contributions hang on."""

from flask import Blueprint

bp = Blueprint("contributions", __name__, url_prefix="/contribute")
