"""Schools behind a spread: their share of S², and what one of them must reach, tried by assessing again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.drivers import spread_drivers
from tests.scoring.make import assessed, indicator, school


def _rows(schools):
    return [
        school(str(n), students_primary=p, multimedia_rooms=rooms) for n, (p, rooms) in enumerate(schools)
    ]


def _with_more(rows, code, rooms):
    return [
        row | {"multimedia_rooms": row["multimedia_rooms"] + rooms} if row["school_code"] == code else row
        for row in rows
    ]


counties = st.lists(st.tuples(st.integers(20, 900), st.integers(0, 40)), min_size=2, max_size=8)


@given(counties)
def test_school_that_reaches_its_value_makes_the_cv_pass_and_one_room_less_does_not(schools):
    rows = _rows(schools)
    result = assessed(*rows)

    for driver in spread_drivers(result, "R7", "primary").to_dict("records"):
        if driver["school_add"] > 0:
            enough = assessed(*_with_more(rows, driver["school_code"], driver["school_add"]))
            short = assessed(*_with_more(rows, driver["school_code"], driver["school_add"] - 1))
            own = enough.sections.set_index("school_code")["R7"]
            assert indicator(result, "R7")["cv_verdict"] == indicator(short, "R7")["cv_verdict"] == "not_met"
            assert indicator(enough, "R7")["cv_verdict"] == "met"
            assert own[driver["school_code"]] == driver["reach"]


@given(counties)
def test_contributions_add_up_to_all_of_the_variance(schools):
    drivers = spread_drivers(assessed(*_rows(schools)), "R7", "primary")

    total = drivers["percent_of_variance"].sum()
    assert total == pytest.approx(100) or total == 0 or drivers["value"].isna().all()


def test_drivers_come_largest_first_with_their_side():
    drivers = spread_drivers(assessed(*_rows([(100, 1), (100, 6), (100, 11)])), "R7", "primary")

    assert drivers["school_code"].tolist() == ["0", "2", "1"]
    assert drivers["deviation"].tolist() == [-5, 5, 0]
    assert drivers["percent_of_variance"].tolist() == [50, 50, 0]


def test_only_a_low_school_can_mend_a_spread_by_more():
    drivers = spread_drivers(assessed(*_rows([(100, 1), (100, 6), (100, 11)])), "R7", "primary")

    added = drivers.set_index("school_code")["school_add"]
    assert (added["0"], added.isna().tolist()) == (2, [False, True, True])


def test_nothing_is_asked_where_the_cv_passes():
    drivers = spread_drivers(assessed(*_rows([(100, 5), (100, 6)])), "R7", "primary")

    assert drivers[["reach", "school_add"]].isna().all(axis=None)


def test_missing_value_leaves_every_driver_unknown():
    drivers = spread_drivers(assessed(*_rows([(100, 5), (100, None)])), "R7", "primary")

    assert drivers[["percent_of_variance", "reach", "school_add"]].isna().all(axis=None)
