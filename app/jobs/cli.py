"""``flask jobs``: jobs by hand, or from cron."""

import click
from flask.cli import AppGroup

from app.clock import now
from app.jobs.counties import Outcome, UnknownCounty, for_each_county
from app.jobs.nightly import nightly

jobs = AppGroup("jobs", help="Do the work of counties that nobody clicks for.")


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


def tell(outcomes: list[Outcome]) -> None:
    """One line a county."""
    for one in outcomes:
        click.echo(f"{one.county}：{one.words}")
