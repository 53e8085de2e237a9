"""The demo county's heads of units, as its page of members tells them."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.demo.heads import WITHOUT, name_heads
from app.demo.people import add_offices
from app.demo.work import Stage, adopt_template, play_work
from app.jobs.lines import everywhere
from app.jobs.reminders import tick
from app.models import Account
from plans.models import Reminder
from plans.reminders.rules import Family
from tests.factories import Factory
from tests.pages import PageClient

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("databases", ["sqlite"], indirect=True)]


def test_most_units_have_a_head_whom_overdue_work_is_told_and_a_few_are_named_as_without(
    app: Flask, make: Factory, client: PageClient
) -> None:
    county = make.county()
    with make.session(county) as session:
        offices = add_offices(session, "jia", make.now)
        plan = adopt_template(session, offices["office"], "to-2029", make.now)
        stage = Stage(session, offices, plan, Path(app.config["FILES"]), make.now)
        play_work(stage, "jia")
        name_heads(stage, "jia")
    client.sign_in(make.member(county))
    page = client.get_page("/members")

    (missing,) = page.select(".message-amber")
    assert "未明确单位负责人的单位 4 个" in missing.get_text()
    assert [name for name in WITHOUT if name not in missing.get_text()] == []
    assert len([row for row in page.select("tbody tr") if "负责人示例" in row.get_text()]) == 38
    told = _told_above(app, make)
    assert [name for name in told if name.endswith("负责人示例")]
    assert "分管副县长示例" in told
    assert "领导小组示例" not in told  # who would be, were nobody in charge


def _told_above(app: Flask, make: Factory) -> set[str]:
    """Who is told that nothing moved for a month."""
    with app.app_context(), everywhere() as connection:
        tick(connection, at=make.now + timedelta(days=30))
        above = sa.select(Account.name).join(Reminder, Reminder.account_id == Account.id)
        return set(connection.scalars(above.where(Reminder.family == Family.ESCALATION)))
