"""Supervision notices of the demo, in every state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.demo.work import Stage, task_named
from app.files import keep_content
from plans.actors import Actor
from plans.calendar import ZONE
from plans.models import Notice
from plans.notice_steering import reschedule_notice, withdraw_notice
from plans.notices import (
    NoticeTerms,
    answer_notice,
    close_notice,
    draft_notice,
    return_notice,
    send_notice,
    sign_notice,
)


@dataclass(frozen=True)
class DemoNotice:
    """One supervision notice: ``acts`` in their order, each with the days before loading and its words."""

    task: str
    title: str
    order: str
    drafted: int  # days before the day of loading
    days: int  # from then to the deadline
    acts: tuple[tuple[str, int, str], ...]


NOTICES = (
    DemoNotice(
        "核对各校教师培训经费占比", "关于核对教师培训经费占比的督办",
        "逐校列出培训经费占公用经费的比例，低于5%的写明补足办法，附资金安排文件（示例）。", 48, 30,
        (("send", 48, ""), ("sign", 47, ""), ("answer", 30, "各校占比已核对，均不低于5%，文件附后（示例）。"),
         ("close", 28, "情况属实，予以办结。")),
    ),
    DemoNotice(
        "制定超规模学校分流方案", "关于超规模学校分流方案的督办",
        "方案写明分流年级、人数、接收学校和接送安排，经家长座谈后提交县政府常务会议审议（示例）。", 40, 24,
        (("send", 40, ""), ("sign", 38, ""), ("answer", 26, "方案已成稿（示例）。"),
         ("return", 24, "缺家长座谈记录，请补齐后再报（示例）。"),
         ("reschedule", 18, "常务会议延至下月召开（示例）。")),
    ),
    DemoNotice(
        "学校章程修订备案", "关于学校章程备案的督办", "未备案学校于两周内完成备案（示例）。", 34, 14,
        (("send", 34, ""), ("withdraw", 33, "备案已全部完成，本件不再办理（示例）。")),
    ),
    DemoNotice(
        "调剂36名编制到乡村学校", "关于调剂乡村学校编制的督办",
        "36名编制明确到校，文件印发后三日内报送（示例）。", 16, 20,
        (("send", 16, ""), ("sign", 15, ""), ("answer", 3, "调剂方案已通过审议，文件正在印发（示例）。")),
    ),
    DemoNotice(
        "学校消防设施检查与整改", "关于学校消防设施整改的督办",
        "检查发现的问题逐项列明整改时限和责任人，整改前后附照片（示例）。", 2, 21, (("send", 1, ""),),
    ),
    DemoNotice(
        "两所学校签订运动场地租用协议", "关于运动场地租用协议的督办",
        "未签协议的一校完成测绘并签订协议，期限不短于五年（示例）。", 0, 30, (),
    ),
)  # fmt: skip


def play_notices(stage: Stage, crew: Mapping[str, Actor]) -> None:
    """Write them and let supervisor and units act on them; units act through their ``crew``, by name."""
    for demo in NOTICES:
        _play(stage, demo, crew)


def _play(stage: Stage, demo: DemoNotice, crew: Mapping[str, Actor]) -> None:
    task, at = task_named(stage, demo.task), stage.days_ago(demo.drafted)
    due_on = at.astimezone(ZONE).date() + timedelta(days=demo.days)
    terms = NoticeTerms(demo.title, demo.order, task.lead_unit_id, due_on, [task.id])
    notice = draft_notice(stage.session, stage.offices["supervisor"], terms=terms, at=at)
    for act, days, words in demo.acts:
        _act(stage, notice, crew[task.lead_unit.name], act, days, words)


def _act(stage: Stage, notice: Notice, unit: Actor, act: str, days: int, words: str) -> None:
    session, watcher, at = stage.session, stage.offices["supervisor"], stage.days_ago(days)
    common: dict[str, Any] = {"notice_id": notice.id, "seen_event": notice.last_event_no, "at": at}
    if act == "send":
        send_notice(session, watcher, **common)
    elif act == "sign":
        sign_notice(session, unit, **common)
    elif act == "answer":
        content = f"{notice.title}办理情况（示例）\n{words}\n".encode()
        file = keep_content(session, unit, content, f"{notice.title}回复.txt", folder=stage.files, at=at)
        answer_notice(session, unit, reply=words, evidence=[file], **common)
    elif act == "return":
        return_notice(session, watcher, note=words, **common)
    elif act == "close":
        close_notice(session, watcher, note=words, **common)
    elif act == "withdraw":
        withdraw_notice(session, watcher, reason=words, **common)
    else:
        later = notice.stated_due_on + timedelta(days=45)
        reschedule_notice(session, watcher, stated_due_on=later, reason=words, **common)
