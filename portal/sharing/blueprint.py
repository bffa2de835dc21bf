"""The blueprint that the files with routes of this room share."""

from flask import Blueprint

bp = Blueprint("sharing", __name__)
