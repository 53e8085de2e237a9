"""Schools and counties for the tests of scoring, with fictional names."""

from datetime import date
from typing import Any

import pandas as pd

from scoring.elements import ELEMENTS, SCHOOL_KINDS
from scoring.engine import assess
from scoring.evidence import Attestation, Evidence, MonitoringResult
from scoring.loader import load_standard
from scoring.measures import Measures
from scoring.standard import Standard

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


GOOD_COUNTY = {  # at or above every rule that the county's own figures decide
    "special_students": 100.0,
    "special_funds_wan": 80.0,
    "teacher_salary_yuan": 130_000.0,
    "civil_servant_salary_yuan": 120_000.0,
    "teachers_360h": 900.0,
    "teachers_total": 900.0,
    "certified_teachers": 900.0,
    "exchange_eligible": 400.0,
    "exchange_teachers": 60.0,
    "exchange_backbone": 20.0,
    "nearby_primary": 100.0,
    "nearby_junior": 98.0,
    "quota_places": 800.0,
    "quota_allocated": 480.0,
    "migrant_eligible": 300.0,
    "migrant_public": 290.0,
    "migrant_bought": 10.0,
    "junior_intake": 1000.0,
    "junior_transfer_in": 20.0,
    "junior_transfer_out": 20.0,
    "junior_deaths": 0.0,
    "junior_graduates": 990.0,
    "disabled_children": 100.0,
    "disabled_enrolled": 98.0,
} | {
    f"surveys_{what}_{group}": figure
    for group in ("students", "parents", "teachers", "principals", "npc", "cppcc", "public")
    for what, figure in (("valid", 100.0), ("satisfied", 92.0))
}


def full_evidence() -> Evidence:
    """All statements signed and proved, and a good result of the monitoring."""
    stated = [
        item.code
        for item in STANDARD.items
        if item.enabled and {"attested", "veto"} & set(item.mode.split("+"))
    ]
    signed = [Attestation(code, "met", "经核查", "教育局局长", date(2026, 9, 1), 2) for code in stated]
    return Evidence(tuple(signed), (MonitoringResult("数学", 2026, 3, 0.1),))


def complete_county(
    county: dict[str, float] | None = None, evidence: Evidence | None = None, standard: Standard = STANDARD
):
    """The assessment of a county in which everything is in order, but for what is given."""
    figures = {
        "largest_class_primary": 40,
        "classes_primary": 12,
        "public_funds_wan": 50,
        "training_funds_wan": 3,
    }
    rows = [school(code, students_primary=400, **figures) for code in ("1", "2")]
    rooms = pd.DataFrame(
        {"school_code": ["1", "1", "2", "2"], "kind": ["music", "art"] * 2, "area_m2": [96.0, 90.0] * 2}
    )
    measures = Measures(schools_frame(*rows), GOOD_COUNTY if county is None else county, rooms)
    return assess(measures, standard, evidence=full_evidence() if evidence is None else evidence)
