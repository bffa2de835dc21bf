"""Requests with votes, and insights from the field."""

from flask import Blueprint

bp = Blueprint("insights", __name__)
