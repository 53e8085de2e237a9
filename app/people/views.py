"""People: who may do what."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app.pages import show
from app.people.roles import matrix
from app.people.words import ROLE_NAMES
from plans.actors import Role

bp = Blueprint("people", __name__)


@bp.get("/roles")
def roles() -> Response:
    return show("people/roles.html", areas=matrix(), roles=[ROLE_NAMES[role] for role in Role])
