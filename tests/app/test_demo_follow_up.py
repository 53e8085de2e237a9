"""What stands beside the demo's tasks, on whatever day it is loaded."""

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from app.demo.follow_up import DECLINED, EXTENDED, follow_up
from app.demo.milestones import play_milestones
from app.demo.people import add_offices
from app.demo.work import Stage, adopt_template, play_work
from plans.bulletins import bulletins
from plans.calendar import ZONE
from plans.milestones import stone_standing
from plans.models import Bulletin, Task
from plans.notice_states import NoticeState
from plans.notices import notices
from plans.states import TaskState
from tests.conftest import NOW
from tests.factories import Factory

SPRING_FESTIVAL = datetime(2027, 2, 7, 8, tzinfo=ZONE)
NEW_YEAR = datetime(2028, 1, 1, 0, 30, tzinfo=ZONE)


@pytest.fixture(params=[NOW, SPRING_FESTIVAL, NEW_YEAR], ids=str)
def stage(app: Flask, make: Factory, request: pytest.FixtureRequest) -> Stage:
    at = request.param
    with make.session(make.county()) as session:
        offices = add_offices(session, "jia", at)
        plan = adopt_template(session, offices["office"], "to-2029", at)
        files = Path(app.config["FILES"])
        play_milestones(session, offices, plan, files=files, at=at)
        stage = Stage(session, offices, plan, files, at)
        follow_up(stage, play_work(stage, "jia"))
        yield stage


def test_demo_shows_notices_and_bulletins_in_every_state_and_what_waits(stage: Stage) -> None:
    office = stage.offices["office"]

    _milestones_are_reached_in_time_reached_late_missed_and_to_come(stage)
    _notices_stand_in_every_state(stage)
    _one_bulletin_is_withdrawn_one_read_one_drafted(bulletins(stage.session, office))
    _extension_waits_and_task_is_declined(stage)


def _milestones_are_reached_in_time_reached_late_missed_and_to_come(stage: Stage) -> None:
    today = stage.at.astimezone(ZONE).date()
    words = [stone_standing(stone, today).word for stone in stage.plan.milestones]
    sentences = [stone_standing(stone, today).sentence for stone in stage.plan.milestones]

    n_past = sum(stone.due_on < today for stone in stage.plan.milestones)
    assert words == ["达成"] * (n_past - 1) + ["错过"] + ["未到"] * (len(words) - n_past)
    assert sum("比时限晚 12 天" in sentence for sentence in sentences) == 1


def _notices_stand_in_every_state(stage: Stage) -> None:
    found = notices(stage.session, stage.offices["supervisor"])

    assert {one.state for one in found} == set(NoticeState)
    moved = [one for one in found if one.due_on != one.original_due_on]
    assert [one.state for one in moved] == [NoticeState.SIGNED]
    assert all(link.task.lead_unit_id == one.to_unit_id for one in found for link in one.tasks)


def _one_bulletin_is_withdrawn_one_read_one_drafted(found: list[Bulletin]) -> None:
    assert [(one.no, one.is_withdrawn, len(one.readings)) for one in found] == [
        (None, False, 0),
        (2, False, 3),
        (1, True, 0),
    ]
    figures = found[1].figures
    assert f"逾期{figures['overdue']}项，30天内到期{figures['due_soon']}项" in found[1].text
    assert f"共交办任务{figures['total']}项" in found[1].text


def _extension_waits_and_task_is_declined(stage: Stage) -> None:
    tasks = {task.title: task for task in stage.session.query(Task)}

    assert tasks[DECLINED].state is TaskState.DECLINED
    assert [wish.answer for wish in tasks[EXTENDED].extensions] == [None]
    assert any(task.occurrence_id for task in tasks.values())
