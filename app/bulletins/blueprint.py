"""The blueprint that the modules of this area hang their views on."""

from flask import Blueprint

bp = Blueprint("bulletins", __name__)
