"""Which missed indicator a section may keep at the floor."""

import pytest

from scoring.errors import MissingUnitCost
from scoring.exempt import section_choices
from tests.scoring.make import assessed, school

TWO_SHORT = {"students_primary": 1000, "multimedia_rooms": 21, "backbone_teachers_primary": 9}
COSTS = dict.fromkeys(["R1", "R2", "R3", "R4", "R5", "R6"], 1.0)


def _only(frame):
    return frame.iloc[0].to_dict()


def test_without_costs_the_one_furthest_from_the_standard_stays():
    choice = _only(section_choices(assessed(school("1", **TWO_SHORT))))

    assert (choice["leave"], choice["lift"], choice["raise"]) == (["R2"], [], ["R7"])
    assert choice["effort"] == pytest.approx(100 * 2 / 23)
    assert choice["effort_unit"] == "%"


def test_with_costs_the_dearest_stays():
    choice = _only(section_choices(assessed(school("1", **TWO_SHORT)), COSTS | {"R7": 30_000.0}))

    assert (choice["leave"], choice["raise"], choice["effort"]) == (["R7"], ["R2"], 1.0)
    assert choice["effort_unit"] == "元"


def test_what_stays_is_lifted_to_the_floor():
    row = school("1", students_primary=1000, multimedia_rooms=10, backbone_teachers_primary=9)

    choice = _only(section_choices(assessed(row), COSTS | {"R7": 5.0}))

    assert (choice["leave"], choice["lift"], choice["raise"]) == (["R7"], ["R7"], ["R2"])
    assert choice["effort"] == 10 * 5 + 1


def test_tie_leaves_the_first_of_the_standard():
    row = school("1", students_primary=1000, backbone_teachers_primary=9, multimedia_rooms=22)

    assert _only(section_choices(assessed(row), COSTS | {"R7": 1.0}))["leave"] == ["R2"]


def test_sections_that_miss_nothing_or_lack_figures_have_no_choice():
    result = assessed(school("1"), school("2", multimedia_rooms=None, backbone_teachers_primary=0))

    assert section_choices(result).empty


def test_missing_unit_cost_is_named():
    with pytest.raises(MissingUnitCost, match="R7"):
        section_choices(assessed(school("1", **TWO_SHORT)), COSTS)
