"""The kernel: every indicator of every section in vectors, for one county or for the nation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.dispersion import Spread, spread
from scoring.easing import covered
from scoring.exact import Counted, Flags, Floats, Ratio, printed_as, reaches
from scoring.formulas import FORMULAS, amount_of, decimals_of
from scoring.sections import Columns, Roster, StageSections, roster, stage_sections
from scoring.standard import Indicator, Relaxation, Standard
from scoring.verdicts import Words, of_cvs, of_sections, printed_cv_within, unjudged


@dataclass(frozen=True)
class Judged:
    """One indicator in one stage: arrays by section, and by county for the spread.

    Where a standard judges neither schools nor single CVs, nothing is met and the verdict is empty.
    """

    values: Floats  # in the indicator's unit; NaN = missing
    ratio: Ratio
    met: Flags
    above_floor: Flags  # reaches the floor share of the standard
    flips_met: Flags  # the printed value would say otherwise about the standard
    flips_floor: Flags  # … about the floor
    eased: Mapping[str, Flags]  # relaxation code → sections whose value it changed
    spread: Spread
    cv_verdict: Words
    cv_flips: Flags


@dataclass(frozen=True)
class StageResult:
    """All indicators of one stage."""

    sections: StageSections
    students: Floats  # NaN = missing
    judged: Mapping[str, Judged]  # indicator code → result
    verdict: Words  # by section


@dataclass(frozen=True)
class Evaluation:
    """Result of the kernel; ``scoring.frames`` turns it into frames."""

    roster: Roster
    stages: tuple[StageResult, ...]


def evaluate(schools: pd.DataFrame, standard: Standard, relaxations: Iterable[Relaxation] = ()) -> Evaluation:
    """Evaluate the resource indicators of a standard.

    Parameters
    ----------
    schools : DataFrame
        One row a school, columns = element codes (``Measures.schools``); ``county_code`` tells
        counties apart, without it all schools are of one county.
    standard : Standard
        Indicators, thresholds and rules.
    relaxations : iterable of Relaxation
        Those switched on.

    Returns
    -------
    Evaluation
        Arrays by stage; missing inputs give NaN values that are neither met nor above the floor.
    """
    listed = roster(schools, standard.inclusion)
    columns, eased = Columns(listed.schools), list(relaxations)
    stages = stage_sections(listed, standard)
    return Evaluation(
        listed, tuple(_stage(listed, columns, sections, standard, eased) for sections in stages)
    )


def _stage(
    listed: Roster,
    columns: Columns,
    sections: StageSections,
    standard: Standard,
    relaxations: list[Relaxation],
) -> StageResult:
    students = np.where(sections.students.known, sections.students.ints, np.nan)
    judged = {}
    for indicator in standard.indicators:
        own = [relaxation for relaxation in relaxations if relaxation.indicator == indicator.code]
        ratio, eased = _ratio(listed, columns, sections, indicator, own)
        judged[indicator.code] = _judge(
            ratio, eased, indicator, sections, students, standard, len(listed.counties)
        )
    return StageResult(sections, students, judged, _section_verdicts(judged, standard))


def _ratio(
    listed: Roster,
    columns: Columns,
    sections: StageSections,
    indicator: Indicator,
    relaxations: list[Relaxation],
) -> tuple[Ratio, dict[str, Flags]]:
    extras = [code for relaxation in relaxations for code in relaxation.adds]
    decimals = decimals_of((*indicator.adds, *indicator.subtracts, *extras), sections.stage)
    amount = amount_of(columns, sections, indicator.adds, indicator.subtracts, decimals)
    eased = {}
    for relaxation in relaxations:
        extra = amount_of(columns, sections, relaxation.adds, (), decimals)
        # A blank claims nothing: the value then stays what it is without the relaxation.
        eased[relaxation.code] = (
            covered(listed.schools, relaxation)[sections.rows] & extra.known & (extra.ints > 0)
        )
        amount = Counted(amount.ints + eased[relaxation.code] * extra.ints, amount.known)
    factor = Fraction(indicator.scale, 10**decimals)
    return FORMULAS[indicator.formula].ratio(amount, sections, factor), eased


def _judge(
    ratio: Ratio,
    eased: dict[str, Flags],
    indicator: Indicator,
    sections: StageSections,
    students: Floats,
    standard: Standard,
    n_counties: int,
) -> Judged:
    if not indicator.at_least:
        return _spread_only(ratio, eased, sections, students, n_counties)
    threshold = Fraction(indicator.at_least[sections.stage])
    floor = threshold * Fraction(standard.school_rule.floor_percent, 100)
    values = ratio.floats()
    met, above_floor = reaches(ratio, values, threshold), reaches(ratio, values, floor)
    between = spread(values, students, sections.county, n_counties)
    limit = Fraction(indicator.cv_at_most[sections.stage])
    cv_verdict = of_cvs(between.cv, limit, ratio, sections.students.ints, sections.county)
    return Judged(
        values=values,
        ratio=ratio,
        met=met,
        above_floor=above_floor,
        flips_met=met != reaches(ratio, values, printed_as(threshold)),
        flips_floor=above_floor != reaches(ratio, values, printed_as(floor)),
        eased=eased,
        spread=between,
        cv_verdict=cv_verdict,
        cv_flips=_cv_flips(between.cv, limit, cv_verdict),
    )


def _spread_only(
    ratio: Ratio, eased: dict[str, Flags], sections: StageSections, students: Floats, n_counties: int
) -> Judged:
    values = ratio.floats()
    nowhere = np.zeros(len(values), dtype=np.bool_)
    between = spread(values, students, sections.county, n_counties)
    return Judged(
        values=values,
        ratio=ratio,
        met=nowhere,
        above_floor=nowhere,
        flips_met=nowhere,
        flips_floor=nowhere,
        eased=eased,
        spread=between,
        cv_verdict=unjudged(~np.isnan(between.cv)),
        cv_flips=np.zeros(n_counties, dtype=np.bool_),
    )


def _cv_flips(cv: Floats, limit: Fraction, verdict: Words) -> Flags:
    flips: npt.NDArray[np.bool_] = ~np.isnan(cv) & (printed_cv_within(cv, limit) != (verdict == "met"))
    return flips


def _section_verdicts(judged: Mapping[str, Judged], standard: Standard) -> Words:
    results = list(judged.values())
    if not standard.judges_schools:
        return unjudged(np.logical_and.reduce([result.ratio.known for result in results]))
    return of_sections(
        [result.ratio.known for result in results],
        [result.met for result in results],
        [result.above_floor for result in results],
        standard.school_rule,
    )
