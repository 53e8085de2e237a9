"""The blueprint of a county's settings."""

from flask import Blueprint

bp = Blueprint("tenant", __name__)
