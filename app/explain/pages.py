"""What the page of one verdict shows."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments import sentences
from app.assessments.queries import latest, standard_of
from app.assessments.runs import judged_again
from app.explain.sources import sources
from app.models import Assessment, ReturnChange
from app.punctuation import labelled
from plans.errors import NotFound
from scoring.elements import STAGE_LABELS
from scoring.errors import UnknownSection
from scoring.explain import Input
from scoring.explanations import Explanation, explain
from scoring.measures import COUNTY_SHEET

CV_PLACES, PLACES = 6, 4
PARTS = 12  # rows of a table shown here; the whole stands on the page of the indicator


@dataclass(frozen=True)
class InputLine:
    """One figure with the return that it comes from; ``source`` None = nobody has reported it."""

    input: Input
    figure: float | None
    source: ReturnChange | None

    @property
    def is_of_county(self) -> bool:
        return self.input.sheet == COUNTY_SHEET


@dataclass(frozen=True)
class VerdictPart:
    """One explanation, ready to draw; numbers are unrounded, None = missing or none."""

    shown: Explanation
    inputs: list[InputLine]
    figure: float | None
    limit: float | None
    other_forms: list[tuple[str, float]]
    rows: list[dict[str, Any]]  # of a spread: school_name, students, amount, value, deviation, …
    failing: list[dict[str, Any]]  # of an item: name, stage_name, part, figure, limit, unit
    n_rows: int

    @property
    def is_spread(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class ExplainPage:
    """One indicator or item, of a school or of the county."""

    headline: str
    basis: list[str]
    code: str
    label: str
    is_indicator: bool
    school: tuple[str, str] | None  # code and name
    parts: list[VerdictPart]
    year: int


def explain_page(session: Session, year: int | None, code: str, school_code: str | None) -> ExplainPage:
    """Explain a verdict of a year's newest result. Raises NotFound for what the result does not have."""
    assessment = None if year is None else latest(session, year)
    if assessment is None:
        raise NotFound(_("评估结果"))
    judged = judged_again(assessment)
    try:
        found = explain(judged, code, school_code)
    except UnknownSection:
        raise NotFound(_("指标")) from None
    standard = standard_of(assessment)
    return ExplainPage(
        headline=_headline(found),
        basis=sentences.basis(assessment, standard),
        code=code,
        label=found[0].label,
        is_indicator=code in standard.codes,
        school=None if school_code is None else (school_code, found[0].place.split(" ")[0]),
        parts=[_part(session, assessment, one, school_code) for one in found],
        year=assessment.year,
    )


def _headline(found: list[Explanation]) -> str:
    words = {"met": _("达标"), "not_met": _("未达标"), "pending": _("待定"), "no_data": _("缺数据")}
    told = [(one.place, words.get(str(one.verdict))) for one in found]
    parts = [_("%(place)s%(word)s", place=place, word=word) if word else str(place) for place, word in told]
    return labelled(f"{found[0].code} {found[0].label}", _("，").join(parts)) + _("。")


def _part(
    session: Session, assessment: Assessment, shown: Explanation, school_code: str | None
) -> VerdictPart:
    table = [] if shown.table is None else shown.table.to_dict("records")
    is_spread = bool(table) and "share_of_variance" in table[0]
    rows = sorted(table, key=_weight, reverse=True) if is_spread else []
    return VerdictPart(
        shown=shown,
        inputs=_inputs(session, assessment, shown, school_code),
        figure=_known(shown.figure),
        limit=_known(shown.limit),
        other_forms=[(name, value) for name, value in shown.other_forms.items() if not math.isnan(value)],
        rows=[_plain(row) for row in rows[:PARTS]],
        failing=[] if is_spread else [_plain(_named(row)) for row in table],
        n_rows=len(table),
    )


def _inputs(
    session: Session, assessment: Assessment, shown: Explanation, school_code: str | None
) -> list[InputLine]:
    groups: dict[str | None, list[Input]] = {}
    for one in shown.inputs:
        groups.setdefault(None if one.sheet == COUNTY_SHEET else school_code, []).append(one)
    lines = []
    for owner, inputs in groups.items():
        codes = {one.code for one in inputs}
        known = sources(session, assessment.year, owner, codes, assessment.made_at)
        lines += [InputLine(one, _known(one.figure), known.get(one.code)) for one in inputs]
    return lines


def _weight(row: Mapping[Any, Any]) -> float:
    share = float(row["share_of_variance"])
    return -1.0 if math.isnan(share) else share


def _named(row: Mapping[Any, Any]) -> dict[Any, Any]:
    return {**row, "stage_name": STAGE_LABELS.get(row["stage"], "")}


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): None if value != value else value for key, value in row.items()}


def _known(figure: Any) -> float | None:
    return float(figure) if isinstance(figure, int | float) and not math.isnan(figure) else None
