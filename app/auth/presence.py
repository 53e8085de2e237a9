"""Who is here, in which county and for which year: settled once at the start of each request."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from app.auth.accounts import as_actor, memberships_of
from app.extensions import db, login_manager
from app.models import Account, Membership
from app.tenancy import enter_county
from plans.actors import Actor
from plans.base import County

PRESENCE = "ledger.presence"  # key in the WSGI environment: lives exactly as long as the request
BROKEN = "ledger.broken"  # set when a request failed: its answer must not ask the database again
OPEN = "is_open"
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Presence:
    """The signed-in person, the county in scope and the person's other counties."""

    actor: Actor
    county: County
    choices: list[tuple[Membership, County]]


def init_app(app: Flask) -> None:
    """Ask every request who it is, unless its view was declared open."""
    login_manager.init_app(app)
    login_manager.login_view = "auth.sign_in"
    login_manager.login_message = "请先登录。"
    app.before_request(_settle)


def open_to_all(view: View) -> View:
    """Declare that a view needs no sign-in."""
    setattr(view, OPEN, True)
    return view


def current_actor() -> Actor:
    """The person who acts in this request."""
    return current_presence().actor


def current_presence() -> Presence:
    """Who is here; only signed-in requests have one."""
    presence: Presence = request.environ[PRESENCE]
    return presence


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load_account(account_id: str) -> Account | None:
    account = db.session.get(Account, int(account_id))
    return account if account and account.is_enabled else None


def _settle() -> ResponseReturnValue | None:
    if request.method in ("GET", "HEAD"):
        db.session.connection(execution_options={"reads_only": True})
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, OPEN, False) or request.endpoint == "static":
        return None
    answer: ResponseReturnValue | None = login_required(_enter)()
    return answer


def _enter() -> None:
    choices = memberships_of(db.session(), current_user.id)
    if not choices:
        abort(403)
    membership, county = _chosen(choices)
    enter_county(db.session(), county.id)
    request.environ[PRESENCE] = Presence(as_actor(current_user, membership), county, choices)


def _chosen(choices: list[tuple[Membership, County]]) -> tuple[Membership, County]:
    wanted = session.get("membership_id")
    return next((pair for pair in choices if pair[0].id == wanted), choices[0])
