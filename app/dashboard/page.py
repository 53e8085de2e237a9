"""The leader's page as one value: the conclusion, its base, the figures and what is red."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.clock import ZONE
from app.dashboard.charts import spread_rows, spread_trend
from app.dashboard.queries import Standing, standing
from app.dashboard.sentences import conclusion, trend_sentence
from app.models import Assessment
from plans.actors import Actor
from plans.base import County
from plans.models import Milestone
from plans.overview import current_plan
from plans.progress import TimeStanding, time_standing
from plans.queries import Counts, TaskRow, counts, next_milestones, red_tasks, waiting_for_verification

RED_TASKS = 5
MILESTONE_DAYS = 90


@dataclass(frozen=True)
class LeaderPage:
    """Everything on the leader's page; ``standing`` is None where nothing was assessed yet."""

    headline: str
    basis: list[str]
    standing: Standing | None
    counts: Counts
    red: list[TaskRow]
    waiting: list[TaskRow]
    milestones: list[tuple[Milestone, TimeStanding]]
    has_plan: bool
    horizon_year: int
    chart: dict[str, Any] | None
    chart_rows: list[list[Any]]
    chart_summary: str


def leader_page(session: Session, actor: Actor, county: County, year: int | None, today: date) -> LeaderPage:
    """Read the page for one year; a constant number of queries."""
    now, plan = standing(session, year) if year else None, current_plan(session)
    stones = next_milestones(session, plan_id=plan.id, today=today, days=MILESTONE_DAYS) if plan else []
    return LeaderPage(
        headline=_headline(now),
        basis=_basis(now, county, today),
        standing=now,
        counts=counts(session, actor, today=today),
        red=red_tasks(session, actor, today=today, limit=RED_TASKS),
        waiting=waiting_for_verification(session, actor, today=today),
        milestones=[(stone, time_standing(stone.due_on, today)) for stone in stones],
        has_plan=plan is not None,
        horizon_year=county.horizon_year,
        chart=spread_trend(now.path, county.horizon_year) if now else None,
        chart_rows=spread_rows(now.path) if now else [],
        chart_summary=trend_sentence(now.path) if now else "",
    )


def _headline(now: Standing | None) -> str:
    if now is None:
        return _("尚无评估结果，请先导入学校数据。")
    return conclusion(now.lines, now.items, now.n_sections - now.n_passing, now.assessment.verdict)


def _basis(now: Standing | None, county: County, today: date) -> list[str]:
    days_left = (date(county.horizon_year, 12, 31) - today).days
    left = _("距 %(year)s 年年底还有 %(days)s 天", year=county.horizon_year, days=f"{days_left:,}")
    return [_version(now.assessment), left] if now else [left]


def _version(assessment: Assessment) -> str:
    return _(
        "依据 %(year)s 年度%(state)s（%(day)s 测算，优质均衡 %(version)s 版标准）",
        year=assessment.year,
        state=_("上报版") if assessment.is_frozen else _("草稿"),
        day=assessment.made_at.astimezone(ZONE).date().isoformat(),
        version=assessment.standard_version[:4],
    )
