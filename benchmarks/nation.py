"""A made-up nation of combined schools: two sections each, some exactly on a threshold, some with gaps."""

import numpy as np
import numpy.typing as npt
import pandas as pd

SCHOOLS, COUNTIES, SEED = 200_000, 2_800, 20170419
STAFF = {"teachers_above_degree": 0.07, "backbone_teachers": 0.014, "pe_art_teachers": 0.012}  # per pupil
STOCK = {  # per pupil, digits kept
    "teaching_area_m2": (7.0, 2),
    "indoor_sports_area_m2": (0.6, 2),
    "sports_field_area_m2": (11.0, 2),
    "equipment_value_wan": (0.32, 4),
    "multimedia_rooms": (0.033, 0),
}
ON_THE_LINE = {  # per pupil of the stage, the thresholds of quality-2017
    "primary": {"teaching_area_m2": 4.5, "sports_field_area_m2": 7.5, "equipment_value_wan": 0.2}
    | {"multimedia_rooms": 0.023},
    "junior": {"teaching_area_m2": 5.8, "sports_field_area_m2": 10.2, "equipment_value_wan": 0.25}
    | {"multimedia_rooms": 0.024},
}
STAFF_LINE = {
    "primary": {"teachers_above_degree": 0.042, "backbone_teachers": 0.01, "pe_art_teachers": 0.009},
    "junior": {"teachers_above_degree": 0.053, "backbone_teachers": 0.01, "pe_art_teachers": 0.009},
}
_LINE_SHARE, _GAP_SHARE = 0.02, 0.0002


def nation(n_schools: int = SCHOOLS, n_counties: int = COUNTIES, seed: int = SEED) -> pd.DataFrame:
    """Schools as ``scoring.evaluation.evaluate`` takes them: one row a school, columns = element codes.

    Every school has 小学 and 初中, one in five also 高中. Two in a hundred stand exactly on
    the thresholds of one stage; one figure in five thousand is missing. Same arguments, same frame.
    """
    random = np.random.default_rng(seed)
    twelve = random.random(n_schools) < 0.2
    students = {
        "primary": random.integers(60, 1800, n_schools).astype(float),
        "junior": random.integers(40, 1200, n_schools).astype(float),
        "senior": np.where(twelve, random.integers(100, 1500, n_schools), np.nan),
    }
    columns = {f"students_{stage}": n for stage, n in students.items()}
    columns |= _staff(random, students) | _stock(random, students)
    _put_on_the_line(columns, np.flatnonzero(~twelve & (random.random(n_schools) < _LINE_SHARE)))
    _leave_gaps(random, columns)
    return pd.DataFrame(_identity(random, twelve, n_counties) | columns)


def _identity(
    random: np.random.Generator, twelve: npt.NDArray[np.bool_], n_counties: int
) -> dict[str, pd.Series]:
    n_schools = len(twelve)
    # Every county gets a school before chance hands out the rest.
    county = np.concatenate(
        [np.arange(n_counties), random.integers(0, n_counties, max(0, n_schools - n_counties))]
    )
    return {
        "county_code": pd.Series([f"{100000 + n}" for n in county[:n_schools]], dtype=str),
        "school_code": pd.Series([f"{3000000000 + n}" for n in range(n_schools)], dtype=str),
        "school_kind": pd.Series(np.where(twelve, "十二年一贯制", "九年一贯制"), dtype=str),
    }


def _staff(
    random: np.random.Generator, students: dict[str, npt.NDArray[np.float64]]
) -> dict[str, npt.NDArray[np.float64]]:
    return {
        f"{code}_{stage}": np.rint(students[stage] * each * random.uniform(0.5, 1.8, len(students[stage])))
        for code, each in STAFF.items()
        for stage in ("primary", "junior")
    }


def _stock(
    random: np.random.Generator, students: dict[str, npt.NDArray[np.float64]]
) -> dict[str, npt.NDArray[np.float64]]:
    pupils = np.nansum(list(students.values()), axis=0)
    return {
        code: np.round(pupils * each * random.uniform(0.5, 1.8, len(pupils)), digits)
        for code, (each, digits) in STOCK.items()
    }


def _put_on_the_line(columns: dict[str, npt.NDArray[np.float64]], rows: npt.NDArray[np.intp]) -> None:
    half = len(rows) // 2
    for stage, chosen, primary in (("primary", rows[:half], 1000.0), ("junior", rows[half:], 1100.0)):
        columns["students_primary"][chosen], columns["students_junior"][chosen] = primary, 1000.0
        columns["indoor_sports_area_m2"][chosen] = 0.0
        # What a pupil of the stage must have ÷ its weight × weighted pupils of the school.
        weighted = primary + 1.1 * 1000
        for code, each in ON_THE_LINE[stage].items():
            columns[code][chosen] = round(each * weighted / {"primary": 1.0, "junior": 1.1}[stage], 6)
        for code, each in STAFF_LINE[stage].items():
            columns[f"{code}_{stage}"][chosen] = round(each * 1000)


def _leave_gaps(random: np.random.Generator, columns: dict[str, npt.NDArray[np.float64]]) -> None:
    for code in [code for code in columns if not code.startswith("students_")]:
        columns[code][random.random(len(columns[code])) < _GAP_SHARE] = np.nan
