"""Work for the walks: a task of its own for each, so that none finds done what it came to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.clock import now
from app.extensions import db
from app.files import keep_content
from app.models import Account, Membership
from app.tenancy import enter_county
from plans.actors import Actor
from plans.base import County
from plans.commands import (
    ask_extension,
    assign_task,
    decline_task,
    report_progress,
    sign_task,
    submit_task,
)
from plans.models import Task
from plans.overview import current_plan
from tests.browser.journeys.looks import LOOKS, Look
from tests.conftest import close_database, open_app
from tests.databases import Database

COUNTY = "甲县（示例）"
LATE, CHASED, ASKED = "更新图书目录", "报送统计报表", "改造运动场地"
DECLINED, OWED = "清查校舍产权", "核对器材台账"
SOUND, POOR = "补签培训协议", "补报体检报告"
LED_BY = {OWED: "jia-education"}  # all others by jia-finance
DUE_IN_DAYS = {LATE: -20, CHASED: -10}  # all others in 40 days


def title_of(errand: str, look: Look) -> str:
    """The title of a walk's own task."""
    return f"{errand}第{look.no}批"


@dataclass(frozen=True)
class Desk:
    """Where the tasks are made."""

    session: Session
    files: Path
    at: datetime

    def person(self, login: str) -> Actor:
        wanted = sa.select(Account, Membership).join(Membership).where(Account.login == login)
        account, part = self.session.execute(wanted).one()
        return Actor(account.id, account.name, part.county_id, part.role, part.unit_id)


def hand_out_errands(folder: Path, database: Database) -> None:
    """Give every walk its tasks."""
    with open_app(folder, database).app_context():
        session = db.session()
        enter_county(session, session.scalars(sa.select(County.id).where(County.name == COUNTY)).one())
        desk = Desk(session, folder / "files", now())
        for look in LOOKS:
            for errand in (LATE, CHASED, ASKED, DECLINED, OWED, SOUND, POOR):
                _play(desk, errand, _assign(desk, errand, look))
        session.commit()
        close_database()


def _assign(desk: Desk, errand: str, look: Look) -> Task:
    plan = current_plan(desk.session)
    due_on = (desk.at + timedelta(days=DUE_IN_DAYS.get(errand, 40))).date()
    return assign_task(
        desk.session,
        desk.person("jia-office"),
        plan_id=plan.id,
        measure_id=plan.measures[0].id,
        title=title_of(errand, look),
        details="",
        lead_unit_id=desk.person(_lead(errand)).unit_id,
        support_unit_ids=[],
        indicator_codes=[],
        due_on=due_on,
        at=desk.at - timedelta(days=60),
    )


def _lead(errand: str) -> str:
    return LED_BY.get(errand, "jia-finance")


def _play(desk: Desk, errand: str, task: Task) -> None:
    """Bring a task to where its errand begins."""
    lead = desk.person(_lead(errand))
    if errand == DECLINED:
        decline_task(desk.session, lead, note="不属于本单位职责", **_known(desk, task))
    elif errand in (ASKED, SOUND, POOR):
        sign_task(desk.session, lead, **_known(desk, task))
        begin = _ask if errand == ASKED else _hand_in
        begin(desk, lead, task)


def _known(desk: Desk, task: Task) -> dict[str, Any]:
    """What every act on a task wants to know."""
    return {"task_id": task.id, "at": desk.at - timedelta(days=3), "seen_event": task.last_event_no}


def _ask(desk: Desk, lead: Actor, task: Task) -> None:
    wanted_on = task.due_on + timedelta(days=30)
    ask_extension(desk.session, lead, wanted_on=wanted_on, reason="设备晚到", **_known(desk, task))


def _hand_in(desk: Desk, lead: Actor, task: Task) -> None:
    words, at = f"（示例）{task.title}".encode(), desk.at - timedelta(days=3)
    file = keep_content(desk.session, lead, words, "说明.txt", folder=desk.files, at=at)
    done = {"percent": 100, "note": "已完成", "evidence": [file]}
    report_progress(desk.session, lead, **done, **_known(desk, task))
    submit_task(desk.session, lead, note="", **_known(desk, task))
