"""Pages over plans and the work under them."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app.pages import show

bp = Blueprint("planning", __name__)


@bp.get("/plan")
def plan() -> Response:
    return show("base.html")


@bp.get("/tasks")
def tasks() -> Response:
    return show("base.html")
