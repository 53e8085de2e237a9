"""The history of a task as a story: each act as a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plans.calendar import deadline, deadline_words
from plans.models import TaskEvent
from plans.settings import STRENGTH_NAMES
from plans.words import _, day_words, listed

ACT_WORDS = {
    "assign": _("交办"),
    "sign": _("签收"),
    "progress": _("反馈进展"),
    "submit": _("申请销号"),
    "close": _("核实销号"),
    "return": _("退回"),
    "decline": _("退办"),
    "reassign": _("重新交办"),
    "pause": _("暂停"),
    "resume": _("恢复办理"),
    "reopen": _("反弹重开"),
    "ask_extension": _("申请延期"),
    "grant_extension": _("同意延期"),
    "refuse_extension": _("不同意延期"),
    "move_deadline": _("调整时限"),
    "amend": _("调整内容"),
    "name_person": _("明确责任人"),
    "hand_over": _("工作交接"),
    "urge": _("催办"),
    "grade": _("评定材料"),
    "comment": _("留言"),
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
        done = _("%(done)s，责任人由%(from_)s改为%(to)s", done=done, from_=details["from"], to=details["to"])
    if event.act == "reassign":
        done = _("%(done)s，由%(from_)s改为%(to)s", done=done, from_=details["from"], to=details["to"])
    if event.act == "amend":
        changes = (
            _(
                "%(name)s由“%(quoted)s”改为“%(quoted_2)s”",
                name=_(name),
                quoted=_quoted(was),
                quoted_2=_quoted(now),
            )
            for name, was, now in details["changed"]
        )
        done = f"{done}，{listed(changes, '；')}"
    if event.act == "grade":
        done = _(
            "%(done)s“%(file)s”为%(strength_names)s",
            done=done,
            file=details["file"],
            strength_names=strength_names[details["strength"]],
        )
    if "due_after" in details:
        done += _days(event.act, details)
    return done


def _quoted(text: str) -> str:
    text = text or _("无")
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def _days(act: str, details: Mapping[str, str]) -> str:
    stated, before = (date.fromisoformat(details[key]) for key in ("due_after", "due_before"))
    to = _("，完成时限") if act in ("reopen", "resume") else ""
    was = day_words(before)
    wished = deadline_words(stated, deadline(stated))
    if act == "refuse_extension":
        return _("到%(wished)s，时限仍为%(was)s", wished=wished, was=was)
    return _(
        "%(to)s到%(deadline_words)s，原为%(was)s",
        to=to,
        deadline_words=wished,
        was=was,
    )
