"""The leader's page as one value: the conclusion, its base, the figures and what is red."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.queries import IndicatorLine, TrendPoint, standard_of
from app.clock import ZONE
from app.counting import counted as _n
from app.dashboard.charts import spread_projection, spread_rows, spread_trend
from app.dashboard.decisions import Decision, decisions
from app.dashboard.queries import Standing, standing
from app.dashboard.sentences import conclusion, trend_sentence
from app.dates import day_words
from app.models import Assessment
from app.targets.lines import Outlook, TargetLine, target_lines
from plans.actors import Actor
from plans.base import County
from plans.milestone_queries import StoneRow, milestones_ahead
from plans.milestones import MilestoneStatus
from plans.models import Plan
from plans.overview import current_plan
from plans.queries import Counts, TaskRow, counts, red_tasks, waiting_for_verification
from plans.rights import Act, might
from plans.standings import PhaseStanding, phase_standings
from scoring.forecast import Projection

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
    decisions: list[Decision]
    may_decide: bool  # else what waits for verification stands in their place
    milestones: list[StoneRow]  # to come within ninety days
    n_missed: int
    phases: list[PhaseStanding]
    has_plan: bool
    horizon_year: int
    outlooks: dict[tuple[str, str], TargetLine]  # indicator and stage → its target with the worst outlook
    chart: dict[str, Any] | None
    chart_rows: list[list[Any]]
    chart_summary: str

    def open_outlook(self, code: str, stage: str) -> TargetLine | None:
        """The target of an indicator that is not reached yet; schools may fail where every target is."""
        line = self.outlooks.get((code, stage))
        return None if line is None or line.outlook is Outlook.MET else line


def leader_page(session: Session, actor: Actor, county: County, year: int | None, today: date) -> LeaderPage:
    """Read the page for one year; a constant number of queries."""
    now, plan = standing(session, year) if year else None, current_plan(session)
    ahead = spread_projection(now.path, county.horizon_year) if now else None
    outlooks = _outlooks(session, now, plan)
    stones = milestones_ahead(session, plan.id, today, MILESTONE_DAYS) if plan else []
    may_decide = might(actor, Act.ASSIGN_TASK)
    return LeaderPage(
        headline=_headline(now, outlooks.values()),
        basis=_basis(now, county, today),
        standing=now,
        counts=counts(session, actor, today=today),
        red=red_tasks(session, actor, today=today, limit=RED_TASKS),
        waiting=[] if may_decide else waiting_for_verification(session, actor, today=today),
        decisions=decisions(session, actor),
        may_decide=may_decide,
        milestones=[row for row in stones if row.standing.status is not MilestoneStatus.MISSED],
        n_missed=sum(row.standing.status is MilestoneStatus.MISSED for row in stones),
        phases=phase_standings(session, plan.id, today) if plan else [],
        has_plan=plan is not None,
        horizon_year=county.horizon_year,
        outlooks=outlooks,
        chart=spread_trend(now.path, county.horizon_year, ahead) if now and ahead else None,
        chart_rows=spread_rows(now.path, ahead) if now and ahead else [],
        chart_summary=_summary(now.path, ahead) if now and ahead else "",
    )


def _headline(now: Standing | None, targets: Iterable[TargetLine]) -> str:
    if now is None:
        return _("尚无评估结果，请先导入学校数据。")
    late = next((line for line in targets if _is_late(line, now.watched)), None)
    n_failing = now.n_sections - now.n_passing
    return conclusion(now.lines, now.items, n_failing, now.assessment.verdict, late)


def _is_late(line: TargetLine, watched: IndicatorLine) -> bool:
    is_watched = (line.target.indicator_code, line.target.stage) == (watched.code, watched.stage)
    return is_watched and line.outlook is Outlook.MISSED


def _summary(path: Sequence[TrendPoint], ahead: Projection) -> str:
    return trend_sentence(path) + ahead.sentence if ahead.table.empty else ahead.sentence


def _outlooks(session: Session, now: Standing | None, plan: Plan | None) -> dict[tuple[str, str], TargetLine]:
    if now is None or plan is None:
        return {}
    lines = target_lines(session, plan.id, standard_of(now.assessment), now.assessment.year)
    ordered = sorted(lines, key=lambda line: line.rank, reverse=True)
    return {(line.target.indicator_code, line.target.stage): line for line in ordered}


def _basis(now: Standing | None, county: County, today: date) -> list[str]:
    days_left = (date(county.horizon_year, 12, 31) - today).days
    left = _n("距 %(year)s 年年底还有 %(days)s 天", days=days_left, year=county.horizon_year)
    return [_version(now.assessment), left] if now else [left]


def _version(assessment: Assessment) -> str:
    return _(
        "依据 %(year)s 年度%(state)s（%(day)s 测算，优质均衡 %(version)s 版标准）",
        year=assessment.year,
        state=_("上报版") if assessment.is_frozen else _("草稿"),
        day=day_words(assessment.made_at.astimezone(ZONE).date()),
        version=assessment.standard_version[:4],
    )
