"""The pages of the rubric and the acts on them."""

from typing import Any

from flask import Blueprint, flash, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.assessments.runs import renew_assessment
from app.assessments.sentences import moment
from app.auth.presence import current_actor, current_presence
from app.clock import now
from app.counting import counted as _n
from app.extensions import db, htmx
from app.frame import current_year
from app.language import in_chinese
from app.models.rubric import ScoreKind
from app.pages import go, show
from app.returns.county_entry import Sent, county_measures, groups_by_rubric, read_sent
from app.returns.county_page import county_page, version_of
from app.returns.store import load_values, may_upload, require_uploader, save_measures
from app.returns.uploads import standard_for
from app.rubric.commands import give_points, require_scorer
from app.rubric.errors import PointsOutOfRange, SamePersonScores, StaleScore
from app.rubric.forms import PointsForm
from app.rubric.pages import Refused, item_page, rubric, rubric_page
from app.rubric.sentences import KIND_NAMES
from app.rubric.workbook import scorecard_workbook
from plans.errors import NotFound
from scoring.rubric.hints import FLAG_LABELS, HINT_LABELS

bp = Blueprint("rubric", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "kind_names": KIND_NAMES,
        "flag_labels": FLAG_LABELS,
        "hint_labels": HINT_LABELS,
        "moment": moment,
    }


@bp.get("/rubric")
def index() -> Response:
    if current_year() is None:
        return show("assessments/nothing_yet.html", may_upload=may_upload(current_actor()))
    return show("rubric/index.html", page=rubric_page(db.session(), current_actor(), _year()))


@bp.get("/rubric/items/<string:rubric_item>")
def item(rubric_item: str) -> Response:
    page = item_page(db.session(), current_actor(), _year(), rubric_item)
    return show("rubric/item.html", page=page)


@bp.post("/rubric/items/<string:rubric_item>/<string:scorer>")
def give(rubric_item: str, scorer: str) -> Response:
    kind, year, form = _kind(scorer), _year(), PointsForm()
    require_scorer(current_actor(), kind)
    if not form.validate():
        return _refused(rubric_item, form, kind, _first_error(form))
    try:
        give_points(
            db.session(), current_actor(), rubric(), year=year, item=rubric_item, kind=kind,
            points=form.value, seen=form.seen.data or 0, at=now(),
        )  # fmt: skip
    except (PointsOutOfRange, SamePersonScores, StaleScore) as refusal:
        db.session.rollback()
        return _refused(rubric_item, form, kind, str(refusal))
    db.session.commit()
    if not htmx:
        return go(url_for("rubric.index", _anchor=rubric_item))
    page = rubric_page(db.session(), current_actor(), year, item=rubric_item)
    return show("rubric/index.html", "rubric/_saved.html", page=page, row=page.row(rubric_item))


@bp.get("/rubric/scorecard.xlsx")
@in_chinese
def workbook() -> Response:
    page = rubric_page(db.session(), current_actor(), _year())
    county = current_presence().county.name
    title = _(
        "%(county)s %(year)s 年度%(title)s", county=county, year=page.year, title=page.card.rubric.title
    )
    name = _("%(year)s年度千分制评分表.xlsx", year=page.year)
    content = scorecard_workbook(title, page.rows, page.open_questions)
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name=name)


@bp.get("/rubric/figures")
def figures() -> Response:
    return _figures()


@bp.post("/rubric/figures")
def save_figures() -> Response:
    require_uploader(current_actor())
    year, asked = _year(), groups_by_rubric(rubric())
    held, last = load_values(db.session(), year), load_values(db.session(), year - 1)
    sent = read_sent(request.form, asked, standard_for(db.session(), current_actor(), year), held, last)
    is_stale = request.form.get("version", -1, type=int) != version_of(db.session(), year)
    if is_stale or sent.errors or (sent.warnings and "confirmed" not in request.form):
        return _figures(422, sent, is_stale=is_stale)
    measures, source, at = county_measures(sent, asked, held), _("千分制年度数据"), now()
    done = save_measures(db.session(), current_actor(), year=year, measures=measures, source=source, at=at)
    renew_assessment(db.session(), current_actor(), year=year, at=at)
    db.session.commit()
    flash(_n("已保存 %(n)s 处改动，数据提示已重新计算。", n=len(done.changes)), "success")
    return go(url_for("rubric.figures"))


def _figures(status: int = 200, sent: Sent | None = None, *, is_stale: bool = False) -> Response:
    shown = {key[6:]: value for key, value in request.form.items() if key.startswith("shown-")}
    asked = groups_by_rubric(rubric())
    page = county_page(db.session(), current_actor(), _year(), asked, sent, shown, is_stale=is_stale)
    return show("rubric/figures.html", "returns/_county.html", status=status, page=page)


def _refused(item: str, form: PointsForm, kind: ScoreKind, message: str) -> Response:
    refused = Refused(item, kind.value, form.text[:20], message)
    page = rubric_page(db.session(), current_actor(), _year(), refused=refused)
    return show("rubric/index.html", "rubric/_row.html", status=422, page=page, row=page.row(item))


def _kind(kind: str) -> ScoreKind:
    found = next((one for one in ScoreKind if one.value == kind), None)
    if found is None:
        raise NotFound(_("得分类别"))
    return found


def _year() -> int:
    year = current_year()
    if year is None:
        raise NotFound(_("年度数据"))
    return year


def _first_error(form: PointsForm) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)
