"""Schools and counties for the tests of scoring, with fictional names."""

from typing import Any

import pandas as pd

from scoring.elements import ELEMENTS, SCHOOL_KINDS
from scoring.engine import assess
from scoring.loader import load_standard
from scoring.measures import Measures

STANDARD = load_standard("quality-2017")
GOOD_PER_PUPIL = {  # well above every threshold of both stages
    "teachers_above_degree": 0.10,
    "backbone_teachers": 0.05,
    "pe_art_teachers": 0.05,
    "teaching_area_m2": 9.0,
    "indoor_sports_area_m2": 1.0,
    "sports_field_area_m2": 14.0,
    "equipment_value_wan": 0.5,
    "multimedia_rooms": 0.04,
}


def school(code: str, kind: str = "小学", **figures: Any) -> dict[str, Any]:
    """One school as a row; without figures for a resource it has plenty of it."""
    stages = SCHOOL_KINDS[kind].stages
    row: dict[str, Any] = {"school_code": code, "school_name": f"示例{code}校", "school_kind": kind}
    row |= {f"students_{stage}": 100 for stage in stages}
    row |= {key: value for key, value in figures.items() if key.startswith("students_")}
    everyone = sum(row[f"students_{stage}"] or 0 for stage in stages)
    for stem, each in GOOD_PER_PUPIL.items():
        if stem in ELEMENTS:
            row[stem] = round(each * everyone, 6)
        for stage in stages:
            if f"{stem}_{stage}" in ELEMENTS:
                row[f"{stem}_{stage}"] = round(each * (row[f"students_{stage}"] or 0))
    return row | figures


def schools_frame(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows as the frame that ``Measures.schools`` documents."""
    frame = pd.DataFrame(list(rows), index=pd.RangeIndex(2, len(rows) + 2))
    for code in frame.columns:
        frame[code] = frame[code].astype(float if ELEMENTS[code].is_number else str)
    return frame


def assessed(*rows: dict[str, Any], relaxations: tuple[str, ...] = ()):
    """The assessment of a county of some schools by quality-2017."""
    return assess(Measures(schools_frame(*rows)), STANDARD, relaxations)


def section(result, code: str, stage: str = "primary") -> dict[str, Any]:
    """The row of a school and stage as a dict."""
    sections = result.sections
    return sections[(sections["school_code"] == code) & (sections["stage"] == stage)].iloc[0].to_dict()


def indicator(result, code: str, stage: str = "primary") -> dict[str, Any]:
    """The row of an indicator and stage as a dict."""
    rows = result.indicators
    return rows[(rows["code"] == code) & (rows["stage"] == stage)].iloc[0].to_dict()
