"""``flask backup`` and ``flask restore``."""

from pathlib import Path

import click
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext as _

from app.clock import now
from app.keeping.backups import back_up
from app.keeping.backups import restore as put_back
from app.keeping.snapshot import Snapshot
from plans.errors import PlanError


@click.command
@click.argument("target", type=click.Path(path_type=Path))
@with_appcontext
def backup(target: Path) -> None:
    """Copy the database and the kept files into the new folder TARGET, while the application runs."""
    try:
        snapshot = back_up(_address(), _files(), target.absolute(), at=now())
    except PlanError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(_("已备份到 %(target)s：%(what)s。", target=target, what=_told(snapshot)))
    click.echo(_("登录密钥（SECRET_KEY 或 instance/secret_key）不在备份里，请另行保管。"))


@click.command
@click.argument("source", type=click.Path(path_type=Path))
@with_appcontext
def restore(source: Path) -> None:
    """Put the backup SOURCE into an empty database and an empty folder of files."""
    known = {step.revision for step in _history().walk_revisions()}
    try:
        snapshot = put_back(source, _address(), _files(), known=known)
    except PlanError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(_("已恢复：%(what)s，行数与备份一致。", what=_told(snapshot)))
    if snapshot.revision != _history().get_current_head():
        click.echo(_("备份早于本程序，请再运行 flask --app wsgi db upgrade。"))


def _told(snapshot: Snapshot) -> str:
    return _("%(tables)s 张表 %(rows)s 行", tables=len(snapshot.rows), rows=sum(snapshot.rows.values()))


def _address() -> str:
    address: str = current_app.config["SQLALCHEMY_DATABASE_URI"]
    owners: str = current_app.config["MIGRATION_DATABASE_URI"]
    # As the owner, since no policy may hide a row from a backup.
    return owners if owners and not address.startswith("sqlite") else address


def _files() -> Path:
    return Path(current_app.config["FILES"])


def _history() -> ScriptDirectory:
    return ScriptDirectory(str(current_app.extensions["migrate"].directory))
