"""The browser's side of a sign-in: what its signed cookie holds, and for how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from flask import after_this_request, current_app, request, session
from flask_login import login_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.auth.devices import COOKIE_AGE_S, device_cookie
from app.auth.sign_ins import Lifetimes, Visit, end_token, open_sign_in
from app.auth.ways import Way
from app.language import keep_language
from app.models import Account

TOKEN, WAITING = "sign_in", "waiting"
CODE_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True)
class Waiting:
    """A person whose password was right and whose code is still to come."""

    account_id: int
    until: datetime
    next: str
    way: Way


def visit_here() -> Visit:
    """From where this request comes."""
    return Visit(request.remote_addr or "", request.headers.get("User-Agent", ""))


def lifetimes() -> Lifetimes:
    """How long sign-ins last here."""
    return Lifetimes(current_app.config["SESSION_IDLE"], current_app.config["PERMANENT_SESSION_LIFETIME"])


def begin(db_session: Session, account: Account, *, at: datetime) -> None:
    """Sign an account in: a new session of the browser, a new entry of the register."""
    if TOKEN in session:
        end_token(db_session, session[TOKEN], at=at)
    token = open_sign_in(db_session, account.id, visit_here(), at=at)
    session.clear()  # a new identity starts with a new session
    login_user(account)
    session[TOKEN] = token
    session.permanent = True
    if account.language:
        after_this_request(partial(keep_language, account.language))


def wait_for_code(account_id: int, next_address: str, way: Way, *, at: datetime) -> None:
    """Remember, for a few minutes, whose code is to come."""
    session.clear()
    session[WAITING] = [account_id, (at + CODE_WITHIN).timestamp(), next_address, way]


def waiting(*, at: datetime) -> Waiting | None:
    """Whose code is to come; None when there was no password before, or too long ago."""
    kept: Any = session.get(WAITING)
    if not kept:
        return None
    account_id, until_s, next_address, way = kept
    until = datetime.fromtimestamp(until_s, at.tzinfo)
    return Waiting(account_id, until, next_address, Way(way)) if until > at else None


def remember_device(response: Response, account_id: int) -> Response:
    """Let the browser say next time that the account has signed in here before."""
    settings = current_app.config
    response.set_cookie(
        settings["DEVICE_COOKIE_NAME"],
        device_cookie(settings["SECRET_KEY"], known_device(), account_id),
        max_age=COOKIE_AGE_S,
        secure=settings["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def known_device() -> str:
    """The browser's cookie of accounts that have signed in here."""
    return request.cookies.get(current_app.config["DEVICE_COOKIE_NAME"], "")
