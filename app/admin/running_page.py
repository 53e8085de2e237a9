"""The page of how the program runs."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.admin.running import Queue, Stuck, queues, stuck
from app.clock import ZONE
from app.jobs.runs import Standing, standing
from app.messages.outgoing import OPEN, turned_to
from app.models import JobRun
from plans.models import MessageState

JOB_NAMES = {
    "reminders": _l("写提醒"),
    "messages": _l("写消息"),
    "delivery": _l("发送消息"),
    "nightly": _l("夜间工作"),
}
BAD = (MessageState.FAILED, MessageState.UNKNOWN)


@dataclass(frozen=True)
class JobLine:
    """One job's newest run."""

    name: str
    tone: str
    state: str
    began: str
    words: str


@dataclass(frozen=True)
class RunningPage:
    """Whether the scheduler lives, what its jobs did, and which messages have not left."""

    headline: str
    alarm: str  # "" = none
    jobs: list[JobLine]
    queues: list[Queue]
    rows: list[Stuck]
    total: int
    page: int
    pages: int


def running_page(session: Session, *, state: MessageState | None, page: int, at: datetime) -> RunningPage:
    """Put the page together. Three queries."""
    found, waiting = standing(session, at), queues(session)
    states = OPEN if state is None else (state,)
    total = sum(queue.count(*states) for queue in waiting)
    page, pages = turned_to(page, total)
    return RunningPage(
        headline=_headline(found, waiting),
        alarm=alarm_words(found),
        jobs=[_line(one) for one in found.runs],
        queues=waiting,
        rows=stuck(session, states=states, page=page),
        total=total,
        page=page,
        pages=pages,
    )


def alarm_words(found: Standing) -> str:
    """What is wrong with the scheduler and what to do; "" = it beats."""
    if not found.is_late:
        return ""
    if found.beat_at is None:
        return _("调度程序没有启动过，提醒不会产生，消息不会发出。请启动 flask --app wsgi jobs run。")
    beat = written(found.beat_at)
    return _("调度程序自 %(beat)s 起没有心跳，提醒和消息已停。请检查该进程和日志后重新启动。", beat=beat)


def written(at: datetime) -> str:
    """An instant as the page writes it."""
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M:%S}"


def _headline(found: Standing, waiting: list[Queue]) -> str:
    failed, unknown = (sum(queue.count(state) for queue in waiting) for state in BAD)
    n = sum(queue.count(*OPEN) for queue in waiting) - failed - unknown
    state = _("调度程序没有运行") if found.is_late else _("调度程序运行正常")
    return _(
        "%(state)s；待发消息 %(n)s 条，失败 %(failed)s 条，结果不明 %(unknown)s 条。",
        state=state,
        n=n,
        failed=failed,
        unknown=unknown,
    )


def _line(run: JobRun) -> JobLine:
    name, began = str(JOB_NAMES.get(run.name, run.name)), written(run.started_at)
    if run.has_failed:
        return JobLine(name, "red", _("没有办成"), began, run.words)
    if run.ended_at is None:
        return JobLine(name, "amber", _("在办"), began, _("正在办理，或中途停止。"))
    return JobLine(name, "green", _("已办"), began, run.words)
