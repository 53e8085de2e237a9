"""What the page of gaps shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments import sentences
from app.assessments.queries import latest, standard_of
from app.assessments.runs import judged_again
from app.gaps.lines import GapLine, IndicatorGap, SpreadGap, gap_lines, indicator_gaps, spread_gaps
from app.models import Assessment
from app.punctuation import bracketed, listed
from scoring.exact import printed


@dataclass(frozen=True)
class GapsPage:
    """All gaps of a year's newest result."""

    headline: str
    basis: list[str]
    lines: list[GapLine]  # narrowed
    totals: list[IndicatorGap]
    spreads: list[SpreadGap]
    indicators: list[tuple[str, str]]  # code and name, for the filter
    chosen: dict[str, str]


def gaps_page(session: Session, year: int | None, chosen: dict[str, str]) -> GapsPage | None:
    """Read the gaps of a year, narrowed to a stage and an indicator; None before any result."""
    assessment = None if year is None else latest(session, year)
    return None if assessment is None else _page(assessment, chosen)


def _page(assessment: Assessment, chosen: dict[str, str]) -> GapsPage:
    judged = judged_again(assessment)
    lines, spreads = gap_lines(judged), spread_gaps(judged)
    names = sorted({(line.code, line.name) for line in lines})
    rule = judged.standard.school_rule
    floor = _("底线为标准的 %(floor)s%%，%(clause)s", floor=rule.floor_percent, clause=rule.clause)
    return GapsPage(
        headline=headline(lines, spreads),
        basis=[*sentences.basis(assessment, standard_of(assessment)), floor],
        lines=[line for line in lines if _is_wanted(line, chosen)],
        totals=indicator_gaps(lines),
        spreads=spreads,
        indicators=[(code, f"{code} {name}") for code, name in names],
        chosen=chosen,
    )


def headline(lines: Sequence[GapLine], spreads: Sequence[SpreadGap]) -> str:
    """How many values lack something, what must be done, and which spreads are too wide."""
    if not lines and not spreads:
        return _("没有低于标准的指标，差异系数都在限值内。")
    must = sum(line.advice in ("raise", "lift") for line in lines)
    parts = [_("%(n)s 处低于标准，其中 %(must)s 处必须补齐", n=len(lines), must=must)] if lines else []
    over = [f"{one.code}{bracketed(one.stage_name)}{printed(one.cv, 3)}" for one in spreads]
    parts += [_("差异系数超限的有 %(names)s", names=listed(over))] if over else []
    return _("；").join(parts) + _("。")


def task_words(line: GapLine) -> dict[str, str]:
    """Title and requirements of a task that closes a gap."""
    what = f"{line.school_name}{line.stage_name}{line.name}"
    short = f"{printed(line.school_gap, line.places)} {line.gap_unit}"
    return {
        "title": _("补齐%(what)s", what=what),
        "details": _(
            "%(what)s现为 %(value)s %(unit)s，标准 %(standard)s，全校需增加 %(short)s。依据：%(clause)s。",
            what=what,
            value=printed(line.value),
            unit=line.unit,
            standard=f"{line.standard:g}",
            short=short,
            clause=line.clause,
        ),
    }


def spread_task_words(gap: SpreadGap) -> dict[str, str]:
    """Title and requirements of a task that narrows a spread."""
    names = listed(one.school_name for one in gap.drivers[:3])
    return {
        "title": _("缩小%(name)s校际差异（%(stage)s）", name=gap.name, stage=gap.stage_name),
        "details": _(
            "差异系数 %(cv)s，限值 %(limit)s；影响最大的是%(names)s。",
            cv=printed(gap.cv, 3),
            limit=printed(gap.cv_limit),
            names=names,
        ),
    }


def _is_wanted(line: GapLine, chosen: dict[str, str]) -> bool:
    return chosen["stage"] in ("", line.stage) and chosen["code"] in ("", line.code)
