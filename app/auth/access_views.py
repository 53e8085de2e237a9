"""The office helps a member back in: a password for once, a lost second factor, devices in wrong hands."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.blueprint import bp
from app.auth.entering import lifetimes
from app.auth.own_account import devices
from app.auth.passwords import hash_password
from app.auth.presence import current_actor
from app.auth.recovery import (
    account_in_care,
    drawn_password,
    end_devices,
    reset_second_factor,
    set_password_for_once,
)
from app.clock import now
from app.dates import moment_words
from app.extensions import db
from app.models import Account
from app.pages import show


@bp.get("/members/<int:membership_id>/access")
def access(membership_id: int) -> Response:
    account = account_in_care(db.session(), current_actor(), membership_id)
    return _page(membership_id, account, None)


@bp.post("/members/<int:membership_id>/access/password")
def reset_password(membership_id: int) -> Response:
    password = drawn_password()
    new_hash = hash_password(password)  # before anything of this request writes
    account = account_in_care(db.session(), current_actor(), membership_id)
    set_password_for_once(db.session(), account, new_hash=new_hash, at=now())
    db.session.commit()
    return _page(membership_id, account, password)


@bp.post("/members/<int:membership_id>/access/second-factor")
def reset_factor(membership_id: int) -> Response:
    reset_second_factor(db.session(), account_in_care(db.session(), current_actor(), membership_id), at=now())
    db.session.commit()
    flash(_("二次验证已重置，请本人登录后重新设置。"), "success")
    return redirect(url_for("auth.access", membership_id=membership_id), 303)


@bp.post("/members/<int:membership_id>/access/devices")
def sign_member_out(membership_id: int) -> Response:
    end_devices(db.session(), account_in_care(db.session(), current_actor(), membership_id), at=now())
    db.session.commit()
    flash(_("该账号已在所有设备上退出。"), "success")
    return redirect(url_for("auth.access", membership_id=membership_id), 303)


def _page(membership_id: int, account: Account, password: str | None) -> Response:
    found = devices(db.session(), account.id, lifetimes(), this=0, at=now())
    answer = show(
        "auth/access.html",
        account=account,
        membership_id=membership_id,
        devices=found,
        password=password,
        moment=moment_words,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
