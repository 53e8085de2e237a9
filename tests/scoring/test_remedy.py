"""Remedies: they pass when assessed anew, cost no more than the best found by trying all, or say why not."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.dispersion import spread_of_one
from scoring.errors import MissingUnitCost, NoRemedy
from scoring.remedy import cheapest_remedy
from tests.scoring.make import assessed, school, section

COSTS = {"R1": 9e4, "R2": 2e4, "R3": 9e4, "R4": 3e3, "R5": 5e2, "R6": 1.0, "R7": 3e4}


def _passes(result):
    return {*result.sections["verdict"], *result.indicators["cv_verdict"]} == {"met"}


def test_county_that_passes_needs_nothing():
    remedy = cheapest_remedy(assessed(school("1"), school("2")), COSTS)

    assert (remedy.cost, remedy.at_least, remedy.additions.empty) == (0, 0, True)


def test_one_missed_value_is_left_at_the_floor():
    row = school("1", students_primary=1000, multimedia_rooms=10, backbone_teachers_primary=9)

    remedy = cheapest_remedy(assessed(row), COSTS)

    added = remedy.additions.set_index("code")["add"].to_dict()
    assert added == {"R2": 1, "R7": 10}  # 19.55 rooms are the floor: 20
    assert remedy.cost == 2e4 + 10 * 3e4
    assert section(remedy.after, "1")["missed"] == ["R7"]


def test_prices_decide_what_is_left():
    row = school("1", students_primary=1000, multimedia_rooms=20, backbone_teachers_primary=9)

    cheap_rooms = cheapest_remedy(assessed(row), COSTS | {"R7": 1.0})
    dear_rooms = cheapest_remedy(assessed(row), COSTS)

    assert cheap_rooms.additions["code"].tolist() == ["R7"]
    assert dear_rooms.additions["code"].tolist() == ["R2"]


def test_addition_to_a_combined_school_serves_both_stages():
    figures = {
        "students_primary": 200,
        "students_junior": 100,
        "equipment_value_wan": 10,
        "multimedia_rooms": 1,
    }

    remedy = cheapest_remedy(assessed(school("1", "九年一贯制", **figures)), COSTS)

    assert _passes(remedy.after)
    assert remedy.additions.groupby("code").size().max() == 1


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(50, 300), st.integers(2, 14)), min_size=3, max_size=3))
def test_no_cheaper_set_is_found_by_trying_all(schools):
    rows = [school(str(n), students_primary=p, multimedia_rooms=x) for n, (p, x) in enumerate(schools)]
    pupils = np.array([float(p) for p, _ in schools])

    remedy = cheapest_remedy(assessed(*rows), COSTS | {"R7": 1.0})

    def is_enough(added):
        values = 100 * (np.array([x for _, x in schools]) + added) / pupils
        return (values >= 1.955).all() and spread_of_one(values, pupils)[2] <= 0.4999

    fewest = min((sum(added) for added in product(range(15), repeat=3) if is_enough(added)), default=None)
    assert _passes(remedy.after)
    assert fewest is None or remedy.cost <= fewest
    assert remedy.cost == pytest.approx(remedy.at_least)


@settings(max_examples=10)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["小学", "初级中学", "九年一贯制"]), st.integers(0, 12), st.integers(0, 2000)
        ),
        min_size=2,
        max_size=6,
    )
)
def test_remedy_always_passes_when_assessed_anew(schools):
    rows = [
        school(str(n), kind, multimedia_rooms=rooms, sports_field_area_m2=area)
        for n, (kind, rooms, area) in enumerate(schools)
    ]

    remedy = cheapest_remedy(assessed(*rows), COSTS)

    assert _passes(remedy.after)
    assert remedy.cost >= remedy.at_least * (1 - 1e-6)


def test_missing_figures_are_named():
    with pytest.raises(NoRemedy, match="示例2校"):
        cheapest_remedy(assessed(school("1"), school("2", multimedia_rooms=None)), COSTS)


def test_missing_cost_is_named():
    with pytest.raises(MissingUnitCost, match="R6"):
        cheapest_remedy(assessed(school("1")), {code: 1.0 for code in COSTS if code != "R6"})
