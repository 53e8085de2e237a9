"""The end of every way in: a new session, an entry in the log, a known browser."""

from flask import flash, redirect, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.addresses import own_address
from app.auth.entering import begin, remember_device, wait_for_code
from app.auth.entries import note_sign
from app.auth.presence import OVERSEES
from app.auth.ways import WAY, Way, asks_for_no_code
from app.clock import now
from app.extensions import db
from app.models import Account
from app.models.audit import Act
from app.oversight.regions import regions_of


def first_step_done(account: Account, next_address: str | None, way: Way = Way.PASSWORD) -> Response:
    """Go on after the first proof: to the code where the account has a second factor, else in."""
    if account.second_factor_at is None or asks_for_no_code(way):
        return let_in(account, next_address, way)
    account_id = account.id
    db.session.commit()
    wait_for_code(account_id, own_address(next_address), way, at=now())
    return redirect(url_for("auth.code"), 303)


def let_in(account: Account, next_address: str | None, way: Way) -> Response:
    """Sign the proven account in; the end of the request's transaction."""
    if not account.is_enabled:  # switched off between the two steps
        db.session.rollback()
        flash(_("该账号已停用，请联系创建办。"), "warning")
        return redirect(url_for("auth.sign_in"), 303)
    begin(db.session(), account, at=now())
    session[WAY] = way
    session[OVERSEES] = bool(regions_of(db.session(), account.id))
    note_sign(db.session(), Act.SIGN_IN, account, at=now(), why="" if way is Way.PASSWORD else way)
    account_id = account.id
    db.session.commit()
    return remember_device(redirect(own_address(next_address), 303), account_id)
