"""Bulletins of the demo: one withdrawn, its correction out and read by some, the next a draft."""

from collections.abc import Mapping
from datetime import timedelta

from app.bulletins.facts import gather_facts, next_period
from app.bulletins.wording import TITLE, draft_text
from app.demo.work import Stage
from plans.actors import Actor
from plans.bulletins import (
    BulletinTerms,
    draft_bulletin,
    publish_bulletin,
    read_bulletin,
    withdraw_bulletin,
)
from plans.calendar import ZONE
from plans.models import Bulletin

READERS = ("县教育局", "县财政局")
WRONG_DAYS = 300
REASON = "通报期间填写有误，更正后另发一期（示例）。"
DRAFT_TITLE = "关于做好年度自评准备工作的通报"
DRAFT_TEXT = """一、时间安排
各责任单位于下月10日前对照分工完成自查，将自查情况和佐证材料报创建办（示例）。
二、材料要求
同一材料只报一次，其他任务和指标引用即可（示例）。"""


def play_bulletins(stage: Stage, crew: Mapping[str, Actor]) -> None:
    """Publish what the work of the day of loading is like; the units' people read through their ``crew``."""
    session, office = stage.session, stage.offices["office"]
    today = stage.at.astimezone(ZONE).date()
    wrong = _bulletin(stage, since_days=WRONG_DAYS)
    withdraw_bulletin(session, office, bulletin_id=wrong.id, reason=REASON, at=stage.at)
    right = _bulletin(stage)
    for reader in (*(crew[name] for name in READERS), stage.offices["supervisor"]):
        read_bulletin(session, reader, bulletin_id=right.id, at=stage.at)
    terms = BulletinTerms(DRAFT_TITLE, today, today, DRAFT_TEXT)
    draft_bulletin(session, office, terms=terms, at=stage.at)


def _bulletin(stage: Stage, since_days: int | None = None) -> Bulletin:
    session, office = stage.session, stage.offices["office"]
    since, today = next_period(session, office, stage.at.astimezone(ZONE).date())
    since = since if since_days is None else today - timedelta(days=since_days)
    text = draft_text(gather_facts(session, office, since=since, until=today, today=today))
    terms = BulletinTerms(TITLE, since, today, text)
    draft = draft_bulletin(session, office, terms=terms, at=stage.at)
    return publish_bulletin(session, office, bulletin_id=draft.id, seen_version=draft.version, at=stage.at)
