"""Signing in by the identity provider, and linking one's account to an identity there."""

from datetime import timedelta

from flask import abort, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.audit.doers import Doer, act_as
from app.auth.account_views import is_proven
from app.auth.addresses import own_address
from app.auth.attempts import Gate, count_attempt, forgive
from app.auth.blueprint import bp
from app.auth.entering import visit_here
from app.auth.entries import note_sign
from app.auth.errors import AccessRefused, IdentityUnknown
from app.auth.forms import ProofForm
from app.auth.identities import account_of, link, unlink
from app.auth.letting_in_views import first_step_done
from app.auth.presence import open_to_all
from app.auth.provider import Identity, is_offered, kept_on_the_way, proven_identity, way_there
from app.auth.ways import Way
from app.clock import now
from app.extensions import db
from app.models import Account
from app.models.audit import Act
from app.pages import show

LINKING = "linking"  # key in the browser's session: until when the proven owner may link
LINK_WITHIN = timedelta(minutes=5)
FREE_RETURNS = 30


@bp.get("/sign-in/provider")
@open_to_all
def provider_begin() -> Response:
    _only_if_offered()
    return _sent_there({"next": own_address(request.args.get("next"))}, "auth.sign_in")


@bp.get("/sign-in/provider/back")
@open_to_all
def provider_back() -> Response:
    _only_if_offered()
    kept = kept_on_the_way()
    owner_id = kept.get("owner_id")
    try:
        identity = _identity_that_came()
        return _linked(owner_id, identity) if owner_id else _entered(identity, kept.get("next"))
    except AccessRefused as refusal:
        db.session.rollback()
        flash(str(refusal), "warning")
        return redirect(url_for("auth.account_provider" if owner_id else "auth.sign_in"), 303)


@bp.get("/account/provider")
def account_provider() -> Response:
    _only_if_offered()
    return _page(ProofForm())


@bp.post("/account/provider")
def prove_for_provider() -> Response:
    _only_if_offered()
    form = ProofForm()
    if not is_proven(form):
        return _page(form, status=422)
    db.session.commit()
    session[LINKING] = (now() + LINK_WITHIN).timestamp()
    return redirect(url_for("auth.account_provider"), 303)


@bp.get("/account/provider/go")
def link_provider() -> Response:
    # A link, not the form's own answer: the policy of content lets no form lead to another site.
    _only_if_offered()
    if not _may_link():
        return redirect(url_for("auth.account_provider"), 303)
    return _sent_there({"owner_id": current_user.id}, "auth.account_provider")


@bp.post("/account/provider/drop")
def drop_provider() -> Response:
    _only_if_offered()
    form = ProofForm()
    if not is_proven(form):
        return _page(form, status=422)
    unlink(db.session(), current_user.id)
    db.session.commit()
    flash(_("已解除关联，今后用密码登录。"), "success")
    return redirect(url_for("auth.account"), 303)


def _sent_there(kept: dict[str, object], otherwise: str) -> Response:
    db.session.rollback()  # no transaction waits for the provider
    try:
        return redirect(way_there(url_for("auth.provider_back", _external=True), kept), 303)
    except AccessRefused as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for(otherwise), 303)


def _identity_that_came() -> Identity:
    """Ask the provider, between two transactions; the second one may write."""
    db.session.rollback()
    gate = Gate("provider", visit_here().address, FREE_RETURNS)
    count_attempt(db.session(), [gate], at=now())
    db.session.commit()
    identity = proven_identity()
    forgive(db.session(), [gate])
    return identity


def _entered(identity: Identity, next_address: str | None) -> Response:
    account = account_of(db.session(), identity)
    if account is None or not account.is_enabled:
        note_sign(db.session(), Act.SIGN_IN_FAILED, account, at=now(), why=Way.PROVIDER)
        db.session.commit()
        raise IdentityUnknown() if account is None else AccessRefused(_("该账号已停用，请联系创建办。"))
    return first_step_done(account, next_address, Way.PROVIDER)


def _linked(owner_id: int, identity: Identity) -> Response:
    if not current_user.is_authenticated or current_user.id != owner_id or not _may_link():
        raise AccessRefused(_("关联已超时，本次没有关联。请重新确认密码后再试。"))
    session.pop(LINKING)
    act_as(db.session(), Doer(owner_id, current_user.name, address=visit_here().address))
    link(db.session(), owner_id, identity)
    db.session.commit()
    flash(_("已关联，今后可以用该身份登录。"), "success")
    return redirect(url_for("auth.account"), 303)


def _may_link() -> bool:
    until_s: float = session.get(LINKING, 0)
    return now().timestamp() < until_s


def _only_if_offered() -> None:
    if not is_offered():
        abort(404)


def _page(form: ProofForm, status: int = 200) -> Response:
    account: Account = current_user
    return show("auth/provider.html", status=status, account=account, form=form, may_link=_may_link())
