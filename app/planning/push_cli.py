"""``flask plans push``: a region puts a built-in plan before its counties, some parts locked."""

import click
import sqlalchemy as sa
from flask_babel import gettext as _

from app.clock import now
from app.extensions import db
from app.planning.blueprint import bp
from app.planning.new_plan import template_warning
from app.tenancy import enter_county
from plans.base import County
from plans.corrections.parts import PART_NAMES, Part
from plans.errors import PlanError
from plans.pushing import push_template

WORDS = "、".join(f"{part.value} {name}" for part, name in PART_NAMES.items())


@bp.cli.command("push")
@click.argument("template")
@click.option("--county", "codes", multiple=True, required=True, help="行政区划代码，可写多次")
@click.option("--lock", default="", help=f"锁定的部分，用逗号分开：{WORDS}")
@click.option("--by", default="上级", show_default=True, help="下发单位")
def push(template: str, codes: tuple[str, ...], lock: str, by: str) -> None:
    """Put TEMPLATE before counties as a draft; locked parts cannot be corrected there."""
    locked = _parts(lock)
    failed = [code for code in codes if not _push(template, code, locked, by)]
    if failed:
        raise click.ClickException(_("未下发：%(codes)s。", codes="、".join(failed)))


def _push(template: str, code: str, locked: list[Part], by: str) -> bool:
    """One county in a session of its own; False after saying why it was not done."""
    db.session.remove()
    county = db.session.scalar(sa.select(County).where(County.code == code))
    if county is None:
        click.echo(_("%(code)s：没有这个县，请核对行政区划代码。", code=code))
        return False
    name, county_id, county_year = county.name, county.id, county.horizon_year
    db.session.remove()
    enter_county(db.session(), county_id)
    try:
        push_template(db.session(), name=template, locked=locked, by=by, at=now())
    except PlanError as refusal:
        db.session.rollback()
        click.echo(f"{name}：{refusal}")
        return False
    db.session.commit()
    click.echo(_("%(name)s：已下发，待创建办核对确认。", name=name))
    if warning := template_warning(template, county_year):
        click.echo(_("%(name)s：请注意，%(warning)s", name=name, warning=warning))
    return True


def _parts(lock: str) -> list[Part]:
    names = [name.strip() for name in lock.split(",") if name.strip()]
    if unknown := [name for name in names if name not in list(Part)]:
        raise click.BadParameter(
            _("没有 %(names)s 这样的部分，可选：%(all)s", names="、".join(unknown), all=WORDS)
        )
    return [part for part in Part if part in names]
