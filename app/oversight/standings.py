"""A county's frozen results told to those above, a row a year, by the county's own session. No commits.

A standing follows from frozen versions alone: no draft is told, and none counts in a forecast.
"""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

import pandas as pd
import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.queries import TrendPoint, by_main_standard, trend
from app.models import Assessment, AssessmentIndicator, CountyStanding
from app.models.assessments import AssessmentState
from plans.base import County, new_id
from scoring.forecast import FEWEST_YEARS, project
from scoring.targets import Direction

Key = tuple[int, str]  # year, standard
AHEAD = 15  # years that a trend is carried on at most


def renew_standings(session: Session, county: County) -> int:
    """Write how the county stands in each year by the version that moved last; how many rows that changed.

    Done again it changes nothing.
    """
    session.flush()
    held = _held(session, county)
    n_changed = 0
    for key, version in _told(session).items():
        standing = held.get(key) or CountyStanding(id=new_id(), county_code=county.code)
        for name, value in _described(session, county, version).items():
            setattr(standing, name, value)
        n_changed += session.is_modified(standing)
        session.add(standing)
    session.flush()
    return n_changed


def _held(session: Session, county: County) -> dict[Key, CountyStanding]:
    rows = sa.select(CountyStanding).where(CountyStanding.county_code == county.code).with_for_update()
    return {(row.year, row.standard): row for row in session.scalars(rows)}


def _told(session: Session) -> dict[Key, Assessment]:
    """The version of each year and standard that moved last."""
    frozen = list(session.scalars(sa.select(Assessment).where(Assessment.state != AssessmentState.DRAFT)))
    return {(one.year, one.standard): one for one in sorted(frozen, key=_last_move)}


def _last_move(version: Assessment) -> int:
    # Keys are in the order of writing, also where two moves have one moment.
    return version.moves[-1].id if version.moves else 0


def _described(session: Session, county: County, version: Assessment) -> dict[str, Any]:
    """All that a standing says of a version, column by column."""
    pairs = list((version.summary.get("schools_passing") or {}).values())
    return {
        "year": version.year,
        "standard": version.standard,
        "standard_version": version.standard_version,
        "assessment_id": version.id,
        "state": version.state,
        "verdict": version.verdict,
        "sections": sum(of for _met, of in pairs),
        "sections_met": sum(met for met, _of in pairs),
        "verdicts": {item.code: item.verdict for item in version.items} or {"": version.verdict},
        "strain": _strain(version.indicators),
        "forecast": _forecast(session, county, version),
        "story": [_move(move) for move in version.moves],
        "frozen_at": version.frozen_at or version.made_at,
        "moved_at": version.moves[-1].at if version.moves else version.made_at,
    }


def _up_to(version: Assessment) -> sa.ColumnElement[bool]:
    """The version itself and what was frozen of the years before it."""
    before = sa.and_(Assessment.year < version.year, Assessment.state != AssessmentState.DRAFT)
    return sa.or_(before, Assessment.id == version.id)


def _strain(indicators: Sequence[AssessmentIndicator]) -> dict[str, float | None]:
    strain: dict[str, float | None] = {}
    for row in indicators:
        share = row.cv / row.cv_limit if row.cv is not None and row.cv_limit else None
        known = strain.get(row.code, share)
        strain[row.code] = None if share is None or known is None else max(share, known)
    return strain


def _forecast(session: Session, county: County, version: Assessment) -> dict[str, Any]:
    """When all that is short now will be within its limits if the past goes on.

    Spoken of are the spreads and the share of sections that pass; statements and monitoring have no trend.
    """
    if version.verdict == "met":
        return {"state": "met", "year": version.year, "words": _("已达标")}
    years = [*_spreads(session, version), *_passing(session, version)]
    if not years or None in years:
        return {"state": "unknown", "year": None, "words": _unknown(years)}
    year = max(one for one in years if one is not None)
    if year > county.horizon_year:
        shown = _("%(year)s 年", year=year) if year <= version.year + AHEAD else _("看不到达标年份")
        return {"state": "late", "year": year, "words": shown}
    return {"state": "on_time", "year": year, "words": _("%(year)s 年", year=year)}


def _unknown(years: list[int | None]) -> str:
    if years:
        return _("不足 %(n)s 年数据", n=FEWEST_YEARS)
    return _("资源配置已达标，其余项目不作推算")


def _spreads(session: Session, version: Assessment) -> list[int | None]:
    over = [row for row in version.indicators if row.cv_verdict == "not_met"]
    return [_crossing(trend(session, row.code, row.stage, of=_up_to(version)), version.year) for row in over]


def _crossing(points: Sequence[TrendPoint], year: int) -> int | None:
    figures = pd.Series({point.year: point.cv for point in points}, dtype="float64")
    return _year(figures, points[-1].cv_limit, year, Direction.AT_MOST)


def _passing(session: Session, version: Assessment) -> list[int | None]:
    rows = session.execute(
        sa.select(Assessment.year, Assessment.summary)
        .where(by_main_standard(), _up_to(version))
        .order_by(Assessment.year, Assessment.made_at, Assessment.id)
    )
    shares = {year: share for year, summary in rows if (share := _share(summary)) is not None}
    if not shares or shares.get(version.year) == 1.0:
        return []
    return [_year(pd.Series(shares, dtype="float64"), 1.0, version.year, Direction.AT_LEAST)]


def _share(summary: dict[str, Any]) -> float | None:
    pairs = list((summary.get("schools_passing") or {}).values())
    of = sum(of for _met, of in pairs)
    return sum(met for met, _of in pairs) / of if of else None


def _year(figures: "pd.Series[float]", target: float, year: int, direction: Direction) -> int | None:
    """The year in which the trend crosses, one past all that is looked at if it never does; None = untold."""
    if figures.dropna().size < FEWEST_YEARS:
        return None
    found = project(
        figures, target, year + AHEAD, direction=direction, highest=1.0 if target == 1.0 else float("inf")
    )
    return found.crosses if found.crosses is not None else year + AHEAD + 1


def _move(move: Any) -> dict[str, Any]:
    return {
        "at": move.at.astimezone(UTC).isoformat(),
        "who": move.actor_name,
        "move": move.move.value,
        "note": move.note,
        "state": move.state.value,
    }
