"""The room's blueprint: pages for people, and public addresses for those who are shown a credential."""

from flask import Blueprint

bp = Blueprint("certification", __name__)
