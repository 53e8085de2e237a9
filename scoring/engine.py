"""The one call: measures and a standard in, an assessment out."""

from collections.abc import Iterable
from datetime import date

from scoring.assessment import Assessment
from scoring.composite import composite_rows
from scoring.evaluation import evaluate
from scoring.evidence import Evidence
from scoring.frames import indicators_frame, sections_frame
from scoring.item_rows import item_rows
from scoring.measures import Measures
from scoring.rollup import county_result, items_frame
from scoring.standard import Standard, SwitchedOn

__all__ = ["Assessment", "assess"]


def assess(
    measures: Measures,
    standard: Standard,
    relaxations: Iterable[SwitchedOn | str] = (),
    on: date | None = None,
    evidence: Evidence | None = None,
) -> Assessment:
    """Judge one county by a standard.

    Parameters
    ----------
    measures : Measures
        Figures of one county and year, already checked (``check_measures``).
    standard : Standard
        From ``load_standard``.
    relaxations : iterable of SwitchedOn or str
        Relaxations that the county uses, as ``SwitchedOn.parse`` reads them.
    on : date, optional
        Day of the assessment; a relaxation outside its dates then needs a reason.
    evidence : Evidence, optional
        Attestations, monitoring results and choices of open rules; without them such items are ``pending``.

    Returns
    -------
    Assessment
        Frames and the county's verdict. Without school rows every verdict is ``no_data``.

    Raises
    ------
    UnknownRelaxation, RelaxationOutOfTime
        For a switch that the standard lacks, or one out of time without a reason.
    BadEvidence
        For a statement on an unknown item, two on the same, or an unknown choice.
    """
    stated = evidence or Evidence()
    eased = standard.relaxations_on(relaxations, on)
    evaluation = evaluate(measures.schools, standard, eased)
    sections, indicators = sections_frame(evaluation, standard), indicators_frame(evaluation, standard)
    others = [*composite_rows(evaluation, standard), *item_rows(measures, standard, eased, stated)]
    items = items_frame(sections, indicators, standard, eased, others)
    county = county_result(sections, indicators, items, standard)
    return Assessment(standard, measures, eased, on, county, sections, indicators, items, stated)
