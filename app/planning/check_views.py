"""The page of the plan check."""

from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.clock import today
from app.extensions import db
from app.pages import show
from app.planning.blueprint import bp
from app.planning.check_page import check_page
from plans.rights import Act, may


@bp.get("/plans/<int:plan_id>/check")
def check(plan_id: int) -> Response:
    page = check_page(db.session(), current_presence().county, plan_id, today=today())
    return show("planning/check.html", page=page, may_assign=may(current_actor(), Act.EDIT_PLAN))
