"""One's own second factor: set up, recovery codes, switched off."""

from io import BytesIO

import segno
from flask import abort, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.auth.account_views import is_proven
from app.auth.attempts import count_attempt, forgive
from app.auth.blueprint import bp
from app.auth.duties import needs_second_factor
from app.auth.entries import note_own
from app.auth.errors import AccessRefused
from app.auth.forms import CodeForm, ProofForm
from app.auth.presence import part_here, part_of_a_duty
from app.auth.second_factor import (
    Setup,
    begin_setup,
    code_gate,
    confirm_setup,
    drop_second_factor,
    n_codes_left,
    renew_codes,
    setup_of,
)
from app.clock import now
from app.extensions import db
from app.pages import show


@bp.get("/account/second-factor")
@part_of_a_duty
def second_factor() -> Response:
    return _page(ProofForm(), CodeForm())


@bp.get("/account/second-factor/picture.svg")
@part_of_a_duty
def second_factor_picture() -> Response:
    setup = _setup()
    if setup is None:
        abort(404)
    picture = BytesIO()
    segno.make(setup.address, error="m").save(picture, kind="svg", scale=5, light="#fff", xmldecl=False)
    return Response(picture.getvalue(), mimetype="image/svg+xml", headers={"Cache-Control": "no-store"})


@bp.post("/account/second-factor")
@part_of_a_duty
def begin_second_factor() -> Response:
    form = ProofForm()
    if not is_proven(form):
        return _page(form, CodeForm(formdata=None), status=422)
    begin_setup(db.session(), current_user.id, key=current_app.config["SECRET_KEY"])
    db.session.commit()
    return redirect(url_for("auth.second_factor"), 303)


@bp.post("/account/second-factor/confirm")
@part_of_a_duty
def confirm_second_factor() -> Response:
    form = CodeForm()
    codes = _confirmed(form) if form.validate() else None
    if codes is None:
        return _page(ProofForm(formdata=None), form, status=422)
    return show("auth/recovery_codes.html", codes=codes)


@bp.post("/account/second-factor/codes")
def new_recovery_codes() -> Response:
    form = ProofForm()
    if current_user.second_factor_at is None or not is_proven(form):
        return _page(form, CodeForm(formdata=None), status=422)
    codes = renew_codes(db.session(), current_user.id)
    note_own(db.session(), current_user, "recovery codes renewed", at=now())
    db.session.commit()
    return show("auth/recovery_codes.html", codes=codes)


@bp.post("/account/second-factor/drop")
def drop_own_second_factor() -> Response:
    form = ProofForm()
    if not is_proven(form):
        return _page(form, CodeForm(formdata=None), status=422)
    drop_second_factor(db.session(), current_user.id)
    db.session.commit()
    flash(_("二次验证已停用。"), "success")
    return redirect(url_for("auth.second_factor"), 303)


def _confirmed(form: CodeForm) -> list[str] | None:
    account_id = current_user.id
    try:
        count_attempt(db.session(), [code_gate(account_id)], at=now())
        db.session.commit()
        codes = confirm_setup(
            db.session(), account_id, form.code.data, key=current_app.config["SECRET_KEY"], at=now()
        )
    except AccessRefused as refusal:
        db.session.rollback()
        form.code.errors = [str(refusal)]
        return None
    forgive(db.session(), [code_gate(account_id)])
    db.session.commit()
    return codes


def _setup() -> Setup | None:
    if current_user.second_factor_at is not None:
        return None
    return setup_of(db.session(), current_user.id, current_user.login, key=current_app.config["SECRET_KEY"])


def _page(proof: ProofForm, code: CodeForm, status: int = 200) -> Response:
    return show(
        "auth/second_factor.html",
        status=status,
        account=current_user,
        setup=_setup(),
        n_left=n_codes_left(db.session(), current_user.id),
        is_needed=needs_second_factor(current_user, *part_here()),
        proof=proof,
        code=code,
    )
