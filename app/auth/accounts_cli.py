"""``flask accounts``: the operator helps where nobody inside the application can."""

import click
from flask.cli import AppGroup

from app.auth.accounts import find_account
from app.auth.passwords import hash_password
from app.auth.recovery import drawn_password, reset_second_factor, set_password_for_once
from app.clock import now
from app.extensions import db

accounts = AppGroup("accounts", help="账号：忘记密码、手机遗失时由运维人员重置")


@accounts.command("reset")
@click.argument("login")
def reset(login: str) -> None:
    """Give LOGIN a password for once, take its second factor away, sign it out everywhere."""
    password = drawn_password()
    new_hash = hash_password(password)
    account = find_account(db.session(), login)
    if account is None:
        raise click.ClickException(f"没有用户名为 {login} 的账号。")
    set_password_for_once(db.session(), account, new_hash=new_hash, at=now())
    reset_second_factor(db.session(), account, at=now())
    db.session.commit()
    click.echo(f"临时密码：{password}（登录后须先更换）；二次验证已重置，所有设备已退出。")
