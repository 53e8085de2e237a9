"""Targets below the national limit, and two that cannot both be meant."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from plans.checks.facts import NationalLimit, TargetFacts
from plans.checks.finding import Finding, FindingKind, Fix, Severity, Target
from plans.words import _

TOLERANCE = 1e-9  # float noise only
STAGES = {"primary": _("小学"), "junior": _("初中")}
_AT_LEAST = (">=", ">")


def check_limits(targets: Sequence[TargetFacts], limits: Sequence[NationalLimit]) -> Iterator[Finding]:
    """Targets that ask for less than the national standard does.

    Where the standard has several limits for one figure (schools of different kinds), only a target that
    misses all of them is found: the words do not tell which one is meant.
    """
    for target in targets:
        about = [limit for limit in limits if _is_about(target, limit)]
        if about and all(_falls_short(target, limit) for limit in about):
            message = _(
                "%(name)s目标为%(value)s，低于国家标准（%(limit)s）。",
                name=_name(target),
                value=_value(target),
                limit=_limit(about[0]),
            )
            fix = _("改为不低于国家标准的目标")
            yield _finding(FindingKind.TARGET_TOO_LOW, target, message, fix)


def check_conflicts(targets: Sequence[TargetFacts]) -> Iterator[Finding]:
    """Two places that promise different values of one figure for one year.

    One place may name several values (for schools of different kinds): places that share one agree.
    """
    figures: dict[tuple[object, ...], list[TargetFacts]] = defaultdict(list)
    for target in targets:
        figures[_figure(target)].append(target)
    for same in figures.values():
        for one, other in combinations(_by_place(same), 2):
            if not any(_agree(a, b) for a in one for b in other):
                yield _conflict(one[0], other[0])


def _by_place(targets: Iterable[TargetFacts]) -> list[list[TargetFacts]]:
    places: dict[str, list[TargetFacts]] = defaultdict(list)
    for target in targets:
        places[target.place].append(target)
    return list(places.values())


def _agree(one: TargetFacts, other: TargetFacts) -> bool:
    other_year = one.year != other.year and one.year is not None and other.year is not None
    return other_year or abs(one.value - other.value) <= TOLERANCE


def _conflict(one: TargetFacts, other: TargetFacts) -> Finding:
    message = _(
        "%(name)s目标为%(value)s，而“%(place)s”为%(value_2)s。",
        name=_name(one),
        value=_value(other),
        place=one.place,
        value_2=_value(one),
    )
    return _finding(FindingKind.TARGETS_CONFLICT, other, message, _("统一为一个目标"))


def _is_about(target: TargetFacts, limit: NationalLimit) -> bool:
    same_stage = None in (target.stage, limit.stage) or target.stage == limit.stage
    same_unit = not (target.unit and limit.unit) or target.unit == limit.unit.split("/")[0]
    same_figure = (target.indicator_code, target.quantity) == (limit.indicator_code, limit.quantity)
    return same_stage and same_unit and same_figure and _is_floor(target) == (limit.at_least is not None)


def _falls_short(target: TargetFacts, limit: NationalLimit) -> bool:
    if limit.at_least is not None:
        return target.value < limit.at_least - TOLERANCE
    return limit.at_most is not None and target.value > limit.at_most + TOLERANCE


def _figure(target: TargetFacts) -> tuple[object, ...]:
    """One indicator, stage, kind of figure, direction and unit."""
    return (target.indicator_code, target.stage, target.quantity, _is_floor(target), target.unit)


def _is_floor(target: TargetFacts) -> bool:
    return target.relation in _AT_LEAST


def _name(target: TargetFacts) -> str:
    return _(
        "指标%(indicator_code)s%(stage)s",
        indicator_code=target.indicator_code,
        stage=STAGES.get(target.stage or "", ""),
    )


def _value(target: TargetFacts) -> str:
    return f"{target.value:g}{target.unit or ''}"


def _limit(limit: NationalLimit) -> str:
    if limit.at_least is not None:
        return _("不低于%(at_least)s%(unit)s", at_least=f"{limit.at_least:g}", unit=limit.unit)
    return _("不超过%(at_most)s%(unit)s", at_most=f"{limit.at_most:g}", unit=limit.unit)


def _finding(kind: FindingKind, target: TargetFacts, message: str, fix: str) -> Finding:
    home = target.home or Fix("", Target.ALL_MEASURES)
    return Finding(kind, Severity.MUST, target.place, message, replace(home, words=fix))
