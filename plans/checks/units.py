"""Units without work, one unit with nearly all of it, and one office under two names."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from plans.checks.facts import PlanFacts
from plans.checks.finding import Finding, FindingKind, Fix, Severity, Target
from plans.reading.roster import Roster
from plans.reading.units import level_of
from plans.words import _

FEWEST_MEASURES = 5  # below, a share says nothing
SHORTEST_OFFICE = 3  # shorter short forms (委办, 法院) stand inside names of other offices


def check_idle(plan: PlanFacts) -> Iterator[Finding]:
    """Units that the plan names and that no task has; silent before the first task of a plan."""
    busy = {name for task in plan.tasks for name in task.units}
    named = {name for measure in plan.measures for name in measure.units}
    for unit in plan.units if plan.tasks else ():
        if unit.name in busy:
            continue
        if unit.name in named:
            message = _("列在措施的责任单位中，还没有承担任何任务。")
            fix = Fix(_("交办任务"), Target.NEW_TASK)
            yield Finding(FindingKind.UNIT_IDLE, Severity.LOOK, unit.name, message, fix)
        else:
            what = (
                _("列有职责，但没有承担任何措施和任务。") if unit.has_duty else _("没有承担任何措施和任务。")
            )
            fix = Fix(_("核对该单位的职责，或交办任务"), Target.UNIT_DUTY, unit.duty_id)
            if unit.duty_id is None:
                fix = Fix(_("交办任务"), Target.NEW_TASK)
            yield Finding(FindingKind.UNIT_IDLE, Severity.MUST, unit.name, what, fix)


def check_dominance(plan: PlanFacts, share: float) -> Iterator[Finding]:
    """A unit named for more than ``share`` of the measures."""
    n = len(plan.measures)
    counts = Counter(name for measure in plan.measures for name in set(measure.units))
    leads = Counter(measure.units[0] for measure in plan.measures if measure.units)
    for name, times in counts.most_common() if n >= FEWEST_MEASURES else ():
        if times > share * n:
            message = _(
                "%(n)s项措施中参与%(times)s项（牵头%(leads)s项），责任过于集中。",
                n=n,
                times=times,
                leads=leads[name],
            )
            fix = Fix(_("核对是否可由其他单位牵头"), Target.ALL_MEASURES)
            yield Finding(FindingKind.UNIT_DOMINANT, Severity.LOOK, name, message, fix)


def check_twins(plan: PlanFacts) -> Iterator[Finding]:
    """Two units whose names look like one office."""
    for one, other in combinations(plan.units, 2):
        if is_same_office(one.name, other.name):
            yield Finding(
                FindingKind.UNIT_TWICE,
                Severity.MUST,
                f"{one.name}、{other.name}",
                _("名称相近，可能是同一单位，任务和职责会分散在两处。"),
                Fix(_("核对后合并为一个单位"), Target.UNITS),
            )


def is_same_office(one: str, other: str) -> bool:
    """Whether two names may mean one office: known variants, or one a short form of the other.

    >>> is_same_office("县卫健委", "县卫生健康委员会"), is_same_office("县教育局", "县教育体育局")
    (True, True)
    >>> is_same_office("县委办", "县委编办"), is_same_office("县财政局", "县审计局")
    (False, False)
    """
    levels = {level_of(one), level_of(other)} - {""}
    if len(levels) > 1 or one.startswith("各") or other.startswith("各"):
        return False
    level = next(iter(levels), "")
    if len(set(Roster.of([one, other]).names.values())) == 1:
        return True
    short, long = sorted((one.removeprefix(level), other.removeprefix(level)), key=len)
    return (
        len(short) >= SHORTEST_OFFICE
        and (short[0], short[-1]) == (long[0], long[-1])
        and _stands_in(short, long)
    )


def _stands_in(short: str, long: str) -> bool:
    """Whether the characters of the short name stand in the long one in their order."""
    rest = iter(long)
    return all(character in rest for character in short)
