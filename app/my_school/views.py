"""The pages of a school's reporter."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.clock import today
from app.extensions import db
from app.my_school.page import my_school_page
from app.pages import show
from plans.rights import Act, check

bp = Blueprint("my_school", __name__)


@bp.get("/my-school")
def index() -> Response:
    actor = current_actor()
    check(actor, Act.REPORT_SCHOOL, actor.school_code)
    page = my_school_page(db.session(), actor, current_presence().county, today())
    return show("my_school/home.html", page=page)
