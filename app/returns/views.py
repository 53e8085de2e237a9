"""Yearly returns of schools and county: in by workbook, out by workbook."""

import io
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, flash, request, send_file, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.assessments.runs import assess_year
from app.auth.presence import current_actor
from app.clock import now, today
from app.extensions import db
from app.language import in_chinese
from app.pages import go, show
from app.punctuation import listed
from app.returns.forms import UploadForm, year_being_filled
from app.returns.queries import change_lines, known_schools, silent_schools, year_lines
from app.returns.store import load_measures, may_upload, require_uploader, save_measures
from app.returns.uploads import Upload, drop, examine, put_aside, standard_for, take_back
from plans.errors import NotFound
from scoring.errors import BadWorkbook, ScoringError
from scoring.workbook import write_template

bp = Blueprint("returns", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/returns")
def index() -> Response:
    return _page(UploadForm(today(), year=year_being_filled(today())))


@bp.post("/returns")
def upload() -> Response:
    require_uploader(current_actor())
    form = UploadForm(today())
    if not form.validate():
        return _page(form, 422)
    name, content = form.workbook.data.filename or "", form.workbook.data.read()
    try:
        found = examine(db.session(), current_actor(), year=form.year.data, name=name[:120], content=content)
        return _preview(found, content) if found.needs_a_look else _keep(found)
    except BadWorkbook as bad:
        return _page(form, 422, problems=bad.problems)
    except ScoringError as refusal:
        return _refused(form, str(refusal))


@bp.post("/returns/<int:year>/uploads/<string:token>")
def confirm(year: int, token: str) -> Response:
    require_uploader(current_actor())
    content = take_back(_folder(), token)
    name = request.form.get("name", "")[:120]
    found = examine(db.session(), current_actor(), year=year, name=name, content=content)
    answer = _keep(found)
    drop(_folder(), token)
    return answer


@bp.get("/returns/template.xlsx")
@in_chinese
def template() -> Response:
    standard = standard_for(db.session(), current_actor(), year_being_filled(today()))
    target = io.BytesIO()
    write_template(standard, target)
    return _file(target, _("数据填报模板.xlsx"))


@bp.get("/returns/<int:year>.xlsx")
@in_chinese
def workbook(year: int) -> Response:
    measures = load_measures(db.session(), year)
    if measures.schools.empty and not measures.county:
        raise NotFound(_("年度数据"))
    target = io.BytesIO()
    write_template(standard_for(db.session(), current_actor(), year), target, measures)
    return _file(target, _("%(year)s年度填报数据.xlsx", year=year))


def _page(form: UploadForm, status: int = 200, **context: Any) -> Response:
    lines = year_lines(db.session())
    context |= {
        "lines": lines,
        "schools": known_schools(db.session()),
        "silent": silent_schools(db.session(), lines[0].year) if lines else [],
        "may_upload": may_upload(current_actor()),
    }
    return show("returns/index.html", "returns/_index.html", status=status, form=form, **context)


def _refused(form: UploadForm, message: str) -> Response:
    db.session.rollback()
    form.workbook.errors = [message]
    return _page(form, 422)


def _preview(found: Upload, content: bytes) -> Response:
    token = put_aside(_folder(), content, now())
    changes = change_lines(found.difference.replaced, known_schools(db.session()))
    return show("returns/preview.html", "returns/_preview.html", upload=found, token=token, changes=changes)


def _keep(found: Upload) -> Response:
    at, actor = now(), current_actor()
    source = _("工作簿 %(name)s", name=found.name)
    done = save_measures(db.session(), actor, year=found.year, measures=found.measures, source=source, at=at)
    assess_year(db.session(), actor, year=found.year, at=at)
    db.session.commit()
    session["year"] = found.year
    flash(_told(found, len(done.changes)), "success" if done.changes else "info")
    if done.locked:
        flash(_("%(names)s已核，未改动。", names=listed(done.locked)), "warning")
    if done.left_out:
        flash(_("工作簿中没有%(names)s，已有数据保持不变。", names=listed(done.left_out)), "warning")
    return go(url_for("assessments.indicators"))


def _told(found: Upload, n_changes: int) -> str:
    text = (
        _("已保存 %(year)s 年度数据：%(schools)s 所学校，改动 %(changes)s 项，结果已重新评估。")
        if n_changes
        else _("工作簿与已保存的 %(year)s 年度数据一致，没有改动。")
    )
    return str(text % {"year": found.year, "schools": found.n_schools, "changes": n_changes})


def _folder() -> Path:
    return Path(current_app.config["FILES"]) / "uploads" / str(current_actor().county_id)


def _file(target: io.BytesIO, name: str) -> Response:
    target.seek(0)
    return send_file(target, mimetype=XLSX, as_attachment=True, download_name=name)
