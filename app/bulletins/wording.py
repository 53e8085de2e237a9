"""The text that a bulletin begins with: what is so, in the words of offices, for the office to edit.

It is the county's document, not interface: written in Chinese whatever the reader's language.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from app.bulletins.facts import Facts, Stone
from app.models import Assessment
from app.planning.sentences import VERDICTS
from plans.calendar import ZONE
from plans.milestones import MilestoneState, MilestoneStatus, state_of
from plans.progress import TimeStatus
from plans.queries import TaskRow
from plans.states import TaskState
from plans.words import day_words

TITLE = "义务教育优质均衡创建工作进展通报"
AHEAD_DAYS = 90
NUMERALS = "一二三四五"


def draft_text(facts: Facts) -> str:
    """The whole text: progress, what is late and what falls due by unit, milestones, indicators."""
    parts = (
        ("总体进展", _progress(facts)),
        ("逾期任务", _tasks(facts, TimeStatus.OVERDUE, "没有逾期任务。")),
        ("近期到期任务", _tasks(facts, TimeStatus.DUE_SOON, "30天内没有任务到期。")),
        ("里程碑", _stones(facts)),
        ("指标变化", _changes(facts)),
    )
    blocks = [
        "\n".join([f"{NUMERALS[place]}、{heading}", *lines]) for place, (heading, lines) in enumerate(parts)
    ]
    return "\n".join(blocks)


def _progress(facts: Facts) -> list[str]:
    if not facts.rows:
        return ["目前还没有交办任务。"]
    states = [
        (TaskState.CLOSED, "已销号"),
        (TaskState.SUBMITTED, "待核实"),
        (TaskState.WORKING, "办理中"),
        (TaskState.ASSIGNED, "待签收"),
        (TaskState.DECLINED, "退办"),
        (TaskState.PAUSED, "暂停"),
    ]
    told = "，".join(f"{word}{facts.n(state)}项" for state, word in states if facts.n(state))
    late, soon = (sum(row.time.status is status for row in facts.rows) for status in _LATE_AND_SOON)
    return [
        f"截至{day_words(facts.today)}，全县共交办任务{len(facts.rows)}项，其中{told}。逾期{late}项，30天内到期{soon}项。"
        f"本期（{day_words(facts.since)}至{day_words(facts.until)}）销号{facts.n_closed_in_period}项。"
    ]


_LATE_AND_SOON = (TimeStatus.OVERDUE, TimeStatus.DUE_SOON)


def _tasks(facts: Facts, status: TimeStatus, none: str) -> list[str]:
    groups = facts.by_unit(status)
    return [f"{unit}：{'；'.join(map(_task, rows))}。" for unit, rows in groups] or [none]


def _task(row: TaskRow) -> str:
    due = row.task.due_on
    late = f"，{row.time.word.replace(' ', '')}" if row.time.status is TimeStatus.OVERDUE else ""
    return f"{row.task.title}（时限{day_words(due)}{late}）"


def _stones(facts: Facts) -> list[str]:
    soon = facts.today + timedelta(days=AHEAD_DAYS)
    reached = [one for one in facts.stones if _is_reached_in(one, facts.since, facts.until)]
    claimed = [one for one in facts.stones if state_of(one[0]) is MilestoneState.CLAIMED]
    rest = [one for one in facts.stones if one not in claimed]
    missed = [one for one in rest if one[1].status is MilestoneStatus.MISSED]
    ahead = [one for one in rest if one[1].status is MilestoneStatus.AHEAD and one[0].due_on <= soon]
    lines = [
        *_named("本期达成", ((stone.text, stone.achieved_on or stone.due_on) for stone, _ in reached)),
        *_named("已申报达成、待督导室确认", ((stone.text, stone.due_on) for stone, _ in claimed)),
        *_named("已过时限尚未达成", ((stone.text, stone.due_on) for stone, _ in missed)),
        *_named(f"今后{AHEAD_DAYS}天内到期", ((stone.text, stone.due_on) for stone, _ in ahead)),
    ]
    return lines or [f"本期没有里程碑达成或错过，今后{AHEAD_DAYS}天内没有里程碑到期。"]


def _is_reached_in(one: Stone, since: date, until: date) -> bool:
    day = one[0].achieved_on
    return day is not None and since <= day <= until


def _named(head: str, stones: Iterable[tuple[str, date]]) -> list[str]:
    told = "；".join(f"{text.rstrip('。')}（{day_words(day)}）" for text, day in stones)
    return [f"{head}：{told}。"] if told else []


def _changes(facts: Facts) -> list[str]:
    found = facts.changes
    if found is None:
        return ["目前还没有评估结果。"]
    now = f"依据{_version(found.later)}，未达标项目{found.n_unmet}项。"
    if found.earlier is None:
        return [f"{now}本期没有新的评估结果。"]
    if not found.turns:
        return [f"{now}与{_version(found.earlier)}相比，各项目结论没有变化。"]
    turns = "；".join(f"{turn.name}由{VERDICTS[turn.then]}变为{VERDICTS[turn.now]}" for turn in found.turns)
    return [f"{now}与{_version(found.earlier)}相比：{turns}。"]


def _version(assessment: Assessment) -> str:
    return f"{assessment.year}年度评估（{day_words(assessment.made_at.astimezone(ZONE).date())}）"
