"""The pages that explain a year's result: indicators, one indicator, schools, one school."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.assessments.heat import ground
from app.assessments.pages import indicator_page, indicators_page, schools_page
from app.assessments.queries import latest
from app.assessments.school_file import school_page
from app.auth.presence import current_actor
from app.extensions import db
from app.frame import current_year
from app.models import Assessment
from app.pages import show
from app.returns.store import may_upload

bp = Blueprint("assessments", __name__)


@bp.get("/indicators")
def indicators() -> Response:
    assessment = _current()
    if assessment is None:
        return _nothing_yet()
    return show("assessments/indicators.html", page=indicators_page(db.session(), assessment))


@bp.get("/indicators/<string:code>/<string:stage>")
def indicator(code: str, stage: str) -> Response:
    assessment = _current()
    if assessment is None:
        return _nothing_yet()
    page = indicator_page(db.session(), assessment, code, stage, order=_order("value"))
    return show("assessments/indicator.html", "assessments/_values.html", page=page)


@bp.get("/schools")
def schools() -> Response:
    assessment = _current()
    if assessment is None:
        return _nothing_yet()
    chosen = {name: request.args.get(name, "") for name in ("stage", "verdict")}
    page = schools_page(db.session(), assessment, **chosen, order=_order())
    return show("assessments/schools.html", "assessments/_schools.html", page=page, ground=ground)


@bp.get("/schools/<string:code>")
def school(code: str) -> Response:
    assessment = _current()
    if assessment is None:
        return _nothing_yet()
    return show("assessments/school.html", page=school_page(db.session(), assessment, code))


def _order(usual: str = "") -> tuple[str, bool]:
    return request.args.get("sort", usual), request.args.get("down") == "1"


def _current() -> Assessment | None:
    year = current_year()
    return None if year is None else latest(db.session(), year)


def _nothing_yet() -> Response:
    return show("assessments/nothing_yet.html", may_upload=may_upload(current_actor()))
