"""Gaps in natural units: added they meet the standard, one step less does not."""

from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.gaps import section_gaps
from tests.scoring.make import assessed, school, section

RAISED = {  # indicator → column that is raised (stage to be added for staff), its units in one natural unit
    "R1": ("teachers_above_degree", 1, 1),
    "R2": ("backbone_teachers", 1, 1),
    "R3": ("pe_art_teachers", 1, 1),
    "R4": ("teaching_area_m2", 1, 0.01),
    "R5": ("sports_field_area_m2", 1, 0.01),
    "R6": ("equipment_value_wan", 1e-4, 0.01),
    "R7": ("multimedia_rooms", 1, 1),
}


def _gap(result, code, stage="primary", school_code="1"):
    rows = section_gaps(result)
    chosen = (rows["code"] == code) & (rows["stage"] == stage) & (rows["school_code"] == school_code)
    return rows[chosen].iloc[0]


def _raised(row, code, stage, natural):
    column, per_natural, _ = RAISED[code]
    name = column if column in row else f"{column}_{stage}"
    return row | {name: round(row[name] + natural * per_natural, 6)}


pupils = st.integers(1, 3000)


@given(
    st.sampled_from(list(RAISED)),
    st.sampled_from(["primary", "junior"]),
    st.sampled_from(["gap", "floor_gap"]),
    pupils,
    pupils,
    pupils,
    st.integers(0, 400_000),
)
def test_gap_of_a_school_is_just_enough(code, stage, what, primary, junior, senior, hundredths):
    students = {"students_primary": primary, "students_junior": junior, "students_senior": senior}
    column, _, step = RAISED[code]
    row = school("1", "十二年一贯制", **students)
    name = column if column in row else f"{column}_{stage}"
    row[name] = hundredths if step == 1 else hundredths / 100
    lacking = "missed" if what == "gap" else "below_floor"
    gap = _gap(assessed(row), code, stage)[f"school_{what}"]
    assume(gap > 0)

    enough = section(assessed(_raised(row, code, stage, gap)), "1", stage)
    short = section(assessed(_raised(row, code, stage, gap - step)), "1", stage)

    assert code not in enough[lacking]
    assert code in short[lacking]


@given(pupils, pupils, st.integers(0, 50))
def test_section_and_school_agree_through_the_share(primary, junior, rooms):
    row = school("1", "九年一贯制", students_primary=primary, students_junior=junior, multimedia_rooms=rooms)

    gap = _gap(assessed(row), "R7", "junior")

    share = 110 * junior / (100 * primary + 110 * junior)
    assert gap["gap"] - 0.01 < gap["school_gap"] * share + 1e-9
    assert (gap["school_gap"] - 1) * share < gap["gap"] + 1e-9


def test_gap_of_a_stand_alone_school_is_whole():
    result = assessed(school("1", students_primary=1000, multimedia_rooms=19))

    gap = _gap(result, "R7")

    assert (gap["gap"], gap["school_gap"], gap["floor_gap"], gap["gap_unit"]) == (4, 4, 1, "间")
    assert (gap["value"], gap["standard"], gap["floor"]) == (1.9, 2.3, 1.955)


def test_combined_school_must_add_the_gap_over_its_share():
    figures = {"students_primary": 200, "students_junior": 100, "equipment_value_wan": 62}

    gap = _gap(assessed(school("1", "九年一贯制", **figures)), "R6", "junior")

    assert (gap["gap"], gap["school_gap"], gap["gap_unit"]) == (30_000, 84_545.46, "元")
    assert gap["floor_gap"] == 0


def test_gap_of_an_exact_hit_is_zero():
    gap = _gap(assessed(school("1", "初级中学", students_junior=1500, multimedia_rooms=36)), "R7", "junior")

    assert (gap["gap"], gap["school_gap"], gap["verdict"]) == (0, 0, "met")


def test_gap_of_a_missing_value_is_missing_not_zero():
    gap = _gap(assessed(school("1", multimedia_rooms=None)), "R7")

    assert gap[["gap", "floor_gap", "school_gap", "school_floor_gap", "percent"]].isna().all()
    assert gap["verdict"] == "no_data"


def test_gaps_list_every_section_and_indicator():
    rows = section_gaps(assessed(school("1"), school("2", "九年一贯制")))

    assert rows.groupby(["school_code", "stage"]).size().tolist() == [7, 7, 7]
