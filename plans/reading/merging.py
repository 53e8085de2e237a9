"""Tasks of tables beside measures of the text: the same task is one measure."""

from collections.abc import Sequence
from dataclasses import replace

from plans.reading.draft import Group, Measure
from plans.reading.folding import fold, squeeze
from plans.reading.tables import TaskTable

_SHORTEST_MATCH = 4


def merge_tasks(groups: Sequence[Group], tables: Sequence[TaskTable]) -> tuple[Group, ...]:
    """Measures completed by units and deadlines of the tables; tasks that only tables have become groups."""
    merged = list(groups)
    for table in tables:
        rest = tuple(task for task in table.measures if not _completes(merged, task))
        if rest:
            merged.append(Group(table.caption, rest, table.paragraph))
    return tuple(merged)


def _completes(groups: list[Group], task: Measure) -> bool:
    for position, group in enumerate(groups):
        for index, measure in enumerate(group.measures):
            if _is_same(measure, task):
                measures = (*group.measures[:index], _completed(measure, task), *group.measures[index + 1 :])
                groups[position] = replace(group, measures=measures)
                return True
    return False


def _is_same(one: Measure, other: Measure) -> bool:
    first, second = squeeze(fold(one.title)), squeeze(fold(other.title))
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) >= _SHORTEST_MATCH and longer.startswith(shorter)


def _completed(measure: Measure, task: Measure) -> Measure:
    """What the text says stands; the table fills what it leaves open."""
    if measure.units:
        return replace(measure, due=measure.due or task.due)
    return replace(
        measure, units=task.units, lead=task.lead, support=task.support, due=measure.due or task.due
    )
