"""One's own account: where it is signed in, and its password."""

from flask import flash, redirect, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from app.auth.accounts import memberships_of
from app.auth.attempts import count_attempt, forgive
from app.auth.blueprint import bp
from app.auth.entering import lifetimes
from app.auth.entries import note_sign
from app.auth.errors import AccessRefused, PasswordRefused, WrongProof
from app.auth.forms import NewPasswordForm, ProofForm
from app.auth.own_account import change_password, devices, proof_gate
from app.auth.password_rules import check_new_password
from app.auth.passwords import hash_password, password_fits
from app.auth.presence import current_sign_in_id, part_of_a_duty
from app.auth.second_factor import n_codes_left
from app.auth.sign_ins import end_sign_in, end_sign_ins
from app.clock import now
from app.dates import moment_words
from app.extensions import db
from app.models.audit import Act
from app.pages import show


@bp.get("/account")
def account() -> Response:
    found = devices(db.session(), current_user.id, lifetimes(), this=current_sign_in_id(), at=now())
    return show(
        "auth/account.html",
        account=current_user,
        devices=found,
        n_codes=n_codes_left(db.session(), current_user.id),
        idle=lifetimes().idle,
        moment=moment_words,
    )


@bp.post("/account/devices/<int:sign_in_id>/end")
def end_device(sign_in_id: int) -> Response:
    if end_sign_in(db.session(), current_user.id, sign_in_id, at=now()):
        note_sign(db.session(), Act.SIGN_OUT, current_user, at=now(), why="device")
        db.session.commit()
        flash(_("已退出该设备。"), "success")
    return redirect(url_for("auth.account"), 303)


@bp.post("/account/devices/end-all")
def end_all_devices() -> Response:
    end_sign_ins(db.session(), current_user.id, at=now())
    note_sign(db.session(), Act.SIGN_OUT, current_user, at=now(), why="everywhere")
    db.session.commit()
    logout_user()
    session.clear()
    flash(_("已在所有设备上退出登录。"), "success")
    return redirect(url_for("auth.sign_in"), 303)


@bp.get("/account/password")
@part_of_a_duty
def password() -> Response:
    return show("auth/password.html", form=NewPasswordForm(), is_first=current_user.must_change)


@bp.post("/account/password")
@part_of_a_duty
def keep_password() -> Response:
    form, is_first = NewPasswordForm(), current_user.must_change
    if not form.validate() or not _changed(form):
        return show("auth/password.html", status=422, form=form, is_first=is_first)
    flash(_("密码已更换，其他设备上的登录已退出。"), "success")
    return redirect(url_for("dashboard.home" if is_first else "auth.account"), 303)


def _changed(form: NewPasswordForm) -> bool:
    try:
        _check_new(form)
        _change(form)
    except PasswordRefused as refusal:
        form.new.errors = [str(refusal)]
    except AccessRefused as refusal:
        form.old.errors = [str(refusal)]
    else:
        return True
    return False


def _check_new(form: NewPasswordForm) -> None:
    if form.new.data == form.old.data:
        raise PasswordRefused(_("新密码不能与现在的密码相同。"))
    counties = [county.name for _membership, county in memberships_of(db.session(), current_user.id)]
    words = [current_user.login, current_user.name, *counties, *(name.split("（")[0] for name in counties)]
    check_new_password(form.new.data, own_words=words)


def _change(form: NewPasswordForm) -> None:
    account_id, this = current_user.id, current_sign_in_id()
    old_hash = prove_password(form.old.data)
    new_hash = hash_password(form.new.data)
    change_password(db.session(), account_id, old_hash=old_hash, new_hash=new_hash, this=this, at=now())
    db.session.commit()


def prove_password(password: str) -> str:
    """The hash that the password of the signed-in account was found to fit; the transaction so far is over.

    Raises TooManyAttempts, WrongProof.
    """
    account_id, kept = current_user.id, str(current_user.password_hash)
    count_attempt(db.session(), [proof_gate(account_id)], at=now())
    db.session.commit()
    if not password_fits(kept, password):
        raise WrongProof(_("密码不正确，请重新输入。"))
    forgive(db.session(), [proof_gate(account_id)])
    return kept


def is_proven(form: ProofForm) -> bool:
    """Whether the form holds the password of the signed-in account; its errors say why not."""
    if not form.validate():
        return False
    try:
        prove_password(form.password.data)
    except AccessRefused as refusal:
        db.session.rollback()
        form.password.errors = [str(refusal)]
        return False
    return True
