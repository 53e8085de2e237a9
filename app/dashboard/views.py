"""Where each role begins, and the leader's page."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.clock import today
from app.dashboard.page import leader_page
from app.extensions import db
from app.frame import current_year
from app.pages import show
from app.targets.lines import outlook_words
from plans.actors import Role
from plans.rights import Act, might

bp = Blueprint("dashboard", __name__)


@bp.get("/")
def home() -> Response:
    if current_actor().role in (Role.UNIT, Role.SCHOOL):
        return redirect(url_for("planning.tasks"))
    if might(current_actor(), Act.VERIFY_TASK):
        return redirect(url_for("supervision.index"))
    return overview()


@bp.get("/overview")
def overview() -> Response:
    page = leader_page(db.session(), current_actor(), current_presence().county, current_year(), today())
    return show("dashboard/home.html", page=page, outlook_words=outlook_words)
