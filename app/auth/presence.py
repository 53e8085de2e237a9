"""Who is here, in which county and for which year: settled once at the start of each request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.audit.doers import Doer, act_as, doer_from
from app.auth.accounts import as_actor, memberships_of
from app.auth.duties import SETTING as SECOND_FACTOR
from app.auth.duties import duty_of
from app.auth.entering import TOKEN, lifetimes
from app.auth.errors import CountySuspended
from app.auth.sign_ins import SEEN_EVERY, live_sign_in, note_seen
from app.clock import now
from app.extensions import db, htmx, login_manager
from app.models import Account, Membership, Region
from app.oversight.errors import NotBelow
from app.oversight.regions import county_below, one_that_asks, regions_of
from app.pages import go
from app.read_only import look_only
from app.tenancy import enter_county
from plans.actors import Actor, Role
from plans.base import County
from plans.terms import enter as enter_terms
from plans.terms import terms_of

PRESENCE = "ledger.presence"  # key in the WSGI environment: lives exactly as long as the request
BROKEN = "ledger.broken"  # set when a request failed: its answer must not ask the database again
SIGN_IN = "ledger.sign_in"  # the entry in the register of sign-ins
ADMIN = "ledger.admin"  # the platform's administrator, on the platform's own pages
WHILE_SUSPENDED = ("auth.choose_county",)
ABOVE = "ledger.above"  # who is here as overseer, in no county
ENTERED = "entered_county"  # key in the browser's session: code of the county that an overseer looks into
OVERSEES = "oversees"  # key in the browser's session: set at sign-in for overseers
OPEN, DUTY = "is_open", "is_part_of_a_duty"
PLATFORM, FROM_ABOVE = "is_for_platform", "is_from_above"
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Presence:
    """The signed-in person, the county in scope and the person's other counties."""

    actor: Actor
    county: County
    choices: list[tuple[Membership, County]]
    is_looking: bool = False  # came from above, changes nothing


@dataclass(frozen=True)
class Above:
    """The signed-in person as overseer of regions, in no county."""

    account_id: int
    name: str
    regions: list[Region]


@dataclass(frozen=True)
class Seen:
    """The entry of this browser in the register of sign-ins, and when it was last written."""

    sign_in_id: int
    seen_at: datetime


def init_app(app: Flask) -> None:
    """Ask every request who it is, unless its view was declared open."""
    login_manager.init_app(app)
    app.before_request(_settle)
    app.after_request(_note_seen)
    app.teardown_request(lambda _error: enter_terms(None))


def open_to_all(view: View) -> View:
    """Declare that a view needs no sign-in."""
    setattr(view, OPEN, True)
    return view


def part_of_a_duty(view: View) -> View:
    """Declare that a view serves somebody who must first change a password or set up a second factor."""
    setattr(view, DUTY, True)
    return view


def for_platform(view: View) -> View:
    """Declare that a view serves administrators of the platform, outside of any county."""
    setattr(view, PLATFORM, True)
    return view


def from_above(view: View) -> View:
    """Declare that a view stands above the counties: it is for overseers and enters none."""
    setattr(view, FROM_ABOVE, True)
    return view


def current_above() -> Above:
    """Who is here as overseer; only views declared ``from_above`` have one."""
    above: Above = request.environ[ABOVE]
    return above


def current_sign_in_id() -> int:
    """The entry of this browser in the register of sign-ins."""
    seen: Seen = request.environ[SIGN_IN]
    return seen.sign_in_id


def current_actor() -> Actor:
    """The person who acts in this request."""
    return current_presence().actor


def current_admin() -> Doer:
    """The platform's administrator who acts in this request."""
    admin: Doer = request.environ[ADMIN]
    return admin


def part_here() -> tuple[Role, County] | tuple[None, None]:
    """The person's role and county, above the counties one below that asks much; for the platform neither."""
    presence: Presence | None = request.environ.get(PRESENCE)
    if presence:
        return presence.actor.role, presence.county
    above: Above | None = request.environ.get(ABOVE)
    asking = one_that_asks(db.session(), above.regions, SECOND_FACTOR) if above else None
    return (Role.OVERSEER, asking) if asking else (None, None)


def current_presence() -> Presence:
    """Who is here; only signed-in requests have one, and only in a county."""
    presence = presence_if_any()
    if presence is None:
        abort(404)
    return presence


def presence_if_any() -> Presence | None:
    """Who is here; None for an overseer who is in no county."""
    presence: Presence | None = request.environ.get(PRESENCE)
    return presence


def known_memberships() -> set[int]:
    """Keys of the person's memberships in every county."""
    presence = presence_if_any()
    return {membership.id for membership, _county in presence.choices} if presence else set()


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load_account(account_id: str) -> Account | None:
    found = live_sign_in(db.session(), session.get(TOKEN, ""), lifetimes(), at=now())
    if found is None or str(found[1].id) != account_id:
        return None
    sign_in, account = found
    request.environ[SIGN_IN] = Seen(sign_in.id, sign_in.seen_at)
    return account


def _settle() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static":
        return None
    enter_terms(None)
    act_as(db.session(), Doer(who="", address=_address()))
    if request.method in ("GET", "HEAD"):
        db.session.connection(execution_options={"reads_only": True})
    if getattr(view, OPEN, False):
        return None
    # Not Flask-Login's decorator: it lets OPTIONS and a setting pass without anybody signed in.
    if not current_user.is_authenticated:
        return _lead_to_sign_in()
    is_platform = getattr(view, PLATFORM, False)
    if is_platform and not current_user.is_platform_admin:
        abort(404)
    if getattr(view, FROM_ABOVE, False):
        return _stand_above()
    if is_platform or not _enter():
        return _stay_outside(is_platform)
    owed = _owed()
    if owed is None:
        _refuse_while_suspended()
    return owed


def _owed() -> ResponseReturnValue | None:
    """The way to what the person must do first."""
    view = current_app.view_functions[request.endpoint or ""]
    duty = duty_of(current_user, *part_here())
    return go(url_for(duty)) if duty and not getattr(view, DUTY, False) else None


def _refuse_while_suspended() -> None:
    if current_presence().county.suspended_at and request.endpoint not in WHILE_SUSPENDED:
        raise CountySuspended(current_presence().county.name)


def _stay_outside(is_platform: bool) -> ResponseReturnValue | None:
    """Outside of any county: the platform's pages, those above the counties, and the person's own account."""
    is_own = f"{request.path}/".startswith("/account/")
    if not is_platform and regions_of(db.session(), current_user.id):
        return _stand_above() if is_own else go(url_for("oversight.index"))
    if not is_platform and not is_own:
        return go(url_for("admin.index"))
    admin = Doer(current_user.id, current_user.name, "admin", _address())
    act_as(db.session(), admin)
    request.environ[ADMIN] = admin
    return _owed()


def _stand_above() -> ResponseReturnValue | None:
    regions = regions_of(db.session(), current_user.id)
    if not regions:
        abort(404)
    act_as(db.session(), Doer(current_user.id, current_user.name, Role.OVERSEER.value, _address()))
    request.environ[ABOVE] = Above(current_user.id, current_user.name, regions)
    return _owed()


def _lead_to_sign_in() -> ResponseReturnValue:
    had_one = session.pop(TOKEN, None) is not None
    flash(_("登录已超时或已在别处退出，请重新登录。") if had_one else _("请先登录。"), "warning")
    if htmx:  # a redirect would put the sign-in page into a part of the page
        return go(url_for("auth.sign_in", next=_path_of(htmx.current_url)))
    # Only a page can be gone back to; an act has none at its address.
    page = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=page))


def _path_of(address: str | None) -> str | None:
    return urlsplit(address)._replace(scheme="", netloc="").geturl() if address else None


def _enter() -> bool:
    """Enter the county that the person belongs to or looks into; False for those who are in none."""
    presence = _looking() or _belonging()
    if presence is None:
        return False
    actor = presence.actor
    enter_county(db.session(), presence.county.id)
    if presence.is_looking:
        look_only(db.session())
    enter_terms(terms_of(presence.county.settings))
    act_as(db.session(), doer_from(actor, _address()))
    request.environ[PRESENCE] = presence
    return True


def _looking() -> Presence | None:
    code = session.get(ENTERED)
    if code is None or request.blueprint == "auth":
        return None
    try:
        county = county_below(db.session(), regions_of(db.session(), current_user.id), code)
    except NotBelow:
        session.pop(ENTERED)
        return None
    actor = Actor(current_user.id, current_user.name, county.id, Role.OVERSEER)
    return Presence(actor, county, [], is_looking=True)


def _belonging() -> Presence | None:
    choices = memberships_of(db.session(), current_user.id)
    if choices:
        membership, county = _chosen(choices)
        return Presence(as_actor(current_user, membership), county, choices)
    if not current_user.is_platform_admin and not regions_of(db.session(), current_user.id):
        abort(403)
    return None


def _address() -> str:
    return request.remote_addr or ""


def _chosen(choices: list[tuple[Membership, County]]) -> tuple[Membership, County]:
    wanted = session.get("membership_id")
    return next((pair for pair in choices if pair[0].id == wanted), choices[0])


def _note_seen(response: Response) -> Response:
    """Write down every few minutes that the sign-in is in use, in a transaction after the request's own."""
    seen: Seen | None = request.environ.get(SIGN_IN)
    if seen is not None and BROKEN not in request.environ and now() - seen.seen_at > SEEN_EVERY:
        db.session.close()  # what was to be kept is committed; this session may be one that only looks
        with db.session.session_factory() as own:
            note_seen(own, seen.sign_in_id, at=now())
            own.commit()
    return response
