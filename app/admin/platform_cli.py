"""``flask platform``: administrators of the platform, and counties whose waiting time is over."""

import secrets
from pathlib import Path

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.admin.counties import find_county
from app.admin.erasing import erase, erase_files
from app.audit.doers import Doer
from app.auth.passwords import hash_password
from app.clock import now, today
from app.extensions import db
from app.models import Account
from plans.base import County, new_id

platform = AppGroup("platform", help="平台管理员；到期删除")


@platform.command("admin")
@click.argument("login")
@click.option("--name", default="平台管理员", show_default=True, help="姓名")
def make_admin(login: str, name: str) -> None:
    """Make LOGIN an administrator of the platform; a new account gets a password to change at first use."""
    account = db.session.scalar(sa.select(Account).where(Account.login == login))
    if account is not None:
        account.is_platform_admin = True
        db.session.commit()
        click.echo(_("%(login)s 已是平台管理员。", login=login))
        return
    password = secrets.token_urlsafe(12)
    db.session.add(
        Account(
            id=new_id(),
            login=login,
            name=name,
            password_hash=hash_password(password),
            is_platform_admin=True,
            must_change=True,
            created_at=now(),
        )
    )
    db.session.commit()
    click.echo(_("已建立平台管理员 %(login)s，首次登录须更换密码：%(word)s", login=login, word=password))


@platform.command("erase-due")
def erase_due() -> None:
    """Erase the counties whose waiting time is over; run it once a night."""
    due = sa.select(County.code, County.name, County.id).where(County.erase_on <= today())
    for code, name, county_id in db.session.execute(due.order_by(County.code)).all():
        db.session.remove()
        erase(db.session(), Doer(who="到期删除"), find_county(db.session(), code), today=today())
        db.session.commit()
        erase_files(Path(current_app.config["FILES"]), county_id)
        click.echo(_("%(name)s：已删除。", name=name))
