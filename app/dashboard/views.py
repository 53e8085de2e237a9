"""The leader's page."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app.pages import show

bp = Blueprint("dashboard", __name__)


@bp.get("/")
def home() -> Response:
    return show("base.html")
