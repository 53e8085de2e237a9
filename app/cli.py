"""Commands of the operator."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app.admin.platform_cli import platform
from app.audit.audit_cli import audit
from app.auth.accounts_cli import accounts
from app.clock import now
from app.extensions import db
from app.jobs.cli import jobs, tell
from app.jobs.counties import for_each_county
from app.jobs.nightly import nightly
from app.keeping.keeping_cli import backup, restore


def init_app(app: Flask) -> None:
    """Add the commands to ``flask``."""
    app.cli.add_command(prepare)
    app.cli.add_command(jobs)
    app.cli.add_command(accounts)
    app.cli.add_command(audit)
    app.cli.add_command(platform)
    app.cli.add_command(backup)
    app.cli.add_command(restore)


@click.command
@with_appcontext
def prepare() -> None:
    """Bring the database to the newest migration, load the demo where wanted, do the nightly work."""
    from app.demo.setup import DEMO_NOTE, is_empty, load_demo  # noqa: PLC0415 -- slow import

    upgrade()
    has_demo = bool(current_app.config["DEMO"])
    if has_demo and is_empty(db.session()):
        click.echo("首次启动：正在载入演示数据……")
        load_demo(now())
    tell(for_each_county(nightly, at=now()))
    if has_demo:
        click.echo(DEMO_NOTE)
