"""Properties of the spread and of the assessment that hold for any county."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.dispersion import spread_of_one
from scoring.evaluation import evaluate
from tests.scoring.make import STANDARD, assessed, indicator, school, schools_frame

pupils = st.integers(1, 3000)
amounts = st.integers(1, 10_000)
counties = st.lists(st.tuples(pupils, amounts), min_size=1, max_size=30)


def _cv(schools):
    students, resources = (np.array(column, dtype=float) for column in zip(*schools, strict=True))
    return spread_of_one(resources / students, students)[2]


@given(counties, st.floats(0.001, 1000))
def test_cv_does_not_change_when_all_resources_are_scaled(schools, factor):
    scaled = [(students, amount * factor) for students, amount in schools]

    assert _cv(scaled) == pytest.approx(_cv(schools), rel=1e-9, abs=1e-9)


@given(st.lists(pupils, min_size=1, max_size=30), st.fractions(Fraction(1, 97), 100, max_denominator=97))
def test_cv_is_zero_when_every_pupil_has_the_same(students, each):
    assert _cv([(n, float(n * each)) for n in students]) == 0


@given(counties, pupils, amounts)
def test_merging_two_identical_schools_changes_nothing(schools, students, amount):
    apart = [*schools, (students, amount), (students, amount)]
    merged = [*schools, (2 * students, 2 * amount)]

    assert _cv(merged) == pytest.approx(_cv(apart), rel=1e-9, abs=1e-12)


@given(counties)
def test_cv_is_the_population_form_weighted_by_pupils(schools):
    values = np.repeat(*zip(*[(amount / students, students) for students, amount in schools], strict=True))

    assert _cv(schools) == pytest.approx(values.std() / values.mean(), rel=1e-6, abs=1e-9)


def test_cv_differs_from_the_unweighted_form():
    schools = [(100, 100), (900, 1800)]

    values = np.array([1.0, 2.0])
    assert _cv(schools) != pytest.approx(values.std() / values.mean(), rel=0.01)


@given(st.permutations(range(6)))
def test_order_of_schools_does_not_matter(order):
    rows = [school(str(n), students_primary=100 + 37 * n, multimedia_rooms=3 + n % 3) for n in range(6)]

    mixed = assessed(*(rows[n] for n in order))

    row, straight = indicator(mixed, "R7"), indicator(assessed(*rows), "R7")
    assert row["cv"] == pytest.approx(straight["cv"], rel=1e-12)
    assert (row["schools_met"], row["cv_verdict"]) == (straight["schools_met"], straight["cv_verdict"])


@given(pupils, pupils, st.integers(0, 500), st.integers(0, 10**7))
def test_parts_of_a_split_add_up_and_nothing_is_lost(primary, junior, senior, hundredths):
    rows = schools_frame(
        school(
            "1",
            "十二年一贯制",
            students_primary=primary,
            students_junior=junior,
            students_senior=senior,
            multimedia_rooms=hundredths / 100,
        )
    )

    stages = evaluate(rows, STANDARD).stages

    shares = [stage.judged["R7"].values[0] * stage.students[0] / 100 for stage in stages]
    rest = hundredths / 100 * 132 * senior / (100 * primary + 110 * junior + 132 * senior)
    assert sum(shares) + rest == pytest.approx(hundredths / 100, rel=1e-12, abs=1e-12)


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 60)), min_size=1, max_size=12))
def test_more_of_a_resource_never_loses_a_verdict(schools):
    before = assessed(
        *(school(str(n), students_primary=p, multimedia_rooms=x) for n, (p, x) in enumerate(schools))
    )
    after = assessed(
        *(school(str(n), students_primary=p, multimedia_rooms=x + 1) for n, (p, x) in enumerate(schools))
    )

    gained = after.sections["verdict"] == "met"
    assert gained[before.sections["verdict"] == "met"].all()
