"""The blueprint that the pages of requests and insights hang on."""

from flask import Blueprint

bp = Blueprint("insights", __name__)
