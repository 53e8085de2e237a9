"""Yearly returns of schools and county: in by workbook, out by workbook."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app.pages import show

bp = Blueprint("returns", __name__)


@bp.get("/returns")
def index() -> Response:
    return show("base.html")
