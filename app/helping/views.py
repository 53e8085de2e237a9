"""Help on indicators: all of them, and one, as a page or within the page that it was asked from."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app.clock import today
from app.helping.texts import all_help, has_help, help_on
from app.pages import show

bp = Blueprint("helping", __name__)
bp.add_app_template_global(has_help)


@bp.get("/help")
def index() -> Response:
    return show("helping/index.html", groups=all_help(today()))


@bp.get("/help/<string:help_code>")
def indicator(help_code: str) -> Response:
    return show("helping/indicator.html", "helping/_indicator.html", help=help_on(help_code, today()))
