"""The pages of basic balance."""

import io
from datetime import date

from flask import Blueprint, flash, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.assessments.queries import latest
from app.assessments.runs import assess_by
from app.auth.presence import current_actor
from app.basic.pages import basic_page, basic_spread_page
from app.basic.queries import STANDARD
from app.clock import now, today
from app.extensions import db
from app.frame import current_year
from app.language import in_chinese
from app.models import Assessment
from app.pages import go, show
from app.returns.forms import year_being_filled
from app.returns.store import may_upload
from plans.errors import NotFound
from scoring.loader import load_standard
from scoring.workbook import write_template

bp = Blueprint("basic", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/basic")
def index() -> Response:
    year, assessment = current_year(), _current()
    may = may_upload(current_actor())
    if assessment is None:
        return show("basic/nothing_yet.html", year=year, may_assess=may)
    return show("basic/index.html", page=basic_page(db.session(), assessment), may_upload=may)


@bp.post("/basic")
def assess() -> Response:
    year = request.form.get("year", type=int)
    if year is None or year != current_year():  # the year that the page showed
        raise NotFound(_("年度数据"))
    assess_by(db.session(), current_actor(), standard=STANDARD, year=year, at=now())
    db.session.commit()
    flash(_("已按基本均衡标准评估 %(year)s 年度数据；今后数据有改动，结果随之更新。", year=year), "success")
    return go(url_for("basic.index"))


@bp.get("/basic/<string:code>/<string:stage>")
def spread(code: str, stage: str) -> Response:
    assessment = _current()
    if assessment is None:
        raise NotFound(_("评估结果"))
    return show("basic/spread.html", page=basic_spread_page(db.session(), assessment, code, stage))


@bp.get("/basic/template.xlsx")
@in_chinese
def template() -> Response:
    target = io.BytesIO()
    write_template(load_standard(STANDARD, date(year_being_filled(today()), 12, 31)), target)
    target.seek(0)
    return send_file(target, mimetype=XLSX, as_attachment=True, download_name=_("基本均衡数据填报模板.xlsx"))


def _current() -> Assessment | None:
    year = current_year()
    return None if year is None else latest(db.session(), year, STANDARD)
