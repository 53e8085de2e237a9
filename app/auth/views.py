"""Signing in and out, and choosing the county and the year to look at."""

from typing import NoReturn

from flask import current_app, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from app.auth import access_views, account_views, code_views, factor_views, provider_views
from app.auth.addresses import own_address
from app.auth.blueprint import bp
from app.auth.entering import TOKEN, known_device, visit_here
from app.auth.entries import note_sign
from app.auth.errors import AccessRefused, TooManyAttempts, WrongProof
from app.auth.forms import SignInForm
from app.auth.letting_in_views import first_step_done
from app.auth.passwords import hash_password, is_outdated, password_fits
from app.auth.presence import ENTERED, known_memberships, open_to_all
from app.auth.proofs import Claim, accept_claim, claim_login
from app.auth.sign_ins import end_token
from app.clock import now
from app.extensions import db
from app.models import Account
from app.models.audit import Act
from app.pages import show

__all__ = ["access_views", "account_views", "bp", "code_views", "factor_views", "provider_views"]


@bp.get("/sign-in")
@open_to_all
def sign_in() -> Response:
    return show("auth/sign_in.html", form=SignInForm())


@bp.post("/sign-in")
@open_to_all
def enter() -> Response:
    form = SignInForm()
    if not form.validate():
        return show("auth/sign_in.html", status=422, form=form)
    try:
        account = _proven(form.login.data, form.password.data)
    except AccessRefused as refusal:
        form.password.errors = [str(refusal)]
        return show("auth/sign_in.html", status=_status_of(refusal), form=form)
    return first_step_done(account, request.args.get("next"))


@bp.post("/sign-out")
@open_to_all  # an account without any county must be able to leave
def sign_out() -> Response:
    if current_user.is_authenticated:
        note_sign(db.session(), Act.SIGN_OUT, current_user, at=now())
    end_token(db.session(), session.get(TOKEN, ""), at=now())
    db.session.commit()
    logout_user()
    session.clear()
    return redirect(url_for("auth.sign_in"), 303)


@bp.get("/counties/<int:membership_id>")
def choose_county(membership_id: int) -> Response:
    if membership_id in known_memberships():
        session.pop(ENTERED, None)
        session["membership_id"] = membership_id
        session.pop("year", None)
    return redirect(url_for("dashboard.home"), 303)


@bp.get("/years/<int:year>")
def choose_year(year: int) -> Response:
    session["year"] = year
    return redirect(own_address(request.referrer and request.args.get("next")), 303)


def _proven(login: str, password: str) -> Account:
    claim = claim_login(
        db.session(),
        login,
        visit_here(),
        secret=current_app.config["SECRET_KEY"],
        cookie=known_device(),
        at=now(),
    )
    db.session.commit()
    # The hash takes its time; no transaction is open meanwhile that others would wait for.
    if not password_fits(claim.password_hash, password):
        _refuse(claim, "wrong", _("用户名或密码不正确，请重新输入。"))
    return _accepted(claim, password)


def _accepted(claim: Claim, password: str) -> Account:
    fresh_hash = hash_password(password) if is_outdated(claim.password_hash or "") else None
    account = accept_claim(db.session(), claim, fresh_hash=fresh_hash)
    if account is None:
        _refuse(claim, "disabled", _("该账号已停用，请联系创建办。"))
    return account


def _refuse(claim: Claim, why: str, words: str) -> NoReturn:
    account = db.session.get(Account, claim.account_id) if claim.account_id else None
    note_sign(db.session(), Act.SIGN_IN_FAILED, account, at=now(), why=why)
    db.session.commit()
    raise WrongProof(words)


def _status_of(refusal: AccessRefused) -> int:
    return 429 if isinstance(refusal, TooManyAttempts) else 422
