"""All counties of an overseer beside each other, from standings alone. A constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.workings import short_name
from app.models import CountyStanding, Region
from app.models.assessments import AssessmentState
from app.oversight.cells import Cell, cells_of
from app.oversight.regions import below, codes_above
from plans.base import County
from scoring.loader import load_standard
from scoring.standard import Standard

NOT_HANDED_UP = (AssessmentState.FROZEN, AssessmentState.RETURNED)
NEVER, UNKNOWN = 9999, 9998  # when sorted by the year of the forecast
VETOES = "V"
FIRST_YEAR = 2017  # of the oldest standard that a county can be judged by here
USUAL = "quality-2017"


@dataclass(frozen=True)
class Column:
    """One item of the standard, with how many counties miss it."""

    code: str
    label: str
    n_missed: int

    @property
    def group(self) -> str:
        """The letter that the items of a group share."""
        return self.code[:1]


@dataclass(frozen=True)
class CountyLine:
    """One county in one year; without a standing it has not reported."""

    county: County
    place: str  # the prefecture
    standing: CountyStanding | None
    cells: list[Cell]

    @property
    def is_reported(self) -> bool:
        """Whether a version is on its way up or through."""
        return self.standing is not None and self.standing.state not in NOT_HANDED_UP

    @property
    def n_missed(self) -> int:
        return sum(cell.verdict == "not_met" for cell in self.cells)

    @property
    def will_miss(self) -> bool:
        """Whether the past going on leads past the target year."""
        return self.standing is not None and self.standing.forecast["state"] == "late"

    @property
    def forecast_year(self) -> int:
        """For sorting."""
        if self.standing is None:
            return NEVER
        year: int | None = self.standing.forecast["year"]
        return UNKNOWN if year is None else year


@dataclass(frozen=True)
class Board:
    """The table of counties × items."""

    year: int
    years: list[int]
    standard: str
    standards: list[str]
    columns: list[Column]
    lines: list[CountyLine]


def board(session: Session, regions: Sequence[Region], *, year: int | None, standard: str | None) -> Board:
    """Every county below, in the order of codes, for a year (None: the newest). Four queries."""
    counties = list(session.scalars(sa.select(County).where(below(regions)).order_by(County.code)))
    places = {region.code: region.name for region in session.scalars(sa.select(Region))}
    years, standards = _known(session, regions)
    chosen_year = year if year in years else next(iter(years), FIRST_YEAR)
    chosen = standard if standard in standards else _commonest(counties)
    held = _standings(session, regions, chosen, chosen_year)
    labels = _labels(load_standard(chosen, date(chosen_year, 12, 31)))
    lines = [
        _line(county, places, held, chosen_year, labels) for county in counties if county.standard == chosen
    ]
    return Board(chosen_year, years, chosen, standards, _columns(labels, lines), lines)


def standing_below(session: Session, regions: Sequence[Region], standing_id: int) -> CountyStanding | None:
    """One standing with a county of these regions; None where it is none of theirs. One query."""
    statement = (
        sa.select(CountyStanding)
        .join(County, County.code == CountyStanding.county_code)
        .where(CountyStanding.id == standing_id, below(regions))
    )
    return session.scalar(statement)


def item_labels(standing: CountyStanding) -> dict[str, str]:
    """Names of all items that a standing was judged by."""
    standard = load_standard(standing.standard, date(standing.year, 12, 31))
    resources = {one.code: short_name(one.label) for one in standard.indicators}
    return {**resources, **{item.code: item.label for item in standard.items}}


def _known(session: Session, regions: Sequence[Region]) -> tuple[list[int], list[str]]:
    statement = (
        sa.select(CountyStanding.year, CountyStanding.standard)
        .join(County, County.code == CountyStanding.county_code)
        .where(below(regions))
        .distinct()
    )
    pairs = session.execute(statement).all()
    return sorted({year for year, _name in pairs}, reverse=True), sorted({name for _year, name in pairs})


def _commonest(counties: Sequence[County]) -> str:
    names = [county.standard for county in counties] or [USUAL]
    return max(sorted(set(names)), key=names.count)


def _standings(
    session: Session, regions: Sequence[Region], standard: str, year: int
) -> dict[tuple[str, int], CountyStanding]:
    statement = (
        sa.select(CountyStanding)
        .join(County, County.code == CountyStanding.county_code)
        .where(below(regions), CountyStanding.standard == standard, CountyStanding.year.in_((year, year - 1)))
    )
    return {(row.county_code, row.year): row for row in session.scalars(statement)}


def _labels(standard: Standard) -> dict[str, str]:
    """Columns: all items but the vetoes, which share one."""
    resources = {one.code: short_name(one.label) for one in standard.indicators}
    others = {item.code: item.label for item in standard.items if not item.code.startswith(VETOES)}
    return {**resources, **others, VETOES: _("否决事项")}


def _line(
    county: County,
    places: Mapping[str, str],
    held: Mapping[tuple[str, int], CountyStanding],
    year: int,
    labels: Mapping[str, str],
) -> CountyLine:
    standing, before = held.get((county.code, year)), held.get((county.code, year - 1))
    place = places.get(codes_above(county.code)[-1], "")
    return CountyLine(county, place, standing, cells_of(standing, before, labels))


def _columns(labels: Mapping[str, str], lines: Sequence[CountyLine]) -> list[Column]:
    missed = [cell.code for line in lines for cell in line.cells if cell.verdict == "not_met"]
    return [Column(code, label, missed.count(code)) for code, label in labels.items()]
