"""The second step of signing in: the code of the telephone."""

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.accounts import locked_account
from app.auth.attempts import count_attempt, forgive
from app.auth.blueprint import bp
from app.auth.entering import waiting
from app.auth.entries import note_sign
from app.auth.errors import TooManyAttempts, WrongProof
from app.auth.forms import CodeForm
from app.auth.letting_in_views import let_in
from app.auth.presence import open_to_all
from app.auth.second_factor import check_code, code_gate
from app.clock import now
from app.extensions import db
from app.models.audit import Act
from app.pages import show


@bp.get("/sign-in/code")
@open_to_all
def code() -> Response:
    return show("auth/code.html", form=CodeForm()) if waiting(at=now()) else _begin_again()


@bp.post("/sign-in/code")
@open_to_all
def enter_code() -> Response:
    form, who = CodeForm(), waiting(at=now())
    if who is None:
        return _begin_again()
    if not form.validate():
        return show("auth/code.html", status=422, form=form)
    try:
        _check(who.account_id, form.code.data)
    except (TooManyAttempts, WrongProof) as refusal:
        form.code.errors = [str(refusal)]
        status = 429 if isinstance(refusal, TooManyAttempts) else 422
        return show("auth/code.html", status=status, form=form)
    return let_in(locked_account(db.session(), who.account_id), who.next, who.way)


def _check(account_id: int, code: str) -> None:
    gates = [code_gate(account_id)]
    count_attempt(db.session(), gates, at=now())
    db.session.commit()
    try:
        check_code(db.session(), account_id, code, key=current_app.config["SECRET_KEY"], at=now())
    except WrongProof:
        account = locked_account(db.session(), account_id)
        note_sign(db.session(), Act.SIGN_IN_FAILED, account, at=now(), why="code")
        db.session.commit()
        raise
    forgive(db.session(), gates)


def _begin_again() -> Response:
    flash(_("登录超过 5 分钟没有完成，请重新输入用户名和密码。"), "warning")
    return redirect(url_for("auth.sign_in", next=request.args.get("next")), 303)
