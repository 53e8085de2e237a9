"""The history of a task as a story: each act as a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plans.calendar import deadline, deadline_words
from plans.models import TaskEvent
from plans.settings import STRENGTH_NAMES

ACT_WORDS = {
    "assign": "交办",
    "sign": "签收",
    "progress": "反馈进展",
    "submit": "申请销号",
    "close": "核实销号",
    "return": "退回",
    "decline": "退办",
    "reassign": "重新交办",
    "pause": "暂停",
    "resume": "恢复办理",
    "reopen": "反弹重开",
    "ask_extension": "申请延期",
    "grant_extension": "同意延期",
    "refuse_extension": "不同意延期",
    "move_deadline": "调整时限",
    "amend": "调整内容",
    "name_person": "明确责任人",
    "hand_over": "工作交接",
    "urge": "催办",
    "grade": "评定材料",
    "comment": "留言",
}

QUOTED = 60  # characters of a changed text that a sentence quotes; the event keeps all of it


@dataclass(frozen=True)
class StoryLine:
    """One act: when, by whom, what was done, and the words that go with it."""

    at: datetime
    who: str
    deed: str  # without the person: 申请延期到2027年3月底（3月31日），原为2027年1月29日
    note: str
    files: tuple[str, ...]  # handed in with it


def story(events: Sequence[TaskEvent], strength_names: Mapping[int, str] = STRENGTH_NAMES) -> list[StoryLine]:
    """The acts in their order."""
    return [
        StoryLine(
            event.at,
            event.actor_name,
            deed(event, strength_names),
            "" if event.act == "name_person" else event.note,
            tuple(event.details.get("files", ())),
        )
        for event in events
    ]


def deed(event: TaskEvent, strength_names: Mapping[int, str] = STRENGTH_NAMES) -> str:
    """What was done, with the days and units that it changed."""
    done, details = ACT_WORDS[event.act], event.details
    if event.act == "progress":
        done = f"{done} {event.progress}%"
    if event.act == "name_person":
        done = f"{done}：{event.note}"
    if event.act == "hand_over":
        done = f"{done}，责任人由{details['from']}改为{details['to']}"
    if event.act == "reassign":
        done = f"{done}，由{details['from']}改为{details['to']}"
    if event.act == "amend":
        changes = (f"{name}由“{_quoted(was)}”改为“{_quoted(now)}”" for name, was, now in details["changed"])
        done = f"{done}，{'；'.join(changes)}"
    if event.act == "grade":
        done = f"{done}“{details['file']}”为{strength_names[details['strength']]}"
    if "due_after" in details:
        done += _days(event.act, details)
    return done


def _quoted(text: str) -> str:
    text = text or "无"
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def _days(act: str, details: Mapping[str, str]) -> str:
    stated, before = (date.fromisoformat(details[key]) for key in ("due_after", "due_before"))
    to = "，完成时限" if act in ("reopen", "resume") else ""
    was = f"{before.year}年{before.month}月{before.day}日"
    return f"{to}到{deadline_words(stated, deadline(stated))}，原为{was}"
