"""What figures of schools must satisfy before they are assessed; shared by the web form and the workbook."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from scoring.elements import ELEMENTS, SCHOOL_KINDS, STAGE_LABELS, STAGES, Element
from scoring.words import _, listed

_PARTS = (  # part <= whole, per stage
    ("teachers_above_degree", "teachers"),
    ("backbone_teachers", "teachers"),
    ("pe_art_teachers", "teachers"),
    ("mid_title_teachers", "teachers"),
    ("oversize_classes", "classes"),
)
_SHARED_PARTS = (("indoor_sports_area_m2", "teaching_area_m2"), ("training_funds_wan", "public_funds_wan"))
_PLAUSIBLE_PER_PUPIL = {"equipment_value_wan": 20, "public_funds_wan": 20, "training_funds_wan": 20}  # 万元


@dataclass(frozen=True)
class Finding:
    """A broken rule at one row (index label) and element; element "" = the whole row."""

    row: Any
    code: str
    message: str
    severity: str = "error"


def broken_rules(schools: pd.DataFrame) -> Iterator[Finding]:
    """All findings on a frame of schools, rule by rule. Missing figures break no rule (pupils: a warning)."""
    yield from _identity(schools)
    for code in schools.columns.intersection(list(ELEMENTS)):
        yield from _figures(schools[code], ELEMENTS[code]) if ELEMENTS[code].is_number else ()
    yield from _stages_of_kind(schools)
    yield from _nobody_there(schools)
    yield from _parts(schools)
    yield from _class_sizes(schools)
    yield from _units(schools)


def figure_faults(figures: "pd.Series[float]", element: Element) -> Iterator[tuple[Any, str, str]]:
    """Row label, message and severity of each figure that its element can't have."""
    broken = figures.notna() & ~np.isfinite(figures)
    odd = (figures - figures.round(element.decimals)).abs() > 1e-9 * figures.abs().clip(lower=1)
    too_large = _("超过允许的最大值 %(most)s", most=f"{element.at_most:,}")
    rules = [
        (broken, _("不是数值"), "error"),
        ((figures < 0) & ~broken, _("不能为负数"), "error"),
        ((figures > element.at_most) & ~broken, too_large, "error"),
        (odd & ~broken, _("须为整数"), "error") if element.kind == "int" else
        (odd & ~broken, _("小数位数超过 %(n)s 位，按 %(n)s 位判定", n=element.decimals), "warning"),
    ]  # fmt: skip
    for mask, message, severity in rules:
        for row in figures.index[mask]:
            yield row, message + _("（填报为 %(given)s）", given=f"{figures[row]:.12g}"), severity


def _figures(figures: "pd.Series[float]", element: Element) -> Iterator[Finding]:
    for row, message, severity in figure_faults(figures, element):
        yield Finding(row, element.code, message, severity)


def _identity(schools: pd.DataFrame) -> Iterator[Finding]:
    codes, kinds = _text(schools, "school_code"), _text(schools, "school_kind")
    yield from _at(codes == "", "school_code", _("不能为空"))
    yield from _at(codes.duplicated(keep=False) & (codes != ""), "school_code", _("学校标识码重复"), codes)
    yield from _at(kinds == "", "school_kind", _("不能为空"))
    for code in ("school_kind", "owner_code", "location", "is_boarding"):
        given = _text(schools, code)
        allowed = list(dict.fromkeys(ELEMENTS[code].choices.values()))
        message = _("只能填 %(words)s", words=listed(map(_, allowed)))
        yield from _at((given != "") & ~given.isin(allowed), code, message, given)


def _stages_of_kind(schools: pd.DataFrame) -> Iterator[Finding]:
    for code in schools.columns:
        stage = ELEMENTS[code].stage if code in ELEMENTS else None
        if stage:
            lacking = ~_holds(schools, stage) & _text(schools, "school_kind").isin(SCHOOL_KINDS)
            message = _("该办学类型没有%(stage)s学段，此处应留空", stage=STAGE_LABELS[stage])
            yield from _at(lacking & (schools[code] > 0), code, message, schools["school_kind"])
    for stage in STAGE_LABELS:
        unknown = _holds(schools, stage) & _figures_of(schools, f"students_{stage}").isna()
        message = _("未填，该学段各项指标按缺数据处理")
        yield from _at(unknown, f"students_{stage}", message, severity="warning")


def _nobody_there(schools: pd.DataFrame) -> Iterator[Finding]:
    for stage in STAGES:
        nobody = _figures_of(schools, f"students_{stage}") == 0
        message = _("%(stage)s在校生数为 0，却填有数量", stage=STAGE_LABELS[stage])
        for code in schools.columns:
            if code in ELEMENTS and ELEMENTS[code].stage == stage and code != f"students_{stage}":
                yield from _at(nobody & (schools[code] > 0), code, message)
    pupils = _enrolled(schools, STAGE_LABELS)
    for code in schools.columns:
        if code in ELEMENTS and _is_resource(ELEMENTS[code]):
            yield from _at((pupils == 0) & (schools[code] > 0), code, _("全校在校生数为 0，却填有数量"))


def _is_resource(element: Element) -> bool:
    return (
        element.is_number
        and element.stage is None
        and element.level == "school"
        and element.code != "built_year"
    )


def _parts(schools: pd.DataFrame) -> Iterator[Finding]:
    staged = [(f"{part}_{stage}", f"{whole}_{stage}") for part, whole in _PARTS for stage in STAGES]
    for part, whole in (*staged, *_SHARED_PARTS):
        over = _figures_of(schools, part) > _figures_of(schools, whole)
        yield from _at(over, part, _("不能大于%(label)s", label=ELEMENTS[whole].label))
    too_many = _figures_of(schools, "migrant_students") > _enrolled(schools, STAGES)
    yield from _at(too_many, "migrant_students", _("不能大于在校生数"))


def _class_sizes(schools: pd.DataFrame) -> Iterator[Finding]:
    for stage in STAGES:
        largest, classes = (
            _figures_of(schools, f"largest_class_{stage}"),
            _figures_of(schools, f"classes_{stage}"),
        )
        too_small = largest * classes < _figures_of(schools, f"students_{stage}")
        yield from _at(too_small, f"largest_class_{stage}", _("小于平均班额（在校生数 ÷ 班级数）"))


def _units(schools: pd.DataFrame) -> Iterator[Finding]:
    pupils = _enrolled(schools, STAGE_LABELS)
    for code, most in _PLAUSIBLE_PER_PUPIL.items():
        huge = _figures_of(schools, code) > most * pupils
        message = _("生均超过 %(most)s 万元，请核对是否把元填成了万元", most=most)
        yield from _at(huge & (pupils > 0), code, message, severity="warning")


def _at(
    mask: "pd.Series[bool]",
    code: str,
    message: str,
    given: "pd.Series[Any] | None" = None,
    severity: str = "error",
) -> Iterator[Finding]:
    for row in mask.index[mask.to_numpy(dtype=bool)]:
        shown = _("（填报为 %(given)s）", given=given[row]) if given is not None else ""
        yield Finding(row, code, message + shown, severity)


def _text(schools: pd.DataFrame, code: str) -> "pd.Series[str]":
    return schools[code].fillna("") if code in schools else pd.Series("", index=schools.index, dtype=str)


def _figures_of(schools: pd.DataFrame, code: str) -> "pd.Series[float]":
    return schools[code] if code in schools else pd.Series(np.nan, index=schools.index)


def _enrolled(schools: pd.DataFrame, stages: Collection[str]) -> "pd.Series[float]":
    """Pupils of some stages together; missing as soon as a stage that the kind has is missing."""
    parts = [_figures_of(schools, f"students_{stage}") for stage in stages]
    known = [
        part.where(part.notna() | _holds(schools, stage), 0.0)
        for part, stage in zip(parts, stages, strict=True)
    ]
    return pd.concat(known, axis=1).sum(axis=1, skipna=False)


def _holds(schools: pd.DataFrame, stage: str) -> "pd.Series[bool]":
    return _text(schools, "school_kind").isin(
        [kind.label for kind in SCHOOL_KINDS.values() if stage in kind.stages]
    )
