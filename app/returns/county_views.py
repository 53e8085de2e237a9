"""The county's own figures in the browser."""

from flask import Blueprint, flash, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.assessments.runs import assess_year
from app.auth.presence import current_actor
from app.clock import now, today
from app.counting import counted as _n
from app.extensions import db
from app.pages import go, show
from app.returns.county_entry import Sent, county_measures, groups_of, read_sent
from app.returns.county_page import county_page, version_of
from app.returns.forms import FIRST_YEAR
from app.returns.store import load_values, require_uploader, save_measures
from app.returns.uploads import standard_for
from plans.errors import NotFound

bp = Blueprint("county_return", __name__)


@bp.get("/returns/<int:year>/county")
def form(year: int) -> Response:
    return _page(year)


@bp.post("/returns/<int:year>/county")
def save(year: int) -> Response:
    require_uploader(current_actor())
    standard, held = standard_for(db.session(), current_actor(), year), load_values(db.session(), year)
    asked, last = groups_of(standard), load_values(db.session(), year - 1)
    sent = read_sent(request.form, asked, standard, held, last)
    is_stale = request.form.get("version", 0, type=int) != version_of(db.session(), year)
    if is_stale or sent.errors or (sent.warnings and "confirmed" not in request.form):
        return _page(year, 422, sent, is_stale=is_stale)
    measures, at = county_measures(sent, asked, held), now()
    done = save_measures(
        db.session(), current_actor(), year=year, measures=measures, source=_("网页填报"), at=at
    )
    assess_year(db.session(), current_actor(), year=year, at=at)
    db.session.commit()
    session["year"] = year
    if done.locked:
        flash(_("县级数据已核，未改动。"), "warning")
    flash(_n("已保存 %(n)s 处改动，结果已重新评估。", n=len(done.changes)), "success")
    return go(url_for("county_return.form", year=year))


def _page(year: int, status: int = 200, sent: Sent | None = None, *, is_stale: bool = False) -> Response:
    if not FIRST_YEAR <= year <= today().year:
        raise NotFound(_("年度"))
    shown = {key[6:]: value for key, value in request.form.items() if key.startswith("shown-")}
    asked = groups_of(standard_for(db.session(), current_actor(), year))
    page = county_page(db.session(), current_actor(), year, asked, sent, shown, is_stale=is_stale)
    return show("returns/county.html", "returns/_county.html", status=status, page=page)
