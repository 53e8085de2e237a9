"""``flask jobs``: jobs by hand, or from cron."""

from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.clock import ZONE, now
from app.extensions import db
from app.jobs.counties import Outcome, UnknownCounty, for_each_county
from app.jobs.looking import looking
from app.jobs.nightly import nightly
from app.jobs.rehearsal import Told, doubt, rehearse
from app.jobs.runs import Standing, standing
from plans.reminders.words import LEVEL_NAMES

jobs = AppGroup("jobs", help="Do the work of counties that nobody clicks for.")


@jobs.command("run")
def run_scheduler() -> None:
    """Run the scheduler until it is told to end. Of several, one works and the others wait."""
    from app.jobs.scheduler import serve  # noqa: PLC0415 -- slow import

    serve(_this_app())


@jobs.command("status")
def show_status() -> None:
    """Tell how the scheduler does; fails when its heartbeat is late."""
    found = standing(db.session(), now())
    for line in status_lines(found):
        click.echo(line)
    if found.is_late:
        raise click.ClickException("调度进程没有心跳，提醒和夜间工作可能已停；请查看进程和日志。")


@jobs.command("nightly")
@click.option("--county", "code", help="行政区划代码；不写则为所有县")
def run_nightly(code: str | None) -> None:
    """Hand out the recurring duties that are near."""
    try:
        outcomes = for_each_county(nightly, at=now(), code=code)
    except UnknownCounty as refusal:
        raise click.ClickException(str(refusal)) from None
    tell(outcomes)
    if failed := [one.county for one in outcomes if one.has_failed]:
        raise click.ClickException(f"未办成：{'、'.join(failed)}。")


@jobs.command("rehearse")
@click.option("--now", "moment", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d"]), help="从哪一刻起")
@click.option("--county", "code", help="行政区划代码；不写则为所有县")
@click.option("--days", type=click.IntRange(1, 3660), default=30, show_default=True, help="看多少天")
def show_rehearsal(moment: datetime | None, code: str | None, days: int) -> None:
    """Tell who would be reminded of what and why, were nothing done meanwhile. Writes nothing."""
    at = now() if moment is None else moment.replace(tzinfo=ZONE)
    n = 0
    with looking() as connection:
        try:
            for told in rehearse(connection, at=at, days=days, code=code):
                click.echo(told_line(told))
                n += 1
        except UnknownCounty as refusal:
            raise click.ClickException(str(refusal)) from None
    click.echo(f"共 {n} 条，均未写入。")
    if words := doubt(at, days):
        click.echo(f"{words}。")


def told_line(told: Told) -> str:
    """Day, county, person, urgency, words and the rule that makes them."""
    level = LEVEL_NAMES[told.level]
    return f"{told.on} {told.county} {told.name}〔{level}〕{told.sentence}（{told.rule}；{told.audience}）"


def tell(outcomes: list[Outcome]) -> None:
    """One line a county."""
    for one in outcomes:
        click.echo(f"{one.county}：{one.words}")


def status_lines(found: Standing) -> list[str]:
    """The heartbeat, then one line a job."""
    beat = "从未" if found.beat_at is None else f"{found.beat_at.astimezone(ZONE):%Y-%m-%d %H:%M:%S}"
    lines = [f"心跳：{beat}"]
    for one in found.runs:
        began = f"{one.started_at.astimezone(ZONE):%Y-%m-%d %H:%M:%S}"
        words = one.words if one.ended_at else "正在办理，或中途停止。"
        lines.append(f"{one.name}：{began} {words}")
    return lines


def _this_app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app
