"""The blueprint of the pages above the counties."""

from flask import Blueprint

bp = Blueprint("oversight", __name__)
