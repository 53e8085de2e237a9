"""The pages of a school's reporter."""

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.assessments.runs import renew_assessment
from app.auth.presence import current_actor, current_presence
from app.clock import now, today
from app.extensions import db
from app.jobs.families import returns_due
from app.my_school.entry import Sent, read_sent, year_values
from app.my_school.form_page import Form, form_page, own_form
from app.my_school.page import my_school_page
from app.pages import go, show
from app.returns.store import save_own
from plans.rights import Act, check

bp = Blueprint("my_school", __name__)


@bp.get("/my-school")
def index() -> Response:
    actor = current_actor()
    check(actor, Act.REPORT_SCHOOL, actor.school_code)
    page = my_school_page(db.session(), actor, current_presence().county, today())
    return show("my_school/home.html", page=page)


@bp.get("/my-school/return")
def form() -> Response:
    return _page(_form(), None)


@bp.post("/my-school/return")
def report() -> Response:
    asked = _form()
    sent = read_sent(request.form, asked.sections, asked.own, asked.standard)
    is_stale = request.form.get("version", 0, type=int) != asked.version
    page = form_page(asked, sent, is_stale=is_stale)
    if is_stale or page.n_errors or (page.asks and "confirmed" not in request.form):
        return _page(asked, sent, 422, is_stale=is_stale)
    return _report(asked, sent)


def _form() -> Form:
    actor = current_actor()
    check(actor, Act.REPORT_SCHOOL, actor.school_code)
    due = returns_due(current_presence().county.settings, today())
    return own_form(db.session(), actor, due.year)


def _page(asked: Form, sent: Sent | None, status: int = 200, *, is_stale: bool = False) -> Response:
    page = form_page(asked, sent, is_stale=is_stale)
    return show("my_school/form.html", "my_school/_form.html", status=status, page=page)


def _report(asked: Form, sent: Sent) -> Response:
    actor, at, own = current_actor(), now(), year_values(sent, asked.own)
    done = save_own(db.session(), actor, year=asked.year, own=own, source=_("学校网页填报"), at=at)
    renew_assessment(db.session(), actor, year=asked.year, at=at)
    db.session.commit()
    if done.locked:
        flash(_("本校数据已核，未改动。"), "warning")
    else:
        flash(_("已报送 %(year)s 年度数据，改动 %(n)s 项。", year=asked.year, n=len(done.changes)), "success")
    return go(url_for("my_school.index"))
