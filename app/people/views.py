"""People: who may do what, and every view of the area for the factory."""

from werkzeug.wrappers import Response

from app.pages import show
from app.people import invitation_views, member_views, roster_views
from app.people.blueprint import bp
from app.people.roles import matrix
from app.people.words import role_name
from plans.actors import Role

__all__ = ["bp", "invitation_views", "member_views", "roster_views"]


@bp.get("/roles")
def roles() -> Response:
    return show("people/roles.html", areas=matrix(), roles=[role_name(role) for role in Role])
