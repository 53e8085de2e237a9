"""What stands beside the tasks of the demo: recurring duties, what is declined and asked, documents."""

from collections.abc import Mapping
from datetime import timedelta

from app.demo.bulletins import play_bulletins
from app.demo.notices import play_notices
from app.demo.work import Stage, task_named
from plans.actors import Actor
from plans.commands import ask_extension, decline_task
from plans.duties import open_occurrences

DECLINED = "学校宽带提速到千兆"
EXTENDED = "补建音乐、美术专用教室7间"


def follow_up(stage: Stage, crew: Mapping[str, Actor]) -> None:
    """Play everything that stands beside the tasks; units act through their ``crew``, by name."""
    open_occurrences(stage.session, stage.offices["office"], at=stage.at)
    _decline(stage, crew)
    _ask(stage, crew)
    play_notices(stage, crew)
    play_bulletins(stage, crew)


def _decline(stage: Stage, crew: Mapping[str, Actor]) -> None:
    task = task_named(stage, DECLINED)
    words = "线路改造由通信企业实施、教育部门立项，不属于本单位职责，请改由教育部门牵头（示例）。"
    decline_task(
        stage.session,
        crew[task.lead_unit.name],
        task_id=task.id,
        note=words,
        seen_event=task.last_event_no,
        at=stage.days_ago(3),
    )


def _ask(stage: Stage, crew: Mapping[str, Actor]) -> None:
    task = task_named(stage, EXTENDED)
    ask_extension(
        stage.session,
        crew[task.lead_unit.name],
        task_id=task.id,
        wanted_on=task.stated_due_on + timedelta(days=60),
        reason="冬季停工三个月，装修和验收顺延（示例）。",
        seen_event=task.last_event_no,
        at=stage.days_ago(2),
    )
