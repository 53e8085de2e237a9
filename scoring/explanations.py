"""One verdict with all that it rests on, in one form for indicators, spreads and the other items."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from scoring.assessment import Assessment
from scoring.changes import composite_changes, item_changes, section_changes, spread_changes
from scoring.elements import ELEMENTS, SCHOOL_KINDS, STAGE_LABELS, Element
from scoring.errors import UnknownSection
from scoring.explain import IndicatorWorking, Input, SectionWorking, indicator_working, section_working
from scoring.item_rows import relaxation_words
from scoring.items import Item, Part
from scoring.measures import COUNTY_SHEET, SCHOOLS_SHEET
from scoring.part_formulas import PART_FORMULAS
from scoring.part_results import SENSE_WORDS
from scoring.words import _, listed

_OF_SCHOOLS = {  # elements of parts that name none: their formula says which
    "school_size": ("students",),
    "class_size": ("largest_class", "oversize_classes"),
    "small_school_funds": ("students", "public_funds_wan"),
    "special_rooms": ("classes", "music_rooms", "art_rooms"),
}


@dataclass(frozen=True)
class Explanation:
    """A verdict, what it was made of, and what would change it. Numbers are unrounded; NaN = missing or none.

    table : what a supervisor checks by hand; for a spread as ``IndicatorWorking.table``, for an item of
        schools one row a failing school; None where there is nothing to list.
    """

    code: str
    label: str
    place: str  # school and stage, stage, or the county, in words
    verdict: str | None  # None = the standard doesn't judge it by itself
    clause: str
    inputs: tuple[Input, ...] = ()
    formula: str = ""  # in words
    working: tuple[str, ...] = ()  # figures put in, share of a stage, sentences
    figure: float = float("nan")
    limit: float = float("nan")
    sense: str = ""  # how the limit is meant, in words
    unit: str = ""
    other_forms: Mapping[str, float] = field(default_factory=dict)  # what wrong forms would have said
    printed_otherwise: bool = False
    table: pd.DataFrame | None = None
    relaxations: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data; missing numbers as None."""
        plain = {
            key: value for key, value in vars(self).items() if key not in ("inputs", "table", "other_forms")
        }
        table = [] if self.table is None else self.table.to_dict("records")
        return {
            **{key: _plain(value) for key, value in plain.items()},
            "other_forms": {key: _plain(value) for key, value in self.other_forms.items()},
            "inputs": [{key: _plain(value) for key, value in vars(one).items()} for one in self.inputs],
            "table": [{str(key): _plain(value) for key, value in row.items()} for row in table],
        }


def explain(assessment: Assessment, code: str, school_code: str | None = None) -> list[Explanation]:
    """Explanations of an indicator or item: of a school's stages, or of the county if no school is named.

    Raises UnknownSection for an unknown code or school.
    """
    if code in assessment.standard.codes:
        found = list(_of_indicator(assessment, code, school_code))
        if not found:
            raise UnknownSection(
                _("没有学校 %(school)s 的数据，或该校不在评估范围内。", school=school_code or "")
            )
        return found
    return [_of_item(assessment, code, school_code)]


def _of_indicator(assessment: Assessment, code: str, school_code: str | None) -> Iterator[Explanation]:
    sections = assessment.sections
    own = sections if school_code is None else sections[sections["school_code"] == school_code]
    for stage in own["stage"].unique().tolist():
        if school_code is None:
            changes = spread_changes(assessment, code, stage)
            yield _of_spread(indicator_working(assessment, code, stage), changes)
        else:
            changes = section_changes(assessment, code, school_code, stage)
            yield _of_section(assessment, section_working(assessment, code, school_code, stage), changes)


def _of_section(assessment: Assessment, shown: SectionWorking, changes: tuple[str, ...]) -> Explanation:
    return Explanation(
        code=shown.code,
        label=shown.label,
        place=listed([shown.school_name or shown.school_code, STAGE_LABELS[shown.stage]], " "),
        verdict=shown.verdict,
        clause=shown.clause,
        inputs=shown.inputs,
        formula=shown.formula,
        working=tuple(
            filter(None, (shown.share, _quotient(assessment, shown), _standing(assessment, shown)))
        ),
        figure=shown.value,
        limit=shown.threshold,
        sense=SENSE_WORDS["at_least"],
        unit=shown.unit,
        printed_otherwise=shown.printed_otherwise,
        relaxations=tuple(
            relaxation_words(one) for one in assessment.relaxations if one.code in shown.relaxations
        ),
        changes=changes,
    )


def _quotient(assessment: Assessment, shown: SectionWorking) -> str:
    if np.isnan(shown.value):
        return ""
    scale = assessment.standard.indicator(shown.code).scale
    times = "" if scale == 1 else f" × {scale}"
    return _(
        "%(amount)s %(unit)s ÷ %(students)s 人%(times)s＝%(value)s %(unit_2)s",
        amount=f"{shown.amount:,.10g}",
        unit=shown.inputs[0].unit,
        students=f"{shown.students:,.0f}",
        times=times,
        value=f"{shown.value:.10g}",
        unit_2=shown.unit,
    )


def _standing(assessment: Assessment, shown: SectionWorking) -> str:
    if not assessment.standard.judges_schools:
        return ""
    rule, sections = assessment.standard.school_rule, assessment.sections
    own = (sections["school_code"] == shown.school_code) & (sections["stage"] == shown.stage)
    n_met, n_all = len(sections.loc[own, "met"].iloc[0]), len(assessment.standard.codes)
    return _(
        "学校判定：%(n_all)s 项中 %(n_met)s 项达标（要求至少 %(least)s 项达标、"
        "其余不低于标准的 %(floor)s%%；%(clause)s）",
        n_all=n_all,
        n_met=n_met,
        least=rule.met_at_least,
        floor=rule.floor_percent,
        clause=rule.clause,
    )


def _of_spread(shown: IndicatorWorking, changes: tuple[str, ...]) -> Explanation:
    return Explanation(
        code=shown.code,
        label=shown.label,
        place=listed([_("全县"), STAGE_LABELS[shown.stage]], " "),
        verdict=shown.verdict,
        clause=shown.clause,
        formula=shown.formula,
        working=(_("X̄＝%(mean)s，S＝%(sd)s，差异系数＝%(cv)s", **_six(shown)),),
        figure=shown.cv,
        limit=shown.cv_limit,
        sense=SENSE_WORDS["at_most"],
        other_forms={_("不加权"): shown.unweighted_cv, _("不加权且除以 n−1"): shown.sample_cv},
        printed_otherwise=shown.printed_otherwise,
        table=shown.table,
        changes=changes,
    )


def _six(shown: IndicatorWorking) -> dict[str, str]:
    return {name: f"{getattr(shown, name):.6f}" for name in ("mean", "sd", "cv")}


def _of_item(assessment: Assessment, code: str, school_code: str | None) -> Explanation:
    items = assessment.items[assessment.items["code"] == code]
    if items.empty:
        known = listed(assessment.items["code"])
        raise UnknownSection(_("没有指标 %(code)s；可用的有：%(known)s。", code=code, known=known))
    row = items.iloc[0].to_dict()
    item = next((one for one in assessment.standard.items if one.code == code), None)
    parts = [] if item is None else _judged_parts(item, row)
    chosen = {
        one.name: one.choices[row["settings"][one.name]]
        for one in assessment.standard.settings
        if one.name in row["settings"]
    }
    limits, own = [one["limit"] for one in row["parts"]], _own_standing(assessment, row, school_code)
    return Explanation(
        code=code,
        label=row["label"],
        place=_("全县"),
        verdict=row["verdict"],
        clause=row["clause"],
        inputs=tuple(_item_inputs(assessment, parts, school_code)),
        formula=listed(
            (
                _("%(label)s：%(text)s", label=part.label, text=PART_FORMULAS[part.formula].words)
                for part in parts
            ),
            "；",
        ),
        working=(*([one["reason"] for one in row["parts"]] or [row["reason"]]), *own),
        figure=row["value"],
        limit=limits[0] if len(limits) == 1 else float("nan"),
        sense=SENSE_WORDS.get(parts[0].sense, "") if len(parts) == 1 else "",
        unit=row["unit"],
        printed_otherwise=any(one["printed_otherwise"] for one in row["parts"]),
        table=_failing_table(row, school_code),
        relaxations=tuple(
            relaxation_words(one) for one in assessment.relaxations if one.code in row["relaxed"]
        ),
        settings=tuple(_("%(label)s：%(text)s", label=name, text=words) for name, words in chosen.items()),
        warnings=tuple(row["warnings"]),
        changes=composite_changes(assessment) if item is None else item_changes(assessment, item, row),
    )


def _judged_parts(item: Item, row: Mapping[Any, Any]) -> list[Part]:
    judged = {one["key"] for one in row["parts"]}
    return [part for part in item.parts if part.key in judged]


def _own_standing(assessment: Assessment, row: Mapping[Any, Any], school_code: str | None) -> list[str]:
    if school_code is None or row["level"] != "school":
        return []
    name = _school(assessment, school_code).get("school_name") or school_code
    is_failing = any(one["school_code"] == school_code for one in row["failing"])
    words = _("未达标，见下表") if is_failing else _("不在未达标之列")
    return [_("%(name)s%(words)s", name=name, words=words)]


def _item_inputs(assessment: Assessment, parts: list[Part], school_code: str | None) -> Iterator[Input]:
    school = None if school_code is None else _school(assessment, school_code)
    elements = {one.code: one for part in parts for one in _elements_of(part)}
    for element in elements.values():
        if element.level == "county":
            yield _input(element, assessment.measures.county.get(element.code, np.nan), COUNTY_SHEET)
        elif school is not None and element.stage in (None, *SCHOOL_KINDS[school["school_kind"]].stages):
            yield _input(element, float(school.get(element.code, np.nan)), SCHOOLS_SHEET)


def _elements_of(part: Part) -> Iterator[Element]:
    named = (*part.adds, *part.subtracts, *part.per, *part.per_subtracts)
    stems = {*named, *_OF_SCHOOLS.get(part.formula, ())}
    return (element for element in ELEMENTS.values() if element.stem in stems)


def _input(element: Element, figure: float, sheet: str) -> Input:
    return Input(element.code, element.label, figure, element.unit, "", sheet=sheet)


def _school(assessment: Assessment, school_code: str) -> "pd.Series[Any]":
    schools = assessment.measures.schools
    found = schools[schools["school_code"] == school_code]
    if found.empty:
        raise UnknownSection(_("没有学校 %(school)s 的数据。", school=school_code))
    return found.iloc[0]


def _failing_table(row: Mapping[Any, Any], school_code: str | None) -> pd.DataFrame | None:
    failing = [one for one in row["failing"] if school_code in (None, one["school_code"])]
    return pd.DataFrame(failing) if failing else None


def _plain(value: Any) -> Any:
    if isinstance(value, float | np.floating):
        return None if np.isnan(value) else float(value)
    return list(value) if isinstance(value, tuple) else value
