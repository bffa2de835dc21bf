"""The asking's blueprint, which its pages hang on."""

from flask import Blueprint

bp = Blueprint("asking", __name__)
