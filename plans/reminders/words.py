"""What reminders and their rules say: one table, a line for each family."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from plans.calendar import day_words, is_working_day
from plans.reminders.rules import Audience, Days, Family, Level, Rule

LEVEL_NAMES: Mapping[Level, str] = {Level.BLUE: "提示", Level.YELLOW: "提醒", Level.RED: "催促"}
AUDIENCE_NAMES: Mapping[Audience, str] = {
    Audience.RESPONSIBLE: "责任人，没有明确责任人时为牵头单位全体",
    Audience.UNIT_HEAD: "单位负责人",
    Audience.OFFICE: "创建办",
    Audience.DEPUTY: "分管领导",
    Audience.ASSIGNERS: "领导小组和创建办",
    Audience.SUPERVISORS: "督导室",
    Audience.REPORTERS: "本校填报员",
    Audience.NAMED: "被提到的人",
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
        return "今天到期" if told.anchor_on == told.on else f"已过 {told.days_past} 天"
    return f"还有 {n} 个工作日" if n else f"还有 {(told.anchor_on - told.on).days} 天"


def _days_left(told: Told) -> str:
    n = -told.days_past
    return f"还有 {n} 天" if n > 0 else "今天到期" if n == 0 else f"已过 {-n} 天"


def _until(what: str, left: Callable[[Told], str] = _left) -> Sentence:
    def sentence(told: Told) -> str:
        words = left(told)
        gap = "" if words.startswith("还有") else "，"
        return (
            f"《{told.title}》距{what}{told.due}{words}"
            if not gap
            else f"《{told.title}》{what}{told.due}，{words}"
        )

    return sentence


def _returns(told: Told) -> str:
    return f"{told.title}尚未报送，截止{told.due}，{_days_left(told)}"


WORDS: Mapping[Family, FamilyWords] = {
    Family.DEADLINE: FamilyWords("任务时限", "完成时限", "项任务临近时限", _until("完成时限")),
    Family.OVERDUE: FamilyWords(
        "任务逾期", "逾期", "项任务逾期", lambda t: f"《{t.title}》完成时限{t.due}，已逾期 {t.days_past} 天"
    ),
    Family.ESCALATION: FamilyWords(
        "逾期上报",
        "逾期",
        "项逾期任务没有动静",
        lambda t: f"《{t.title}》逾期 {t.days_past} 天，责任人尚无动静，请过问",
    ),
    Family.STALE: FamilyWords(
        "进展未更新",
        "最近一次办理",
        "项任务进展未更新",
        lambda t: f"《{t.title}》自{t.due}起 {t.days_past} 天没有更新进展",
    ),
    Family.VERIFYING: FamilyWords(
        "等待核实", "申请销号", "项任务等待核实", lambda t: f"《{t.title}》{t.due}申请销号，等待核实"
    ),
    Family.EXTENSION: FamilyWords(
        "延期申请", "申请延期", "项延期申请待答复", lambda t: f"《{t.title}》{t.due}申请延期，等待答复"
    ),
    Family.DECLINED: FamilyWords(
        "退办待处理", "退办", "项任务退办待处理", lambda t: f"《{t.title}》{t.due}被退办，等待重新交办"
    ),
    Family.MILESTONE: FamilyWords(
        "里程碑", "里程碑日期", "个里程碑临近或已过", _until("里程碑日期", _days_left)
    ),
    Family.DUTY: FamilyWords(
        "周期任务",
        "本期时限",
        "项周期任务尚未交办",
        lambda t: f"周期任务《{t.title}》本期时限{t.due}，尚未交办，{_days_left(t)}",
    ),
    Family.SCHOOL_RETURN: FamilyWords("学校填报", "填报截止", "份学校数据未报", _returns),
    Family.SCHOOLS_BEHIND: FamilyWords(
        "未报学校", "填报截止", "项学校填报情况", lambda t: f"{t.title}，截止{t.due}，{_days_left(t)}"
    ),
    Family.COUNTY_RETURN: FamilyWords("县级填报", "填报截止", "份县级数据未报", _returns),
    Family.NOTICE: FamilyWords(
        "督办单未签收", "督办单发出", "件督办单未签收", lambda t: f"督办单《{t.title}》{t.due}发出，尚未签收"
    ),
    Family.NOTICE_DUE: FamilyWords("督办单时限", "督办单时限", "件督办单临近或超过时限", _until("办结时限")),
    Family.RELAXATION: FamilyWords(
        "放宽条款到期",
        "条款到期",
        "条放宽条款将到期",
        lambda t: f"放宽条款 {t.title} {t.due}到期，{_days_left(t)}，到期后按原标准判定",
    ),
    Family.ATTESTATION: FamilyWords(
        "佐证结论到期",
        "签署",
        "项佐证结论将满一年",
        lambda t: f"佐证项目 {t.title} {t.due}签署，一年有效期将满，请重新准备材料",
    ),
    Family.TARGET: FamilyWords(
        "指标偏离路径",
        "偏离",
        "项指标偏离目标路径",
        lambda t: f"指标 {_target(t.title)}自{t.due}起偏离目标路径",
    ),
    Family.URGE: FamilyWords(
        "催办", "催办", "项任务被催办", lambda t: f"《{t.title}》{t.due}被催办，请尽快办理"
    ),
    Family.MENTION: FamilyWords(
        "留言提到", "被提到", "条留言提到您", lambda t: f"《{t.title}》的留言在{t.due}提到了您"
    ),
}
STAGES = {"primary": "小学", "junior": "初中"}


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
    before, after = words_around(rule)
    number = f" {abs(rule.offset)} " if rule.offset else ""
    return f"{before}{number}{after}{f'，此后每 {rule.every} 天' if rule.every else ''}"


def words_around(rule: Rule) -> tuple[str, str]:
    """What stands before and after the number of days of a rule; a rule of the day itself has no number.

    >>> from plans.reminders.rules import RULES
    >>> words_around(RULES[0]), words_around(RULES[4])
    (('完成时限前', '个工作日'), ('完成时限', '当天'))
    """
    anchor = WORDS[rule.family].anchor
    if rule.offset == 0:
        return anchor, "当天"
    unit = "个工作日" if rule.counted is Days.WORKING else "天"
    if rule.offset < 0:
        return f"{anchor}前", unit
    return f"{anchor}{'' if anchor == '逾期' else '后'}", unit


def _target(title: str) -> str:
    code, _space, stage = title.partition(" ")
    return f"{code} {STAGES.get(stage, stage)}".strip() + ("" if not stage else " ")
