"""Phases, milestones and tasks against each other and against the horizon."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from plans.checks.facts import MilestoneFacts, PhaseFacts, PlanFacts
from plans.checks.finding import Finding, FindingKind, Fix, Severity, Target
from plans.horizons import gap_words


def check_phases(plan: PlanFacts) -> Iterator[Finding]:
    """Phases without dates, that end before they start, or that overlap."""
    for phase in plan.phases:
        missing = [
            word for day, word in ((phase.starts_on, "开始时间"), (phase.ends_on, "结束时间")) if not day
        ]
        if missing:
            message = f"没有写明{'和'.join(missing)}。"
            yield _of_phase(FindingKind.PHASE_UNDATED, phase, message, f"补填{'和'.join(missing)}")
        if phase.starts_on and phase.ends_on and phase.ends_on < phase.starts_on:
            message = f"结束时间{_day(phase.ends_on)}早于开始时间{_day(phase.starts_on)}。"
            yield _of_phase(FindingKind.PHASE_REVERSED, phase, message, "更正起止时间")
    for one, other in combinations(plan.phases, 2):
        if _overlap(one, other):
            message = f"与“{one.title}”的起止时间重叠。"
            yield _of_phase(FindingKind.PHASES_OVERLAP, other, message, "核对起止时间")


def check_milestones(plan: PlanFacts) -> Iterator[Finding]:
    """Milestones outside of their phase; one without a phase must lie in any of them."""
    by_id = {phase.id: phase for phase in plan.phases}
    for stone in plan.milestones:
        own = by_id.get(stone.phase_id) if stone.phase_id is not None else None
        if own is not None and not _holds(own, stone.due_on):
            yield _of_milestone(stone, f"{_day(stone.due_on)}不在“{own.title}”的起止时间内。")
        elif own is None and plan.phases and not any(_holds(one, stone.due_on) for one in plan.phases):
            yield _of_milestone(stone, f"{_day(stone.due_on)}不在任何一个阶段内。")


def check_tasks(plan: PlanFacts) -> Iterator[Finding]:
    """Tasks due after the last day of the horizon year."""
    if plan.horizon_year is None:
        return
    end = date(plan.horizon_year, 12, 31)
    for task in plan.tasks:
        if task.due_on > end:
            yield Finding(
                FindingKind.TASK_LATE,
                Severity.MUST,
                f"任务 {task.title}",
                f"完成时限{_day(task.due_on)}晚于目标年份{plan.horizon_year}年。",
                Fix("核对完成时限", Target.TASK, task.id),
            )


def check_horizon(plan: PlanFacts) -> Iterator[Finding]:
    """A plan that ends before the year in which the county has to be ready."""
    if plan.county_year is None:
        return
    words = gap_words("方案", plan.horizon_year, plan.county_year)
    if words:
        fix = Fix("延长目标年份并补充以后的安排", Target.HEAD, plan.id)
        yield Finding(FindingKind.HORIZON_SHORT, Severity.LOOK, "标题和目标年份", words, fix)


def _holds(phase: PhaseFacts, day: date) -> bool:
    return (phase.starts_on or day) <= day <= (phase.ends_on or day)


def _overlap(one: PhaseFacts, other: PhaseFacts) -> bool:
    """Whether the phases share a day; of a phase with one date only that day is known."""
    first, second = _span(one), _span(other)
    return bool(first and second and first[0] <= second[1] and second[0] <= first[1])


def _span(phase: PhaseFacts) -> tuple[date, date] | None:
    start, end = phase.starts_on or phase.ends_on, phase.ends_on or phase.starts_on
    return (start, end) if start and end else None


def _of_phase(kind: FindingKind, phase: PhaseFacts, message: str, fix: str) -> Finding:
    return Finding(kind, Severity.LOOK, phase.title, message, Fix(fix, Target.PHASE, phase.id))


def _of_milestone(stone: MilestoneFacts, message: str) -> Finding:
    return Finding(
        FindingKind.MILESTONE_OUTSIDE,
        Severity.LOOK,
        f"节点 {stone.text}",
        message,
        Fix("核对节点时限和阶段起止时间", Target.MILESTONE, stone.id),
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
