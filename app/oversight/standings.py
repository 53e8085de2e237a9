"""A county's frozen result told to those above, a row a year, by the county's own session. No commits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.queries import TrendPoint, by_main_standard, trend
from app.models import Assessment, AssessmentIndicator, CountyStanding
from plans.base import County, new_id
from scoring.forecast import FEWEST_YEARS, project
from scoring.targets import Direction

AHEAD = 15  # years that a trend is carried on at most


def tell_standing(session: Session, version: Assessment, *, at: datetime) -> CountyStanding:
    """Write how the county stands by a version, or where that version has got to since."""
    county = session.get_one(County, version.county_id)
    standing = _found(session, county, version) or _new(county, version)
    if standing.assessment_id != version.id or not standing.verdicts:
        _describe(session, county, standing, version)
    standing.state, standing.moved_at = version.state, at
    standing.story = [_move(move) for move in version.moves]
    session.add(standing)
    session.flush()
    return standing


def _found(session: Session, county: County, version: Assessment) -> CountyStanding | None:
    key = (
        CountyStanding.county_code == county.code,
        CountyStanding.year == version.year,
        CountyStanding.standard == version.standard,
    )
    return session.scalar(sa.select(CountyStanding).where(*key).with_for_update())


def _new(county: County, version: Assessment) -> CountyStanding:
    return CountyStanding(
        id=new_id(), county_code=county.code, year=version.year, standard=version.standard, verdicts={}
    )


def _describe(session: Session, county: County, standing: CountyStanding, version: Assessment) -> None:
    standing.assessment_id, standing.frozen_at = version.id, version.frozen_at or version.made_at
    standing.standard_version, standing.verdict = version.standard_version, version.verdict
    pairs = list((version.summary.get("schools_passing") or {}).values())
    standing.sections_met, standing.sections = sum(met for met, _of in pairs), sum(of for _met, of in pairs)
    standing.verdicts = {item.code: item.verdict for item in version.items} or {"": version.verdict}
    standing.strain = _strain(version.indicators)
    standing.forecast = _forecast(session, county, version)


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
    return [_crossing(trend(session, row.code, row.stage), version.year) for row in over]


def _crossing(points: Sequence[TrendPoint], year: int) -> int | None:
    figures = pd.Series({point.year: point.cv for point in points if point.year <= year}, dtype="float64")
    return _year(figures, points[-1].cv_limit, year, Direction.AT_MOST)


def _passing(session: Session, version: Assessment) -> list[int | None]:
    rows = session.execute(
        sa.select(Assessment.year, Assessment.summary)
        .where(by_main_standard(), Assessment.year <= version.year)
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
        "at": move.at.isoformat(),
        "who": move.actor_name,
        "move": move.move.value,
        "note": move.note,
        "state": move.state.value,
    }
