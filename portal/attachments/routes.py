"""Files on their way in and out."""

from flask import Blueprint

bp = Blueprint("attachments", __name__, url_prefix="/files")
