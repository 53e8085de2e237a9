"""Progress from the bottom up: sub-task → task → measure → phase → plan, each by its weight.

Pure: rows in, figures out. Progress is what units report and supervisors close; whether an indicator is met
is a question to its data, and nothing here answers it. What has no task has no progress (None), never 0.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Work:
    """One task as far as progress needs it."""

    task_id: int
    parent_id: int | None
    measure_id: int | None
    phase_id: int | None  # the phase that its deadline lies in
    weight: int
    percent: int  # as reported, 0 to 100; 100 once closed
    is_closed: bool


@dataclass(frozen=True)
class Progress:
    """How far something is; ``percent`` is exact, None without any task."""

    percent: float | None
    n_tasks: int
    n_closed: int

    @property
    def is_done(self) -> bool:
        """Whether there was work and all of it was verified; 100 % reported is not done."""
        return self.n_tasks > 0 and self.n_closed == self.n_tasks

    @property
    def shown(self) -> int | None:
        """Whole percent for a page, rounded down: 100 only when it is all closed."""
        if self.percent is None:
            return None
        return 100 if self.is_done else min(int(self.percent + 1e-9), 99)


@dataclass(frozen=True)
class RollUp:
    """The progress of a plan and of its parts; a part without tasks is not in the maps."""

    plan: Progress
    phases: Mapping[int | None, Progress]  # None = tasks due outside every phase
    measures: Mapping[int | None, Progress]  # None = tasks of no measure
    tasks: Mapping[int, Progress]  # those at the top; with sub-tasks, from these


def roll_up(
    work: Sequence[Work],
    measure_weights: Mapping[int, int] | None = None,
    phase_weights: Mapping[int, int] | None = None,
) -> RollUp:
    """Progress of every level; a weight that is not given is 1.

    A measure is what its tasks are, wherever they are due. A phase is what the measures are in it, each as
    far as its tasks due in the phase go. The plan is what its phases are.

    >>> half = Work(1, None, 7, 5, 1, 50, False)
    >>> done = Work(2, None, 8, 5, 1, 100, True)
    >>> rolled = roll_up([half, done], measure_weights={7: 3, 8: 1})
    >>> rolled.measures[7].percent, rolled.phases[5].percent, rolled.plan.percent
    (50.0, 62.5, 62.5)
    """
    tasks = _tasks(work)
    top = [one for one in work if one.task_id in tasks]
    measures = _by(top, lambda one: one.measure_id, tasks)
    phases = {
        phase: _mean(_by(part, lambda one: one.measure_id, tasks), measure_weights or {})
        for phase, part in _groups(top, lambda one: one.phase_id)
    }
    return RollUp(_mean(phases, phase_weights or {}), phases, measures, tasks)


def _tasks(work: Sequence[Work]) -> dict[int, Progress]:
    parts = dict(_groups([one for one in work if one.parent_id is not None], lambda one: one.parent_id))
    return {one.task_id: _of_task(one, parts.get(one.task_id, [])) for one in work if one.parent_id is None}


def _of_task(task: Work, parts: Sequence[Work]) -> Progress:
    if task.is_closed or not parts:
        return Progress(float(task.percent), 1, int(task.is_closed))
    percent = _weighted([(part.weight, float(part.percent)) for part in parts])
    return Progress(percent, 1, 0)


def _by(work: Sequence[Work], key: Callable[[Work], K], tasks: Mapping[int, Progress]) -> dict[K, Progress]:
    return {
        name: _joined([(one.weight, tasks[one.task_id]) for one in part]) for name, part in _groups(work, key)
    }


def _mean(parts: Mapping[int | None, Progress], weights: Mapping[int, int]) -> Progress:
    return _joined([(1 if name is None else weights.get(name, 1), part) for name, part in parts.items()])


def _joined(parts: Sequence[tuple[int, Progress]]) -> Progress:
    percents = [(weight, part.percent) for weight, part in parts if part.percent is not None]
    return Progress(
        _weighted(percents),
        sum(part.n_tasks for _, part in parts),
        sum(part.n_closed for _, part in parts),
    )


def _weighted(parts: Sequence[tuple[int, float]]) -> float | None:
    total = sum(weight for weight, _ in parts)
    return sum(weight * percent for weight, percent in parts) / total if total else None


def _groups(work: Iterable[Work], key: Callable[[Work], Any]) -> list[tuple[Any, list[Work]]]:
    ordered = sorted(work, key=lambda one: (key(one) is not None, key(one) or 0))
    return [(name, list(part)) for name, part in groupby(ordered, key)]
