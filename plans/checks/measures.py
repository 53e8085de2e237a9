"""Measures that nobody leads, that have no day, no result to measure, no indicator or no task."""

import re
from collections.abc import Iterator

from plans.checks.facts import MeasureFacts, PlanFacts
from plans.checks.finding import Finding, FindingKind, Fix, Severity, Target
from plans.reading.dates import find_spans, recurring_words
from plans.reading.folding import fold
from plans.reading.indicator_words import indicator_of
from plans.words import _

# A number with what is counted, or a word that leaves none out: one can tell afterwards whether it is done.
_RESULT = re.compile(
    r"\d\s*(?:%|个|所|名|人|间|平方米|㎡|元|万元|册|台|套|学时|小时|分钟|次|项|节|门|份|日内|天内|个?月内)"
    r"|100%|全部|全覆盖|全面消除|清零|每[所名校班人]|[一两三四五六七八九十]+[次项个所份]"
)


def check_measures(plan: PlanFacts) -> Iterator[Finding]:
    """Findings about each measure, in the order of the plan."""
    with_task = {task.measure_id for task in plan.tasks}
    codes = {
        measure.id: measure.indicator_codes
        | {code for task in plan.tasks if task.measure_id == measure.id for code in task.indicator_codes}
        for measure in plan.measures
    }
    for measure in plan.measures:
        yield from _lead(measure)
        if measure.id not in with_task:
            yield from _unassigned(measure)
        yield from _words(measure, codes[measure.id])


def check_duties(plan: PlanFacts) -> Iterator[Finding]:
    """Recurring duties that nobody leads."""
    for duty in plan.duties:
        if duty.lead is None:
            yield Finding(
                FindingKind.DUTY_WITHOUT_LEAD,
                Severity.MUST,
                duty.title,
                _("周期性工作没有牵头单位，到期无人办理。"),
                Fix(_("指定牵头单位"), Target.DUTY, duty.id),
            )


def _lead(measure: MeasureFacts) -> Iterator[Finding]:
    if not measure.units:
        yield _finding(
            FindingKind.NO_LEAD, Severity.MUST, measure, _("没有责任单位，无人牵头。"), _("指定牵头单位")
        )
    elif not measure.has_written_lead:
        message = _("没有写明牵头，暂以排在第一位的%(units)s牵头，请确认。", units=measure.units[0])
        yield _finding(FindingKind.LEAD_ASSUMED, Severity.LOOK, measure, message, _("确认牵头单位"))


def _unassigned(measure: MeasureFacts) -> Iterator[Finding]:
    fix = Fix(_("交办任务"), Target.NEW_TASK, measure.id)
    place = _place(measure)
    yield Finding(FindingKind.NO_TASK, Severity.LOOK, place, _("还没有交办任务。"), fix)
    if not _has_day(measure):
        message = _("没有写明完成时限，也没有带时限的任务。")
        yield Finding(
            FindingKind.NO_DEADLINE,
            Severity.MUST,
            place,
            message,
            Fix(_("补填完成时限，或交办带时限的任务"), Target.MEASURE, measure.id),
        )


def _words(measure: MeasureFacts, codes: frozenset[str]) -> Iterator[Finding]:
    words = f"{measure.title}。{measure.text}"
    if not measure.has_target and not _RESULT.search(fold(words)):
        message = _("没有可以衡量的结果，办完后难以核实。")
        yield _finding(FindingKind.NO_RESULT, Severity.LOOK, measure, message, _("补充数量、比例或覆盖范围"))
    if not codes and indicator_of(words) is None:
        message = _("没有对应任何指标，看不出为哪项指标服务。")
        yield _finding(
            FindingKind.NO_INDICATOR, Severity.LOOK, measure, message, _("补充对应指标，或在交办任务时选择")
        )


def _has_day(measure: MeasureFacts) -> bool:
    words = f"{measure.title}。{measure.text}"
    return bool(
        measure.due_on
        or measure.recurs
        or any(span.end for span in find_spans(words))
        or recurring_words(words)
    )


def _finding(kind: FindingKind, severity: Severity, measure: MeasureFacts, message: str, fix: str) -> Finding:
    return Finding(kind, severity, _place(measure), message, Fix(fix, Target.MEASURE, measure.id))


def _place(measure: MeasureFacts) -> str:
    return _("措施%(no)s %(title)s", no=measure.no, title=measure.title)
