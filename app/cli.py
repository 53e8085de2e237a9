"""Commands of the operator."""

import click
from flask import Flask
from flask_migrate import upgrade

from app.clock import now
from app.extensions import db


def init_app(app: Flask) -> None:
    """Add the commands to ``flask``."""
    app.cli.add_command(prepare)


@click.command
def prepare() -> None:
    """Bring the database to the newest migration and load the demo into an empty one."""
    from app.demo.setup import DEMO_NOTE, is_empty, load_demo  # noqa: PLC0415 -- slow import

    upgrade()
    if is_empty(db.session()):
        click.echo("首次启动：正在载入演示数据……")
        load_demo(now())
    click.echo(DEMO_NOTE)
