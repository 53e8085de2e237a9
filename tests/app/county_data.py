"""A small county in figures: schools that pass unless a test says otherwise."""

import io
from datetime import datetime
from typing import Any

import pandas as pd

from app.assessments.runs import assess_year
from app.returns.store import save_measures
from scoring.loader import load_standard
from scoring.measures import Measures
from scoring.workbook import write_template
from tests.factories import Factory, Member

PRIMARY = {
    "school_kind": "小学",
    "owner_code": "7",
    "students_primary": 1000.0,
    "teachers_above_degree_primary": 50.0,
    "backbone_teachers_primary": 12.0,
    "pe_art_teachers_primary": 10.0,
    "teaching_area_m2": 5000.0,
    "indoor_sports_area_m2": 200.0,
    "sports_field_area_m2": 8000.0,
    "equipment_value_wan": 210.0,
    "multimedia_rooms": 24.0,
}


def school(number: int = 1, **figures: Any) -> dict[str, Any]:
    """A primary school that meets all seven indicators."""
    return {"school_code": f"990000000{number}", "school_name": f"示例第{number}小学", **PRIMARY, **figures}


def measures(*schools: dict[str, Any], county: dict[str, float] | None = None, **rooms: float) -> Measures:
    """Frames of these schools; ``rooms``: kind=area, all in the first school."""
    listed = [{"school_code": schools[0]["school_code"], "kind": k, "area_m2": v} for k, v in rooms.items()]
    frame = pd.DataFrame(listed, columns=["school_code", "kind", "area_m2"])
    return Measures(pd.DataFrame(list(schools)), county or {}, frame.astype({"area_m2": float}))


def workbook(given: Measures) -> io.BytesIO:
    """The same as a workbook."""
    target = io.BytesIO()
    write_template(load_standard("quality-2017"), target, given)
    target.seek(0)
    return target


def report(
    make: Factory, member: Member, given: Measures, year: int = 2026, at: datetime | None = None
) -> None:
    """Save and assess figures as an upload does."""
    moment = at or make.now
    with make.session(member.actor.county_id) as session:
        save_measures(session, member.actor, year=year, measures=given, source="测试", at=moment)
        assess_year(session, member.actor, year=year, at=moment)
