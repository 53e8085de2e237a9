"""What reminders and their rules say: one table, a line for each family."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from plans.calendar import is_working_day
from plans.reminders.rules import Audience, Days, Family, Level, Rule
from plans.words import _, _n, day_words

LEVEL_NAMES: Mapping[Level, str] = {Level.BLUE: _("提示"), Level.YELLOW: _("提醒"), Level.RED: _("催促")}
AUDIENCE_NAMES: Mapping[Audience, str] = {
    Audience.RESPONSIBLE: _("责任人，没有明确责任人时为牵头单位全体"),
    Audience.UNIT_HEAD: _("单位负责人"),
    Audience.OFFICE: _("创建办"),
    Audience.DEPUTY: _("分管领导"),
    Audience.ASSIGNERS: _("领导小组和创建办"),
    Audience.SUPERVISORS: _("督导室"),
    Audience.REPORTERS: _("本校填报员"),
    Audience.NAMED: _("被提到的人"),
}


@dataclass(frozen=True)
class Told:
    """One reminder, and the day on which it is told."""

    title: str
    anchor_on: date
    on: date

    @property
    def due(self) -> str:
        return day_words(self.anchor_on)

    @property
    def days_past(self) -> int:
        return (self.on - self.anchor_on).days


Sentence = Callable[[Told], str]


@dataclass(frozen=True)
class FamilyWords:
    """A family's name, its anchor day in rules, how many of it are counted, and its sentence.

    ``many`` ends the line of a digest: “3 项任务…”.
    """

    name: str
    anchor: str
    many: str
    sentence: Sentence


def working_days_between(first: date, last: date) -> int:
    """Working days after the first day up to the last one.

    >>> working_days_between(date(2026, 12, 28), date(2026, 12, 31))
    3
    """
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def _left(told: Told) -> str:
    n = working_days_between(told.on, told.anchor_on)
    if told.anchor_on <= told.on:
        return (
            _("今天到期")
            if told.anchor_on == told.on
            else _n("已过 %(days_past)s 天", days_past=told.days_past)
        )
    return (
        _n("还有 %(n)s 个工作日", n=n) if n else _n("还有 %(days)s 天", days=(told.anchor_on - told.on).days)
    )


def _days_left(told: Told) -> str:
    n = -told.days_past
    return _n("还有 %(n)s 天", n=n) if n > 0 else _("今天到期") if n == 0 else _n("已过 %(n)s 天", n=-n)


def _until(what: str, left: Callable[[Told], str] = _left) -> Sentence:
    def sentence(told: Told) -> str:
        words = left(told)
        values = {"title": told.title, "what": what, "due": told.due, "words": words}
        if words.startswith("还有"):
            return _("《%(title)s》距%(what)s%(due)s%(words)s", **values)
        return _("《%(title)s》%(what)s%(due)s，%(words)s", **values)

    return sentence


def _returns(told: Told) -> str:
    return _(
        "%(title)s尚未报送，截止%(due)s，%(days_left)s",
        title=told.title,
        due=told.due,
        days_left=_days_left(told),
    )


WORDS: Mapping[Family, FamilyWords] = {
    Family.DEADLINE: FamilyWords(_("任务时限"), _("完成时限"), _("项任务临近时限"), _until(_("完成时限"))),
    Family.OVERDUE: FamilyWords(
        _("任务逾期"),
        _("逾期"),
        _("项任务逾期"),
        lambda t: _n(
            "《%(title)s》完成时限%(due)s，已逾期 %(days_past)s 天",
            days_past=t.days_past,
            title=t.title,
            due=t.due,
        ),
    ),
    Family.ESCALATION: FamilyWords(
        _("逾期上报"),
        _("逾期"),
        _("项逾期任务没有动静"),
        lambda t: _n(
            "《%(title)s》逾期 %(days_past)s 天，责任人尚无动静，请过问", days_past=t.days_past, title=t.title
        ),
    ),
    Family.STALE: FamilyWords(
        _("进展未更新"),
        _("最近一次办理"),
        _("项任务进展未更新"),
        lambda t: _n(
            "《%(title)s》自%(due)s起 %(days_past)s 天没有更新进展",
            days_past=t.days_past,
            title=t.title,
            due=t.due,
        ),
    ),
    Family.VERIFYING: FamilyWords(
        _("等待核实"),
        _("申请销号"),
        _("项任务等待核实"),
        lambda t: _("《%(title)s》%(due)s申请销号，等待核实", title=t.title, due=t.due),
    ),
    Family.EXTENSION: FamilyWords(
        _("延期申请"),
        _("申请延期"),
        _("项延期申请待答复"),
        lambda t: _("《%(title)s》%(due)s申请延期，等待答复", title=t.title, due=t.due),
    ),
    Family.DECLINED: FamilyWords(
        _("退办待处理"),
        _("退办"),
        _("项任务退办待处理"),
        lambda t: _("《%(title)s》%(due)s被退办，等待重新交办", title=t.title, due=t.due),
    ),
    Family.MILESTONE: FamilyWords(
        _("里程碑"), _("里程碑日期"), _("个里程碑临近或已过"), _until(_("里程碑日期"), _days_left)
    ),
    Family.DUTY: FamilyWords(
        _("周期任务"),
        _("本期时限"),
        _("项周期任务尚未交办"),
        lambda t: _(
            "周期任务《%(title)s》本期时限%(due)s，尚未交办，%(days_left)s",
            title=t.title,
            due=t.due,
            days_left=_days_left(t),
        ),
    ),
    Family.SCHOOL_RETURN: FamilyWords(_("学校填报"), _("填报截止"), _("份学校数据未报"), _returns),
    Family.SCHOOLS_BEHIND: FamilyWords(
        _("未报学校"),
        _("填报截止"),
        _("项学校填报情况"),
        lambda t: _(
            "%(title)s，截止%(due)s，%(days_left)s", title=t.title, due=t.due, days_left=_days_left(t)
        ),
    ),
    Family.COUNTY_RETURN: FamilyWords(_("县级填报"), _("填报截止"), _("份县级数据未报"), _returns),
    Family.NOTICE: FamilyWords(
        _("督办单未签收"),
        _("督办单发出"),
        _("件督办单未签收"),
        lambda t: _("督办单《%(title)s》%(due)s发出，尚未签收", title=t.title, due=t.due),
    ),
    Family.NOTICE_DUE: FamilyWords(
        _("督办单时限"), _("督办单时限"), _("件督办单临近或超过时限"), _until(_("办结时限"))
    ),
    Family.RELAXATION: FamilyWords(
        _("放宽条款到期"),
        _("条款到期"),
        _("条放宽条款将到期"),
        lambda t: _(
            "放宽条款 %(title)s %(due)s到期，%(days_left)s，到期后按原标准判定",
            title=t.title,
            due=t.due,
            days_left=_days_left(t),
        ),
    ),
    Family.ATTESTATION: FamilyWords(
        _("佐证结论到期"),
        _("签署"),
        _("项佐证结论将满一年"),
        lambda t: _(
            "佐证项目 %(title)s %(due)s签署，一年有效期将满，请重新准备材料", title=t.title, due=t.due
        ),
    ),
    Family.TARGET: FamilyWords(
        _("指标偏离路径"),
        _("偏离"),
        _("项指标偏离目标路径"),
        lambda t: _("指标 %(target)s自%(due)s起偏离目标路径", target=_target(t.title), due=t.due),
    ),
    Family.URGE: FamilyWords(
        _("催办"),
        _("催办"),
        _("项任务被催办"),
        lambda t: _("《%(title)s》%(due)s被催办，请尽快办理", title=t.title, due=t.due),
    ),
    Family.MENTION: FamilyWords(
        _("留言提到"),
        _("被提到"),
        _("条留言提到您"),
        lambda t: _("《%(title)s》的留言在%(due)s提到了您", title=t.title, due=t.due),
    ),
}
STAGES = {"primary": _("小学"), "junior": _("初中")}


def sentence(family: Family, title: str, anchor_on: date, on: date) -> str:
    """What a reminder says on a day.

    >>> sentence(Family.DEADLINE, "补齐音乐教室", date(2026, 12, 31), date(2026, 12, 28))
    '《补齐音乐教室》距完成时限2026年12月31日还有 3 个工作日'
    """
    return WORDS[family].sentence(Told(title, anchor_on, on))


def digest_line(family: Family, titles: list[str]) -> str:
    """Several reminders of one family in one line.

    >>> digest_line(Family.SCHOOLS_BEHIND, ["23 所学校 2026 年度数据未报"])
    '23 所学校 2026 年度数据未报'
    """
    return titles[0] if family is Family.SCHOOLS_BEHIND and titles else f"{len(titles)} {WORDS[family].many}"


def rule_words(rule: Rule) -> str:
    """When a rule speaks.

    >>> from plans.reminders.rules import RULES
    >>> rule_words(RULES[0]), rule_words(RULES[4]), rule_words(RULES[7])
    ('完成时限前 30 个工作日', '完成时限当天', '逾期 30 天，此后每 30 天')
    """
    again = _n("，此后每 %(every)s 天", every=rule.every) if rule.every else ""
    return f"{_moment(rule)}{again}"


def _moment(rule: Rule) -> str:
    anchor, n = WORDS[rule.family].anchor, abs(rule.offset)
    if n == 0:
        return _("%(anchor)s当天", anchor=anchor)
    days = _n("%(n)s 个工作日", n=n) if rule.counted is Days.WORKING else _n("%(n)s 天", n=n)
    if rule.offset < 0:
        return _("%(anchor)s前 %(days)s", anchor=anchor, days=days)
    if anchor == "逾期":
        return _("逾期 %(days)s", days=days)
    return _("%(anchor)s后 %(days)s", anchor=anchor, days=days)


def words_around(rule: Rule) -> tuple[str, str]:
    """What stands before and after the number of days of a rule; a rule of the day itself has no number.

    >>> from plans.reminders.rules import RULES
    >>> words_around(RULES[0]), words_around(RULES[4])
    (('完成时限前', '个工作日'), ('完成时限', '当天'))
    """
    anchor = WORDS[rule.family].anchor
    if rule.offset == 0:
        return anchor, _("当天")
    unit = _("个工作日") if rule.counted is Days.WORKING else _("天")
    if rule.offset < 0:
        return _("%(anchor)s前", anchor=anchor), unit
    return anchor if anchor == "逾期" else _("%(anchor)s后", anchor=anchor), unit


def _target(title: str) -> str:
    code, _space, stage = title.partition(" ")
    return f"{code} {STAGES.get(stage, stage)}".strip() + ("" if not stage else " ")
