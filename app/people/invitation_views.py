"""Accepting an invitation: open to everybody who holds the link, and to nobody twice."""

import sqlalchemy as sa
from flask import flash, redirect, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.auth.errors import PasswordRefused
from app.auth.password_rules import check_new_password
from app.auth.passwords import hash_password
from app.auth.presence import open_to_all
from app.clock import now
from app.extensions import db
from app.models import Invitation
from app.pages import show
from app.people.blueprint import bp
from app.people.errors import InvitationGone
from app.people.forms import NewcomerForm
from app.people.inviting import accept_as, accept_as_new, open_invitation
from app.people.membership import Part, named
from app.people.sentences import part_words
from app.tenancy import enter_county
from plans.base import County
from plans.errors import PlanError


@bp.get("/invitations/<string:county_code>/<string:token>")
@open_to_all
def invitation(county_code: str, token: str) -> Response:
    try:
        found = _enter(county_code, token)
    except InvitationGone as refusal:
        return _gone(refusal)
    return _page(found, county_code, token, NewcomerForm(formdata=None, name=found.name))


@bp.post("/invitations/<string:county_code>/<string:token>")
@open_to_all
def join(county_code: str, token: str) -> Response:
    """Make an account and join."""
    form = NewcomerForm()
    try:
        found = _enter(county_code, token)
        if not form.validate() or not _is_safe(form):
            return _page(found, county_code, token, form, 422)
        db.session.rollback()  # hashing is slow on purpose and must not hold the writer's lock
        hashed = hash_password(form.password.data)
        login, name = form.login.data.strip(), form.name.data.strip()
        accept_as_new(db.session(), token=token, login=login, name=name, password_hash=hashed, at=now())
    except InvitationGone as refusal:
        return _gone(refusal)
    except PlanError as refusal:
        form.login.errors = [str(refusal)]
        return _page(found, county_code, token, form, 422)
    db.session.commit()
    flash(_("账号已建立，请登录。"), "success")
    return redirect(url_for("auth.sign_in"), 303)


@bp.post("/invitations/<string:county_code>/<string:token>/accept")
@open_to_all
def accept(county_code: str, token: str) -> Response:
    """Join with the account that is signed in."""
    if not current_user.is_authenticated:
        return redirect(
            url_for("auth.sign_in", next=url_for("people.invitation", county_code=county_code, token=token)),
            303,
        )
    try:
        found = _enter(county_code, token)
        member = accept_as(db.session(), current_user, token=token, at=now())
    except InvitationGone as refusal:
        return _gone(refusal)
    except PlanError as refusal:
        return _page(found, county_code, token, NewcomerForm(formdata=None), 409, str(refusal))
    db.session.commit()
    session["membership_id"] = member.id
    session.pop("year", None)
    return redirect(url_for("dashboard.home"), 303)


def _is_safe(form: NewcomerForm) -> bool:
    try:
        check_new_password(form.password.data, own_words=[form.login.data, form.name.data])
    except PasswordRefused as refusal:
        form.password.errors = [str(refusal)]
        return False
    return True


def _enter(county_code: str, token: str) -> Invitation:
    """Enter the county that the link names, which shows nothing but the invitation. Raises InvitationGone."""
    county = db.session.scalar(sa.select(County).where(County.code == county_code))
    if county is None:
        raise InvitationGone()
    enter_county(db.session(), county.id)
    return open_invitation(db.session(), token, now())


def _page(
    found: Invitation,
    county_code: str,
    token: str,
    form: NewcomerForm,
    status: int = 200,
    refusal: str = "",
) -> Response:
    part = part_words(named(db.session(), Part(found.role, found.unit_id, found.school_code)))
    county = db.session.get_one(County, found.county_id)
    return show(
        "people/invitation.html",
        status=status,
        invitation=found,
        county=county,
        part=part,
        form=form,
        token=token,
        refusal=refusal,
    )


def _gone(refusal: InvitationGone) -> Response:
    return show("people/invitation_gone.html", status=404, message=str(refusal))
