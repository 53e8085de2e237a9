"""``flask audit``: check the chains, print their heads for keeping elsewhere, take very old entries away."""

import sys
from collections.abc import Iterator
from datetime import datetime, time
from typing import TextIO

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.audit.chains import PLATFORM, Chain, head_of
from app.audit.pruning import prune
from app.audit.verifying import Mark, Verdict, verify
from app.clock import ZONE, now
from app.extensions import db
from app.tenancy import enter_county
from plans.base import County
from plans.errors import PlanError

audit = AppGroup("audit", help="审计日志：校验、链尾、清理")
PLATFORM_CODE = "platform"
Place = tuple[str, str, Chain]  # code, name, chain


@audit.command("verify")
@click.option("--county", "code", help="行政区划代码，platform 为平台；不写则全部校验")
@click.option("--known", "known", type=click.File(), help="以前用 heads 留存的链尾文件，逐条核对")
def verify_chains(code: str | None, known: TextIO | None) -> None:
    """Check the chains; exit status 1 and the first broken entry where one does not hold."""
    marks = _marks(known.read()) if known else {}
    verdicts = [_shown(place, marks.get(place[0])) for place in _places(code)]
    if any(verdict.fault for verdict in verdicts):
        sys.exit(1)


@audit.command("heads")
def print_heads() -> None:
    """Print code, number and hash of every chain's end, to be kept where nobody of this machine writes."""
    for code, _name, chain in _places(None):
        head = head_of(db.session(), chain)
        if head is not None:
            click.echo(f"{code} {head.no} {head.hash}")


@audit.command("prune")
@click.option("--before", type=click.DateTime(["%Y-%m-%d"]), required=True, help="清理这一天以前的记录")
@click.option("--by", required=True, help="批准人，写入清理记录")
@click.option("--county", "code", help="行政区划代码，platform 为平台；不写则全部")
def prune_chains(before: datetime, by: str, code: str | None) -> None:
    """Take entries from before a day away; refused within the operator's time of keeping."""
    kept_days = current_app.config["AUDIT_KEPT_DAYS"]
    moment = datetime.combine(before.date(), time(), ZONE)
    for _code, name, chain in _places(code):
        try:
            gone = prune(db.session(), chain, before=moment, kept_days=kept_days, by=by, at=now())
        except PlanError as refusal:
            db.session.rollback()
            raise click.ClickException(f"{name}：{refusal}") from refusal
        db.session.commit()
        click.echo(_("%(name)s：清理 %(n)s 条。", name=name, n=gone))


def _places(code: str | None) -> Iterator[Place]:
    """Each chain in a session that has entered its county."""
    found = [*_platform(code), *_counties(code)]
    if not found:
        raise click.ClickException(_("%(code)s：没有这个县，请核对行政区划代码。", code=code))
    for place in found:
        db.session.remove()
        if place[2].county_id is not None:
            enter_county(db.session(), place[2].county_id)
        yield place
    db.session.remove()


def _platform(code: str | None) -> list[Place]:
    return [(PLATFORM_CODE, _("平台"), PLATFORM)] if code in (None, PLATFORM_CODE) else []


def _counties(code: str | None) -> list[Place]:
    statement = sa.select(County.code, County.name, County.id).order_by(County.code)
    rows = db.session.execute(statement if code is None else statement.where(County.code == code))
    return [(row.code, row.name, Chain(row.id)) for row in rows]


def _shown(place: Place, known: Mark | None) -> Verdict:
    _code, name, chain = place
    verdict = verify(db.session(), chain, known=known)
    if verdict.fault:
        click.echo(_("%(name)s：第 %(no)s 条起不可信：%(what)s。", name=name, **vars(verdict.fault)))
    else:
        facts = {"n": verdict.checked, "no": verdict.no, "hash": verdict.hash}
        click.echo(_("%(name)s：完整，校验 %(n)s 条，链尾第 %(no)s 条 %(hash)s。", name=name, **facts))
    return verdict


def _marks(text: str) -> dict[str, Mark]:
    rows = [line.split() for line in text.splitlines() if line.strip()]
    if any(len(row) != 3 or not row[1].isdigit() for row in rows):
        raise click.ClickException(_("链尾文件每行应为：代码 序号 哈希。请用 audit heads 生成。"))
    return {code: Mark(int(no), digest) for code, no, digest in rows}
