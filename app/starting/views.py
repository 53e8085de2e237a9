"""The page of the guided start, and sample files to try the system with."""

import io

from flask import Blueprint, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.clock import today
from app.demo.sample import sample_workbook
from app.extensions import db
from app.language import in_chinese
from app.pages import show
from app.returns.forms import year_being_filled
from app.starting.sample_plan import sample_plan
from app.starting.steps import start_of
from plans.rights import Act, check

bp = Blueprint("starting", __name__)


@bp.get("/start")
def index() -> Response:
    check(current_actor(), Act.ASSIGN_TASK)
    start = start_of(db.session())
    return show("starting/index.html", start=start, year=start.data_year or year_being_filled(today()))


@bp.get("/start/sample.xlsx")
@in_chinese
def workbook() -> Response:
    check(current_actor(), Act.REPORT_DATA)
    target = io.BytesIO()
    sample_workbook(target)
    target.seek(0)
    return send_file(target, as_attachment=True, download_name=_("示例县填报数据.xlsx"))


@bp.get("/start/sample-plan.docx")
@in_chinese
def plan() -> Response:
    check(current_actor(), Act.ASSIGN_TASK)
    target = sample_plan(today().year, current_presence().county.horizon_year)
    return send_file(target, as_attachment=True, download_name=_("示例县实施方案.docx"))
