"""Where data meets a standard, and the pages that explain the result."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app.pages import show

bp = Blueprint("assessments", __name__)


@bp.get("/indicators")
def indicators() -> Response:
    return show("base.html")


@bp.get("/schools")
def schools() -> Response:
    return show("base.html")
