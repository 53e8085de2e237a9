"""What the pages of targets show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.queries import latest, standard_of
from app.punctuation import listed, quoted
from app.targets.actuals import actuals, known
from app.targets.charts import target_chart, target_rows
from app.targets.lines import Outlook, TargetLine, outlook_words, target_line, target_lines
from plans.errors import NotFound
from plans.models import Plan, Target
from plans.overview import current_plan
from plans.targets import find_target
from scoring.standard import Standard


@dataclass(frozen=True)
class TargetsPage:
    """All targets of the plan in one year."""

    headline: str
    basis: list[str]
    plan: Plan | None
    year: int | None
    lines: list[TargetLine]
    chosen: dict[str, str]
    n_targets: int


@dataclass(frozen=True)
class TargetPage:
    """One target with its chart."""

    line: TargetLine
    chart: dict[str, Any]
    rows: list[list[Any]]


def targets_page(session: Session, year: int | None, chosen: dict[str, str]) -> TargetsPage:
    """Read the list, narrowed to a stage and an outlook."""
    plan, standard = current_plan(session), standard_in(session, year)
    if plan is None or standard is None or year is None:
        return TargetsPage(_("还没有可以跟踪的目标。"), [], plan, year, [], chosen, 0)
    lines = sorted(target_lines(session, plan.id, standard, year), key=lambda line: line.rank)
    return TargetsPage(
        headline=headline(lines),
        basis=[
            _("《%(title)s》", title=plan.title),
            _("实际值取 %(year)s 年度及以前各年最新评估结果", year=year),
            _("预计只是照过去走势推算，不含尚未见效的措施"),
        ],
        plan=plan,
        year=year,
        lines=[line for line in lines if _is_wanted(line, chosen)],
        chosen=chosen,
        n_targets=len(lines),
    )


def target_page(session: Session, year: int | None, target_id: int) -> TargetPage:
    """Read one target. Raises NotFound, also where no data can be shown with it."""
    target, standard = find_target(session, target_id), standard_in(session, year)
    if standard is None or year is None or target.indicator_code not in standard.codes:
        raise NotFound(_("目标"))
    line = line_of(session, target, standard, year)
    return TargetPage(line, target_chart(line), target_rows(line))


def line_of(session: Session, target: Target, standard: Standard, year: int) -> TargetLine:
    """One target against the data up to a year. One query."""
    series = known(actuals(session, year).get((target.indicator_code, target.stage, target.quantity)))
    return target_line(target, standard.indicator(target.indicator_code), series, year)


def standard_in(session: Session, year: int | None) -> Standard | None:
    """The standard by which a year was judged; None where it was not."""
    assessment = None if year is None else latest(session, year)
    return None if assessment is None else standard_of(assessment)


def headline(lines: Sequence[TargetLine]) -> str:
    """How many targets stand how, and which will be missed."""
    if not lines:
        return _("还没有设定目标。")
    counts = Counter(line.outlook for line in lines)
    parts = [
        _("%(word)s %(n)s 项", word=outlook_words(one)[1], n=counts[one])
        for one in reversed(Outlook)
        if counts[one]
    ]
    words = _("%(n)s 项目标：%(parts)s", n=len(lines), parts=_("，").join(parts))
    missed = [quoted(line.title) for line in lines if line.outlook is Outlook.MISSED]
    if not missed:
        return words + _("。")
    more = _("等 %(n)s 项", n=len(missed)) if len(missed) > 2 else ""
    return words + _("；照现在的走势，%(names)s赶不上。", names=listed(missed[:2]) + more)


def _is_wanted(line: TargetLine, chosen: dict[str, str]) -> bool:
    return chosen["stage"] in ("", line.target.stage) and chosen["status"] in ("", line.outlook)
