"""The area of signing in and of one's own account."""

from flask import Blueprint

bp = Blueprint("auth", __name__)
