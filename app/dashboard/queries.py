"""What the leader's page shows, read in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.items import GOVERNMENT, QUALITY, RECOGNITION, ItemLine, item_lines
from app.assessments.queries import (
    IndicatorLine,
    SectionLine,
    TrendPoint,
    indicator_lines,
    latest,
    trend,
    worst_sections,
)
from app.dashboard.figures import GroupFigure, Held, group_figure, holding_back
from app.dashboard.sentences import worst_spread
from app.models import Assessment
from scoring.elements import STAGE_LABELS, STAGES
from scoring.exact import printed

LINES = 7
SCHOOLS = 5


@dataclass(frozen=True)
class Passing:
    """How many sections of a stage pass."""

    stage_name: str
    met: int
    of: int

    @property
    def words(self) -> str:
        return f"{self.stage_name} {self.met}/{self.of}"


@dataclass(frozen=True)
class Standing:
    """Where the county stands in one year."""

    assessment: Assessment
    lines: list[IndicatorLine]
    items: list[ItemLine]
    passing: list[Passing]
    composite_cv: dict[str, float | None]  # stage name → mean of the CVs
    failing: list[SectionLine]
    watched: IndicatorLine  # the indicator whose path is drawn
    path: list[TrendPoint]

    @property
    def n_sections(self) -> int:
        return sum(part.of for part in self.passing)

    @property
    def n_passing(self) -> int:
        return sum(part.met for part in self.passing)

    @property
    def n_spreads_met(self) -> int:
        return sum(line.cv_verdict == "met" for line in self.lines)

    @property
    def n_counted(self) -> int:
        """Items without the vetoes."""
        return sum(not item.is_veto for item in self.items)

    @property
    def holding_back(self) -> list[Held]:
        """What keeps the county from its verdict: spreads, then items, then schools."""
        return holding_back(self.lines, self.items)[:LINES]

    @property
    def government(self) -> GroupFigure | None:
        return group_figure(GOVERNMENT, self.items)

    @property
    def quality(self) -> GroupFigure | None:
        return group_figure(QUALITY, self.items)

    @property
    def recognition(self) -> GroupFigure | None:
        return group_figure(RECOGNITION, self.items)

    @property
    def spread_words(self) -> str:
        """The CVs over their limit; where there are none, the composite for information."""
        over = [line for line in self.lines if line.cv_verdict == "not_met"]
        words = [f"{line.stage_name} {line.code} {printed(line.cv or 0, 3)}" for line in over[:2]]
        return " · ".join(words) + (_("等") if len(over) > 2 else "") if over else self.composite_words

    @property
    def composite_words(self) -> str:
        """The composite CVs, for information: the standard judges each CV by itself."""
        known = [f"{name} {printed(cv, 3)}" for name, cv in self.composite_cv.items() if cv is not None]
        return _("综合（仅供参考）：%(cvs)s", cvs=" · ".join(known)) if known else ""

    @property
    def worst(self) -> list[SectionLine]:
        return self.failing[:SCHOOLS]


def standing(session: Session, year: int) -> Standing | None:
    """The newest assessment of a year as the leader's page wants it; None where nothing was assessed yet."""
    assessment = latest(session, year)
    if assessment is None:
        return None
    lines, passing = indicator_lines(session, assessment), _passing(assessment)
    items = item_lines(session, assessment)
    if not lines:
        return None
    watched = worst_spread(lines) or _closest(lines)
    composite = assessment.summary["composite_cv"]
    return Standing(
        assessment=assessment,
        lines=lines,
        items=items,
        passing=passing,
        composite_cv={STAGE_LABELS[stage]: composite[stage] for stage in STAGES},
        failing=worst_sections(session, assessment, sum(part.of for part in passing)),
        watched=watched,
        path=trend(session, watched.code, watched.stage),
    )


def _passing(assessment: Assessment) -> list[Passing]:
    pairs = assessment.summary["schools_passing"] or {}  # None = no rule judges a school
    return [Passing(STAGE_LABELS[stage], *pairs[stage]) for stage in STAGES if stage in pairs]


def _closest(lines: Sequence[IndicatorLine]) -> IndicatorLine:
    return max(lines, key=lambda line: (line.cv or 0) / line.cv_limit)
