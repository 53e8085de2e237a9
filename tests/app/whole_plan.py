"""A plan as large as a county's: 26 measures, 40 units, 31 indicators and as many tasks as a test wants."""

from datetime import timedelta

from plans.base import new_id
from plans.models import Measure, Task, TaskEvent, TaskIndicator, TaskSupport, Unit
from plans.states import TaskState
from tests.app.task_scene import Scene
from tests.conftest import NOW

N_MEASURES, N_UNITS, N_INDICATORS = 26, 40, 31


def fill_plan(scene: Scene, n_tasks: int, *, lead_id: int | None = None) -> None:
    """Tasks up to ``n_tasks`` in all, spread over the units, or all led by one."""
    with scene.make.session(scene.county) as session:
        units = [Unit(id=new_id(), name=f"县{n}局", aliases=[]) for n in range(N_UNITS)]
        measures = [
            Measure(id=new_id(), plan_id=scene.plan_id, no=n + 1, group_title="", title=f"措施{n}", text="")
            for n in range(N_MEASURES)
        ]
        session.add_all([*units, *measures])
        session.flush()
        unit_ids = [unit.id for unit in units]
        for n in range(n_tasks - 1):
            session.add(_task(scene, n, measures[n % N_MEASURES].id, lead_id, unit_ids))


def _task(scene: Scene, n: int, measure_id: int, lead_id: int | None, unit_ids: list[int]) -> Task:
    return Task(
        id=new_id(),
        plan_id=scene.plan_id,
        measure_id=measure_id,
        title=f"任务{n}",
        lead_unit_id=lead_id or unit_ids[n % N_UNITS],
        due_on=NOW.date() + timedelta(days=n),
        original_due_on=NOW.date(),
        state=TaskState.ASSIGNED,
        assigned_at=NOW,
        assigned_by_id=1,
        indicators=[TaskIndicator(code=f"X{n % N_INDICATORS}")],
        supports=[TaskSupport(unit_id=unit_ids[(n + 1) % N_UNITS])],
        events=[
            TaskEvent(no=1, at=NOW, actor_id=1, actor_name="示例", act="assign", state=TaskState.ASSIGNED)
        ],
    )
