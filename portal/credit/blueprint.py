"""The room's blueprint; its pages stand beside what they speak of: an opportunity, a team, oneself."""

from flask import Blueprint

bp = Blueprint("credit", __name__)
