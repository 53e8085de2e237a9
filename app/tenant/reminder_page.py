"""What the page of reminder rules shows: every rule in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _

from app.punctuation import bracketed
from app.tenant.commands import version_of
from app.tenant.reminder_choices import Choices, choices_of, ours
from plans.base import County
from plans.calendar import announced_to
from plans.reminders.rules import ALONE, RUNGS, Audience, Family, Level, Rule
from plans.reminders.words import AUDIENCE_NAMES, LEVEL_NAMES, WORDS, words_around
from plans.words import _ as _l

COLOURS: Mapping[Level, str] = {Level.BLUE: _l("蓝"), Level.YELLOW: _l("黄"), Level.RED: _l("红")}


@dataclass(frozen=True)
class Number:
    """A number of days in the words around it; ``value`` as it was typed, "" where there is none to set."""

    field: str
    before: str
    value: str
    after: str
    is_wrong: bool = False


@dataclass(frozen=True)
class Line:
    """One rule."""

    code: str
    is_on: bool
    when: Number
    again: Number | None
    level: str
    to: str
    way: str


@dataclass(frozen=True)
class Group:
    """The rules of one family, and who stands in where nobody is concerned."""

    name: str
    lines: list[Line]


@dataclass(frozen=True)
class RemindersPage:
    """The whole page; ``fields`` are the single values by the names of their fields."""

    headline: str
    version: int
    groups: list[Group]
    fields: Mapping[str, str]
    problems: Mapping[str, str]
    levels: list[tuple[str, str]]
    is_ours: bool
    announced_to: int  # the last year whose days off are known


def reminders_page(
    county: County, typed: Mapping[str, str] | None = None, problems: Mapping[str, str] | None = None
) -> RemindersPage:
    """The rules as they hold, or as they were typed and refused. No query."""
    chosen, problems = choices_of(county.settings), problems or {}
    fields = _fields(chosen) if typed is None else typed
    families = groupby(chosen.rules, key=lambda rule: rule.family)
    return RemindersPage(
        headline=_headline(chosen),
        version=version_of(county),
        groups=[
            Group(WORDS[family].name, [_line(rule, fields, problems) for rule in rules])
            for family, rules in families
        ],
        fields=fields,
        problems=problems,
        levels=[(level.value, f"{COLOURS[level]}{bracketed(LEVEL_NAMES[level])}") for level in Level],
        is_ours=chosen == ours(),
        announced_to=announced_to(),
    )


def _headline(chosen: Choices) -> str:
    n_all, n_off = len(chosen.rules), len(chosen.off)
    if chosen == ours():
        return _("提醒规则共 %(n)s 条，都按默认值。", n=n_all)
    if n_off:
        return _("提醒规则共 %(n)s 条，停用 %(m)s 条。", n=n_all, m=n_off)
    return _("提醒规则共 %(n)s 条，全部启用，有本县调整。", n=n_all)


def _fields(chosen: Choices) -> dict[str, str]:
    month, day = chosen.returns_due.split("-")
    single = {
        "returns-month": str(int(month)),
        "returns-day": str(int(day)),
        "digest_at": chosen.digest_at,
        "quiet_from": chosen.quiet[0],
        "quiet_to": chosen.quiet[1],
        "message_cap": str(chosen.cap),
        **{f"grace-{n}": str(days) for n, days in enumerate(chosen.grace, 1)},
    }
    for rule in chosen.rules:
        single[f"level-{rule.code}"] = rule.level.value
        single[f"offset-{rule.code}"] = str(abs(rule.offset))
        single[f"every-{rule.code}"] = str(rule.every)
        if rule.code not in chosen.off:
            single[f"on-{rule.code}"] = "1"
    return single


def _line(rule: Rule, fields: Mapping[str, str], problems: Mapping[str, str]) -> Line:
    again = f"every-{rule.code}"
    every = Number(again, _("此后每"), fields.get(again, ""), _("天"), again in problems)
    return Line(
        code=rule.code,
        is_on=f"on-{rule.code}" in fields,
        when=_when(rule, fields, problems),
        again=every if rule.every else None,
        level=fields.get(f"level-{rule.code}", rule.level.value),
        to=AUDIENCE_NAMES[rule.to] if rule.to in ALONE else _stood_in(rule),
        way=_("随即发出") if rule.is_immediate else _("并入每日汇总"),
    )


def _stood_in(rule: Rule) -> str:
    name = AUDIENCE_NAMES[rule.to]
    if rule.to is Audience.DEPUTY:
        return _("%(name)s（未明确的发领导小组全体，领导小组没有成员的由创建办代收）", name=name)
    return name if "创建办" in name else _("%(name)s（没有的由创建办代收）", name=name)


def _when(rule: Rule, fields: Mapping[str, str], problems: Mapping[str, str]) -> Number:
    if rule.family is Family.ESCALATION:
        rung = RUNGS.index(rule.to) + 1
        field = f"grace-{rung}"
        before = _("逾期后无动静，满") if rung == 1 else _("再无动静，又满")
        return Number(field, before, fields.get(field, ""), _("个工作日"), field in problems)
    before, after = words_around(rule)
    field = f"offset-{rule.code}"
    return Number(field, before, fields.get(field, "") if rule.offset else "", after, field in problems)
