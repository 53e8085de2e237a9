"""Workings of an assessment as ready lines for pages: None instead of NaN, words instead of formulas."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.punctuation import bracketed
from scoring.elements import ELEMENTS, STAGE_LABELS, bare
from scoring.engine import Assessment
from scoring.explain import Input, SectionWorking, indicator_working, section_working
from scoring.sections import stage_code
from scoring.standard import Inclusion, Indicator
from scoring.words import _ as marked

_WHOLE_UNITS = ("人", "间", "台", "册")  # what cannot be had in part
_DUST = 1e-9


@dataclass(frozen=True)
class ValueLine:
    """One indicator of one school and stage. None = missing."""

    code: str
    label: str
    name: str  # the label without the words that the unit repeats
    unit: str
    clause: str
    school_code: str
    school_name: str
    students: float | None
    amount: float | None  # after the split, in ``amount_unit``
    amount_unit: str
    value: float | None
    at_least: float
    share: float | None  # of the standard [%]
    gap: float | None  # what the stage lacks, in ``amount_unit``, whole where things are whole; 0 = nothing
    mark: str  # met, close (missed, not below the floor), not_met or no_data
    working: str
    split: str
    printed_otherwise: bool
    relaxations: tuple[str, ...]


@dataclass(frozen=True)
class SpreadLine:
    """One school in the table by which a CV is checked by hand. None = missing."""

    school_code: str
    school_name: str
    students: float | None  # P_i
    amount: float | None  # x_i
    value: float | None  # X_i
    deviation: float | None  # X_i − X̄
    square: float | None  # (X_i − X̄)²
    weight: float | None  # P_i ÷ ΣP
    weighted_square: float | None
    contribution: float | None  # share of S² [%]


@dataclass(frozen=True)
class Spread:
    """A CV with its table and sums. None = missing."""

    lines: list[SpreadLine]
    students: float | None  # ΣP
    amount: float | None  # Σx
    amount_unit: str
    mean: float | None
    variance: float | None  # S²
    sd: float | None
    cv: float | None
    cv_limit: float
    verdict: str
    unweighted_cv: float | None
    sample_cv: float | None
    printed_otherwise: bool


@dataclass(frozen=True)
class Outside:
    """A school with a return that the standard does not assess."""

    code: str
    name: str
    kind: str
    students: int | None
    reason: str


def short_name(label: str) -> str:
    """The label without the words that its unit repeats.

    >>> short_name("每百名学生拥有网络多媒体教室数"), short_name("生均教学仪器设备值")
    ('网络多媒体教室数', '教学仪器设备值')
    """
    return marked(label.removeprefix("每百名学生拥有").removeprefix("生均"))


def value_lines(assessment: Assessment, code: str, stage: str) -> list[ValueLine]:
    """One indicator of every school that has the stage. Raises UnknownSection."""
    sections = assessment.sections
    codes = sections.loc[sections["stage"] == stage, "school_code"]
    return [value_line(assessment, code, school_code, stage) for school_code in codes]


def value_line(assessment: Assessment, code: str, school_code: str, stage: str) -> ValueLine:
    """One indicator of one school. Raises UnknownSection."""
    indicator = assessment.standard.indicator(code)
    shown = section_working(assessment, code, school_code, stage)
    unit = _amount_unit(indicator, stage)
    return ValueLine(
        code=code,
        label=indicator.label,
        name=short_name(indicator.label),
        unit=indicator.unit,
        clause=indicator.clause,
        school_code=school_code,
        school_name=shown.school_name or school_code,
        students=_known(shown.students),
        amount=_known(shown.amount),
        amount_unit=unit,
        value=_known(shown.value),
        at_least=shown.threshold,
        share=_known(shown.percent_of_threshold),
        gap=_gap(shown, indicator.scale, unit),
        mark=_mark(assessment, shown),
        working=_working_words(shown, indicator),
        split=shown.share,
        printed_otherwise=shown.printed_otherwise,
        relaxations=shown.relaxations,
    )


def spread(assessment: Assessment, code: str, stage: str) -> Spread:
    """The working of a CV, school by school. Raises UnknownSection."""
    shown = indicator_working(assessment, code, stage)
    students = _known(shown.table["students"].sum(skipna=False))
    rows = shown.table.to_dict("records")
    return Spread(
        lines=[_spread_line(row, students) for row in rows],
        students=students,
        amount=_known(shown.table["amount"].sum(skipna=False)),
        amount_unit=_amount_unit(assessment.standard.indicator(code), stage),
        mean=_known(shown.mean),
        variance=_known(shown.sd**2),
        sd=_known(shown.sd),
        cv=_known(shown.cv),
        cv_limit=shown.cv_limit,
        verdict=shown.verdict,
        unweighted_cv=_known(shown.unweighted_cv),
        sample_cv=_known(shown.sample_cv),
        printed_otherwise=shown.printed_otherwise,
    )


def outside(
    schools: Mapping[str, Mapping[str, Any]], assessed: set[str], inclusion: Inclusion
) -> list[Outside]:
    """Schools of a snapshot that no section of the assessment covers, with the reason."""
    return [_outside(code, values, inclusion) for code, values in schools.items() if code not in assessed]


def _known(figure: float) -> float | None:
    return None if math.isnan(figure) else float(figure)


def _amount_unit(indicator: Indicator, stage: str) -> str:
    return ELEMENTS[stage_code(indicator.adds[0], stage)].unit


def _gap(shown: SectionWorking, scale: int, unit: str) -> float | None:
    if math.isnan(shown.value):
        return None
    if shown.verdict == "met":
        return 0.0
    lack = shown.threshold * shown.students / scale - shown.amount
    return float(math.ceil(lack - _DUST)) if unit in _WHOLE_UNITS else lack


def _mark(assessment: Assessment, shown: SectionWorking) -> str:
    if shown.verdict != "not_met":
        return shown.verdict
    sections = assessment.sections
    own = (sections["school_code"] == shown.school_code) & (sections["stage"] == shown.stage)
    return "not_met" if shown.code in sections.loc[own, "below_floor"].iloc[0] else "close"


def _working_words(shown: SectionWorking, indicator: Indicator) -> str:
    amounts = [one for one in shown.inputs if one.sign]
    terms = [f"{one.sign} {_input_words(one)}" for one in amounts]
    total = " ".join(terms).removeprefix("+ ")
    total = bracketed(total) if len(amounts) > 1 else total
    split = " × " + _("%(stage)s占比", stage=STAGE_LABELS[shown.stage]) if shown.share else ""
    scale = f" × {indicator.scale:,}" if indicator.scale > 1 else ""
    pupils = _("在校生")
    return f"{total}{split} ÷ {pupils} {_figure_words(shown.inputs[-1])}{scale}"


def _input_words(one: Input) -> str:
    relaxed = f"［{one.relaxation}］" if one.relaxation else ""
    return f"{bare(ELEMENTS[one.code].name)} {_figure_words(one)}{relaxed}"


def _figure_words(one: Input) -> str:
    return str(_("未填")) if math.isnan(one.figure) else f"{one.figure:,.10g} {one.unit}"


def _spread_line(row: dict[Any, Any], students: float | None) -> SpreadLine:
    return SpreadLine(
        school_code=row["school_code"],
        school_name=row["school_name"] or row["school_code"],
        students=_known(row["students"]),
        amount=_known(row["amount"]),
        value=_known(row["value"]),
        deviation=_known(row["deviation"]),
        square=_known(row["deviation"] ** 2),
        weight=_known(row["students"] / students) if students else None,
        weighted_square=_known(row["weighted_square"]),
        contribution=_known(100 * row["share_of_variance"]),
    )


def _outside(code: str, values: Mapping[str, Any], inclusion: Inclusion) -> Outside:
    told = [values[key] for key in values if key.startswith("students_")]
    kind = str(values["school_kind"])
    return Outside(
        code,
        str(values.get("school_name", code)),
        marked(kind),
        sum(told) if told else None,
        _why(kind, str(values.get("owner_code", "")), inclusion),
    )


def _why(kind: str, owner: str, inclusion: Inclusion) -> str:
    if kind not in inclusion.kinds:
        return str(_("%(kind)s不在评估范围", kind=marked(kind)))
    if owner and inclusion.owners and owner not in inclusion.owners:
        return str(_("举办者为%(owner)s，不属县级举办", owner=_owner_name(owner)))
    if kind == "教学点":
        return str(_("教学点在校生不足 %(n)s 人", n=inclusion.points_from_students))
    return str(_("各学段在校生数为 0"))


def _owner_name(code: str) -> str:
    forms = ELEMENTS["owner_code"].choices
    return next((form for form, kept in forms.items() if kept == code and form != code), code)


def sorted_lines(lines: Sequence[ValueLine], by: str, *, descending: bool) -> list[ValueLine]:
    """Value lines in the order asked for; those without a figure come last either way."""
    known = [line for line in lines if getattr(line, by) is not None]
    known.sort(key=lambda line: (getattr(line, by), line.school_code), reverse=descending)
    return [*known, *(line for line in lines if getattr(line, by) is None)]
