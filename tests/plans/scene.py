"""One county with a task of one unit, for tests of acts."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.base import new_id
from plans.commands import close_task, report_progress, return_task, sign_task, submit_task
from plans.models import Evidence, Task
from plans.states import TaskState
from tests.conftest import NOW


@dataclass
class Scene:
    """One county with a task of one unit, and a session inside it."""

    session: Session
    task_id: int
    plan_id: int
    unit_id: int
    office: Actor
    unit: Actor
    supervisor: Actor

    def sign(self, seen_event: int = 1, actor: Actor | None = None) -> Task:
        return sign_task(
            self.session, actor or self.unit, task_id=self.task_id, seen_event=seen_event, at=NOW
        )

    def report(
        self,
        seen_event: int,
        percent: int = 40,
        note: str = "已开工",
        files: int = 0,
        actor: Actor | None = None,
    ) -> Task:
        evidence = [self.evidence() for _ in range(files)]
        return report_progress(
            self.session,
            actor or self.unit,
            task_id=self.task_id,
            percent=percent,
            note=note,
            evidence=evidence,
            seen_event=seen_event,
            at=NOW,
        )

    def submit(self, seen_event: int, actor: Actor | None = None) -> Task:
        return submit_task(
            self.session,
            actor or self.unit,
            task_id=self.task_id,
            note="请核实",
            seen_event=seen_event,
            at=NOW,
        )

    def close(self, seen_event: int, actor: Actor | None = None) -> Task:
        return close_task(
            self.session,
            actor or self.supervisor,
            task_id=self.task_id,
            note="属实",
            seen_event=seen_event,
            at=NOW,
        )

    def send_back(self, seen_event: int, note: str = "缺验收单", actor: Actor | None = None) -> Task:
        return return_task(
            self.session,
            actor or self.supervisor,
            task_id=self.task_id,
            note=note,
            seen_event=seen_event,
            at=NOW,
        )

    def evidence(self) -> Evidence:
        file = Evidence(
            id=new_id(),
            sha256=f"{new_id():064d}",
            name="验收单.pdf",
            media_type="application/pdf",
            size=1,
            kept_at=NOW,
            kept_by="示例",
        )
        self.session.add(file)
        self.session.flush()
        return file


def story(task: Task) -> list[tuple[int, str, str, TaskState]]:
    return [(event.no, event.act, event.note, event.state) for event in task.events]
