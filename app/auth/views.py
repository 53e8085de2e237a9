"""Signing in and out, and choosing the county and the year to look at."""

import re

from flask import Blueprint, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from app.auth.accounts import find_account
from app.auth.entries import note_sign
from app.auth.forms import SignInForm
from app.auth.passwords import password_fits
from app.auth.presence import current_presence, open_to_all
from app.clock import now
from app.extensions import db
from app.models.audit import Act
from app.pages import show

bp = Blueprint("auth", __name__)


@bp.get("/sign-in")
@open_to_all
def sign_in() -> Response:
    return show("auth/sign_in.html", form=SignInForm())


@bp.post("/sign-in")
@open_to_all
def enter() -> Response:
    form = SignInForm()
    if not form.validate() or not _signed_in(form):
        db.session.commit()
        return show("auth/sign_in.html", status=422, form=form)
    db.session.commit()
    return redirect(_own_address(request.args.get("next")), 303)


@bp.post("/sign-out")
@open_to_all  # an account without any county must be able to leave
def sign_out() -> Response:
    if current_user.is_authenticated:
        note_sign(db.session(), Act.SIGN_OUT, current_user, at=now())
        db.session.commit()
    logout_user()
    session.clear()
    return redirect(url_for("auth.sign_in"), 303)


@bp.get("/counties/<int:membership_id>")
def choose_county(membership_id: int) -> Response:
    if any(membership.id == membership_id for membership, _county in current_presence().choices):
        session["membership_id"] = membership_id
        session.pop("year", None)
    return redirect(url_for("dashboard.home"), 303)


@bp.get("/years/<int:year>")
def choose_year(year: int) -> Response:
    session["year"] = year
    return redirect(_own_address(request.referrer and request.args.get("next")), 303)


def _signed_in(form: SignInForm) -> bool:
    account = find_account(db.session(), form.login.data.strip())
    if account is None or not password_fits(account.password_hash, form.password.data):
        note_sign(db.session(), Act.SIGN_IN_FAILED, account, at=now(), why="wrong")
        form.password.errors = [_("用户名或密码不正确，请重新输入。")]
        return False
    session.clear()  # a new identity starts with a new session
    if not login_user(account):
        note_sign(db.session(), Act.SIGN_IN_FAILED, account, at=now(), why="disabled")
        flash(_("该账号已停用，请联系创建办。"), "warning")
        return False
    note_sign(db.session(), Act.SIGN_IN, account, at=now())
    session.permanent = True
    return True


def _own_address(address: str | None) -> str:
    # Only a path of ours: "//host" and "https://host" would send the person away after sign-in, and so
    # would "/<tab>/host", because browsers drop what cannot be printed.
    is_path = address is not None and re.match(r"/(?![/\\])", address) and address.isprintable()
    return address if address and is_path else url_for("dashboard.home")
