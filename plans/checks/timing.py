"""Phases, milestones and tasks against each other and against the horizon."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from plans.checks.facts import MilestoneFacts, PhaseFacts, PlanFacts
from plans.checks.finding import Finding, FindingKind, Fix, Severity, Target
from plans.horizons import gap_words
from plans.words import _, day_words, listed


def check_phases(plan: PlanFacts) -> Iterator[Finding]:
    """Phases without dates, that end before they start, or that overlap."""
    for phase in plan.phases:
        missing = [
            word
            for day, word in ((phase.starts_on, _("开始时间")), (phase.ends_on, _("结束时间")))
            if not day
        ]
        if missing:
            message = _("没有写明%(missing)s。", missing=listed(missing, _("和")))
            yield _of_phase(
                FindingKind.PHASE_UNDATED,
                phase,
                message,
                _("补填%(missing)s", missing=listed(missing, _("和"))),
            )
        if phase.starts_on and phase.ends_on and phase.ends_on < phase.starts_on:
            message = _(
                "结束时间%(ends_on)s早于开始时间%(starts_on)s。",
                ends_on=day_words(phase.ends_on),
                starts_on=day_words(phase.starts_on),
            )
            yield _of_phase(FindingKind.PHASE_REVERSED, phase, message, _("更正起止时间"))
    for one, other in combinations(plan.phases, 2):
        if _overlap(one, other):
            message = _("与“%(title)s”的起止时间重叠。", title=one.title)
            yield _of_phase(FindingKind.PHASES_OVERLAP, other, message, _("核对起止时间"))


def check_milestones(plan: PlanFacts) -> Iterator[Finding]:
    """Milestones outside of their phase; one without a phase must lie in any of them."""
    by_id = {phase.id: phase for phase in plan.phases}
    for stone in plan.milestones:
        own = by_id.get(stone.phase_id) if stone.phase_id is not None else None
        if own is not None and not _holds(own, stone.due_on):
            yield _of_milestone(
                stone,
                _("%(due_on)s不在“%(title)s”的起止时间内。", due_on=day_words(stone.due_on), title=own.title),
            )
        elif own is None and plan.phases and not any(_holds(one, stone.due_on) for one in plan.phases):
            yield _of_milestone(stone, _("%(due_on)s不在任何一个阶段内。", due_on=day_words(stone.due_on)))


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
                _("任务 %(title)s", title=task.title),
                _(
                    "完成时限%(due_on)s晚于目标年份%(horizon_year)s年。",
                    due_on=day_words(task.due_on),
                    horizon_year=plan.horizon_year,
                ),
                Fix(_("核对完成时限"), Target.TASK, task.id),
            )


def check_horizon(plan: PlanFacts) -> Iterator[Finding]:
    """A plan that ends before the year in which the county has to be ready."""
    if plan.county_year is None:
        return
    words = gap_words(_("方案"), plan.horizon_year, plan.county_year)
    if words:
        fix = Fix(_("延长目标年份并补充以后的安排"), Target.HEAD, plan.id)
        yield Finding(FindingKind.HORIZON_SHORT, Severity.LOOK, _("标题和目标年份"), words, fix)


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
        _("节点 %(text)s", text=stone.text),
        message,
        Fix(_("核对节点时限和阶段起止时间"), Target.MILESTONE, stone.id),
    )
