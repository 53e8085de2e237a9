"""Frames of the demo counties, as a county would fill its workbook: computed, not read."""

from collections.abc import Mapping, Sequence

import pandas as pd

from app.demo.chance import draw
from app.demo.county import SHARED, DemoCounty, Site
from app.demo.funds import migrant_students, public_funds, training_funds
from app.demo.jia import JIA
from app.demo.premises import shared_amounts
from app.demo.sizes import largest_class, sites_in
from app.demo.special_rooms import room_counts, room_rows
from app.demo.staff import staff_columns
from scoring.elements import ELEMENTS
from scoring.measures import ROOM_LABELS, Measures

Row = dict[str, str | float]
_COLUMNS = [element for element in ELEMENTS.values() if element.level == "school"]
_FIRST_ROW = 2  # of a sheet, below its header


def measures_in(year: int, county: DemoCounty = JIA) -> Measures:
    """Everything that a demo county reports for one of its years."""
    return Measures(school_frame(year, county), county_values(year, county), rooms_frame(year, county))


def school_frame(year: int, county: DemoCounty = JIA) -> pd.DataFrame:
    """One row a school, columns = element codes; figures float64 with NaN where a stage is not held."""
    sites = sites_in(county, year)
    rows = {site.code: {**_identity(site), **_sizes(site)} for site in sites}
    _add_staff(rows, county, year, sites)
    _add_premises(rows, county, year, sites)
    _add_money(rows, county, year, sites)
    frame = pd.DataFrame(
        list(rows.values()), index=pd.RangeIndex(_FIRST_ROW, _FIRST_ROW + len(rows)),
        columns=pd.Index([element.code for element in _COLUMNS]),
    )  # fmt: skip
    return frame.astype({element.code: "float64" if element.is_number else "str" for element in _COLUMNS})


def rooms_frame(year: int, county: DemoCounty = JIA) -> pd.DataFrame:
    """One row a music or art room: school_code, kind, area_m2."""
    sites = sites_in(county, year)
    rows = list(room_rows(sites, room_counts(county, year, sites)))
    index = pd.RangeIndex(_FIRST_ROW, _FIRST_ROW + len(rows))
    return pd.DataFrame(rows, index=index, columns=pd.Index(list(ROOM_LABELS)))


def county_values(year: int, county: DemoCounty = JIA) -> dict[str, float]:
    """County element → figure."""
    return county.values_in(year)


def _identity(site: Site) -> Row:
    return {
        "school_code": site.code,
        "school_name": site.name,
        "school_kind": site.kind,
        "owner_code": site.owner_code,
        "location": site.location,
        "built_year": site.built_year,
        "is_boarding": site.is_boarding,
    }


def _sizes(site: Site) -> Row:
    row: Row = {"students_senior": site.senior} if site.senior else {}
    for stage, section in site.sections.items():
        row |= {
            f"students_{stage}": section.pupils,
            f"classes_{stage}": section.classes,
            f"largest_class_{stage}": largest_class(site, stage),
            f"oversize_classes_{stage}": section.oversize,
        }
    return row


def _add_staff(rows: Mapping[str, Row], county: DemoCounty, year: int, sites: Sequence[Site]) -> None:
    for element, counts in staff_columns(county, year, sites).items():
        for (code, stage), persons in counts.items():
            rows[code][f"{element}_{stage}"] = persons


def _add_premises(rows: Mapping[str, Row], county: DemoCounty, year: int, sites: Sequence[Site]) -> None:
    shared = {indicator: shared_amounts(county, year, indicator, sites) for indicator in SHARED}
    rooms = room_counts(county, year, sites)
    for site in sites:
        teaching, sports, equipment, multimedia = (shared[indicator][site.code] for indicator in SHARED)
        indoor = _indoor(site, sports)
        rows[site.code] |= {
            "teaching_area_m2": (teaching + indoor) / 100,
            "indoor_sports_area_m2": indoor / 100,
            "sports_field_area_m2": (sports - indoor) / 100,
            "other_sports_area_m2": 0,
            "equipment_value_wan": equipment / 100,
            "multimedia_rooms": multimedia / 100,
            "computers": (site.pupils + site.senior) * draw(9, 16, site.code, "computers") // 100,
            "books": (site.pupils + site.senior) * draw(22, 38, site.code, "books"),
            "music_rooms": rooms[site.code]["music"],
            "art_rooms": rooms[site.code]["art"],
        }


def _indoor(site: Site, sports: int) -> int:
    """Indoor sports area in hundredths of ㎡: large schools have a hall, the others none."""
    return min(draw(50_000, 120_000, site.code, "hall"), sports // 4) if site.n_classes >= 20 else 0


def _add_money(rows: Mapping[str, Row], county: DemoCounty, year: int, sites: Sequence[Site]) -> None:
    funds = public_funds(county, year, sites)
    training, migrants = training_funds(county, year, funds), migrant_students(county, year, sites)
    for code, row in rows.items():
        row |= {
            "public_funds_wan": funds[code] / 10_000,
            "training_funds_wan": training[code] / 10_000,
            "migrant_students": migrants[code],
        }
