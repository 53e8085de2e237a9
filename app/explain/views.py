"""The page that explains one verdict."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.assessments.sentences import moment
from app.explain.pages import explain_page
from app.extensions import db
from app.frame import current_year
from app.pages import show

bp = Blueprint("explain", __name__)


@bp.get("/explain/<string:item>")
def verdict(item: str) -> Response:
    page = explain_page(db.session(), current_year(), item, request.args.get("school") or None)
    return show("explain/verdict.html", page=page, moment=moment)
