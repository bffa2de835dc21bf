"""Links and rooms for people outside, and what visitors see."""

from flask import Blueprint

bp = Blueprint("sharing", __name__)
