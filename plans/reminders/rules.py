"""What is reminded of, when and how urgently: data, with the county's own choices over it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Family(StrEnum):
    """What a reminder is about; the rules of one family take turns, the newest slot wins."""

    DEADLINE = "deadline"  # 任务时限, before and on the day
    OVERDUE = "overdue"  # 任务逾期
    ESCALATION = "escalation"  # 逾期上报
    STALE = "stale"  # 进展未更新
    VERIFYING = "verifying"  # 等待核实
    EXTENSION = "extension"  # 延期申请
    DECLINED = "declined"  # 退办待处理
    MILESTONE = "milestone"  # 里程碑
    DUTY = "duty"  # 周期任务
    SCHOOL_RETURN = "school_return"  # 学校填报
    SCHOOLS_BEHIND = "schools_behind"  # 未报学校, for those who chase them
    COUNTY_RETURN = "county_return"  # 县级填报
    NOTICE = "notice"  # 督办单未签收
    NOTICE_DUE = "notice_due"  # 督办单时限
    RELAXATION = "relaxation"  # 放宽条款到期
    ATTESTATION = "attestation"  # 佐证结论到期
    TARGET = "target"  # 指标偏离路径
    URGE = "urge"  # 催办
    MENTION = "mention"  # 留言中提到


class Audience(StrEnum):
    """Whom a reminder goes to; the programme office stands in where there is nobody (but see ``ALONE``)."""

    RESPONSIBLE = "responsible"  # the named person, else the members of the lead unit
    UNIT_HEAD = "unit_head"
    OFFICE = "office"
    DEPUTY = "deputy"  # the leader in charge (分管领导), else the leading group
    ASSIGNERS = "assigners"  # leading group and office
    SUPERVISORS = "supervisors"
    REPORTERS = "reporters"  # of the school
    NAMED = "named"  # the very person


# Nobody stands in for these: the office is told of all such schools at once, and a mention is for one person.
ALONE = frozenset({Audience.REPORTERS, Audience.NAMED})


class Level(StrEnum):
    """How pressing it is."""

    BLUE = "blue"  # 蓝
    YELLOW = "yellow"  # 黄
    RED = "red"  # 红


class Days(StrEnum):
    """How days are counted from the anchor."""

    WORKING = "working"  # 个工作日
    CALENDAR = "calendar"  # 天


@dataclass(frozen=True)
class Rule:
    """One moment of a family, counted from the item's anchor day.

    ``offset`` is negative before the anchor. ``every`` repeats the rule each so many calendar days after its
    first slot, 0 = once. ``is_immediate`` goes out at once instead of waiting for the day's digest.
    """

    code: str
    family: Family
    offset: int
    counted: Days
    level: Level
    to: Audience
    every: int = 0
    is_immediate: bool = False


# The default grace of each rung, in working days; a county sets its own (``escalation_grace``).
GRACE = (3, 5, 5)
RUNGS = (Audience.UNIT_HEAD, Audience.OFFICE, Audience.DEPUTY)


def _ahead(family: Family, days: tuple[int, ...], counted: Days, to: Audience) -> tuple[Rule, ...]:
    return tuple(
        Rule(f"{family}-before-{n}", family, -n, counted, Level.BLUE, to) for n in sorted(days, reverse=True)
    )


def _after(family: Family, first: int, to: Audience, level: Level, every: int = 0) -> Rule:
    name = f"{family}-every-{every}" if every else f"{family}-after-{first}"
    return Rule(name, family, first, Days.CALENDAR, level, to, every=every)


RULES: tuple[Rule, ...] = (
    *_ahead(Family.DEADLINE, (30, 7, 3, 1), Days.WORKING, Audience.RESPONSIBLE),
    Rule("deadline-day", Family.DEADLINE, 0, Days.WORKING, Level.YELLOW, Audience.RESPONSIBLE),
    _after(Family.OVERDUE, 1, Audience.RESPONSIBLE, Level.YELLOW),
    _after(Family.OVERDUE, 7, Audience.RESPONSIBLE, Level.YELLOW),
    _after(Family.OVERDUE, 30, Audience.RESPONSIBLE, Level.RED, every=30),
    Rule("stale", Family.STALE, 30, Days.CALENDAR, Level.BLUE, Audience.RESPONSIBLE, every=30),
    Rule("verifying-after-3", Family.VERIFYING, 3, Days.WORKING, Level.BLUE, Audience.SUPERVISORS),
    Rule("verifying-after-7", Family.VERIFYING, 7, Days.WORKING, Level.YELLOW, Audience.SUPERVISORS, every=7),
    Rule(
        "extension-asked",
        Family.EXTENSION,
        0,
        Days.CALENDAR,
        Level.YELLOW,
        Audience.ASSIGNERS,
        is_immediate=True,
    ),
    Rule("extension-after-2", Family.EXTENSION, 2, Days.WORKING, Level.YELLOW, Audience.ASSIGNERS, every=7),
    *_ahead(Family.MILESTONE, (90, 30, 7), Days.CALENDAR, Audience.ASSIGNERS),
    _after(Family.MILESTONE, 1, Audience.ASSIGNERS, Level.YELLOW),
    _after(Family.MILESTONE, 30, Audience.ASSIGNERS, Level.RED, every=30),
    *_ahead(Family.DUTY, (30, 7), Days.CALENDAR, Audience.OFFICE),
    *_ahead(Family.SCHOOL_RETURN, (30, 7), Days.CALENDAR, Audience.REPORTERS),
    Rule("school_return-day", Family.SCHOOL_RETURN, 0, Days.WORKING, Level.YELLOW, Audience.REPORTERS),
    _after(Family.SCHOOL_RETURN, 1, Audience.REPORTERS, Level.YELLOW),
    _after(Family.SCHOOL_RETURN, 7, Audience.REPORTERS, Level.RED, every=7),
    *_ahead(Family.SCHOOLS_BEHIND, (7,), Days.CALENDAR, Audience.OFFICE),
    _after(Family.SCHOOLS_BEHIND, 1, Audience.OFFICE, Level.YELLOW),
    _after(Family.SCHOOLS_BEHIND, 7, Audience.OFFICE, Level.RED, every=7),
    *_ahead(Family.COUNTY_RETURN, (30, 7), Days.CALENDAR, Audience.OFFICE),
    Rule("county_return-day", Family.COUNTY_RETURN, 0, Days.WORKING, Level.YELLOW, Audience.OFFICE),
    _after(Family.COUNTY_RETURN, 1, Audience.OFFICE, Level.YELLOW),
    _after(Family.COUNTY_RETURN, 7, Audience.OFFICE, Level.RED, every=7),
    Rule(
        "notice-unsigned",
        Family.NOTICE,
        1,
        Days.WORKING,
        Level.YELLOW,
        Audience.UNIT_HEAD,
        every=7,
        is_immediate=True,
    ),
    *_ahead(Family.NOTICE_DUE, (3, 1), Days.WORKING, Audience.RESPONSIBLE),
    Rule("notice_due-day", Family.NOTICE_DUE, 0, Days.WORKING, Level.YELLOW, Audience.RESPONSIBLE),
    _after(Family.NOTICE_DUE, 1, Audience.UNIT_HEAD, Level.RED),
    _after(Family.NOTICE_DUE, 7, Audience.UNIT_HEAD, Level.RED, every=7),
    *_ahead(Family.RELAXATION, (90, 30, 7), Days.CALENDAR, Audience.OFFICE),
    # A statement holds for a year from its signature.
    _after(Family.ATTESTATION, 335, Audience.OFFICE, Level.BLUE),
    _after(Family.ATTESTATION, 358, Audience.OFFICE, Level.YELLOW),
    Rule("declined-after-1", Family.DECLINED, 1, Days.WORKING, Level.YELLOW, Audience.ASSIGNERS, every=7),
    Rule("urge", Family.URGE, 0, Days.CALENDAR, Level.YELLOW, Audience.RESPONSIBLE, is_immediate=True),
    Rule("mention", Family.MENTION, 0, Days.CALENDAR, Level.BLUE, Audience.NAMED),
    Rule("target-off", Family.TARGET, 0, Days.CALENDAR, Level.YELLOW, Audience.ASSIGNERS),
)


def rules_of(settings: Mapping[str, Any]) -> tuple[Rule, ...]:
    """The rules of a county: ours, less those switched off, with its own levels and days.

    ``settings["reminders"]``: code of a rule → {"on": bool, "level": …, "offset": n, "every": n}, each
    optional; ``settings["escalation_grace"]``: working days before each rung.

    >>> [rule.code for rule in rules_of({}) if rule.family is Family.DEADLINE][:2]
    ['deadline-before-30', 'deadline-before-7']
    >>> rules_of({"reminders": {"stale": {"offset": 14}}})[8].offset
    14
    """
    own: Mapping[str, Mapping[str, Any]] = settings.get("reminders", {})
    kept = (_with(rule, own.get(rule.code, {})) for rule in (*RULES, *_ladder(settings)))
    return tuple(rule for rule in kept if own.get(rule.code, {}).get("on", True))


def _with(rule: Rule, own: Mapping[str, Any]) -> Rule:
    chosen = {name: own[name] for name in ("offset", "every") if name in own}
    return replace(rule, level=Level(own.get("level", rule.level)), **chosen)


def _ladder(settings: Mapping[str, Any]) -> tuple[Rule, ...]:
    grace = tuple(settings.get("escalation_grace", GRACE))
    return tuple(
        Rule(
            f"escalation-{rung}",
            Family.ESCALATION,
            sum(grace[:rung]),
            Days.WORKING,
            Level.RED if to is Audience.DEPUTY else Level.YELLOW,
            to,
            is_immediate=to is Audience.DEPUTY,
        )
        for rung, to in enumerate(RUNGS, 1)
    )
