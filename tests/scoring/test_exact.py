"""Exact comparisons: thresholds hit exactly, figures beyond 64 bits, printed values."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.exact import Ratio, at_least, printed, printed_at_least
from scoring.verdicts import of_cvs


def _ratio(num, den, factor=1):
    return Ratio(np.array([num]), np.array([den]), Fraction(factor), np.array([True]))


@given(st.integers(1, 100_000), st.sampled_from(["4.2", "5.3", "0.9", "2.3", "2.4", "1"]))
def test_teachers_just_enough_meet_and_one_fewer_do_not(students, threshold):
    needed = -(-Fraction(threshold) * students // 100)

    assert at_least(_ratio(int(needed), students, 100), Fraction(threshold))[0]
    assert not at_least(_ratio(int(needed) - 1, students, 100), Fraction(threshold))[0]


def test_thirty_six_rooms_for_1500_pupils_meet_2_4():
    assert at_least(_ratio(36, 1500, 100), Fraction("2.4")).tolist() == [True]


@given(
    st.integers(0, 2**50),
    st.integers(1, 2**40),
    st.fractions(min_value=Fraction(1, 100), max_value=10**6, max_denominator=1000),
)
def test_comparison_is_exact_even_where_products_exceed_64_bits(num, den, threshold):
    assert at_least(_ratio(num, den), threshold)[0] == (Fraction(num, den) >= threshold)


@given(
    st.integers(0, 10**7), st.integers(1, 10**4), st.sampled_from(["4.5", "3.825", "1.955", "0.765", "2000"])
)
def test_printed_comparison_agrees_with_rounding_half_up(num, den, threshold):
    shown = Fraction((num * 200 + den) // (2 * den), 100)

    assert printed_at_least(_ratio(num, den), Fraction(threshold))[0] == (shown >= Fraction(threshold))


@pytest.mark.parametrize(("num", "expected"), [(-1, False), (0, True), (1, True)])
def test_neighbours_that_floats_cannot_tell_apart_are_told_apart(num, expected):
    line = 42 * 10**14

    assert at_least(_ratio(line + num, 10**15), Fraction("4.2")).tolist() == [expected]


def test_unknown_value_reaches_nothing():
    unknown = Ratio(np.array([9]), np.array([1]), Fraction(1), np.array([False]))

    assert at_least(unknown, Fraction(1)).tolist() == [False]
    assert np.isnan(unknown.floats()).tolist() == [True]


@pytest.mark.parametrize(
    ("cv_in_floats", "expected"), [(0.5 + 1e-12, "met"), (0.5 - 1e-12, "met"), (0.6, "not_met")]
)
def test_cv_that_floats_cannot_tell_from_the_limit_is_decided_in_fractions(cv_in_floats, expected):
    values = Ratio(np.array([1, 3]), np.array([2, 2]), Fraction(1), np.array([True, True]))  # mean 1, S 0.5

    verdict = of_cvs(np.array([cv_in_floats]), Fraction(1, 2), values, np.array([7, 7]), np.array([0, 0]))

    assert verdict.tolist() == [expected]


@pytest.mark.parametrize(
    ("value", "expected"), [(2.345, "2.35"), (2.675, "2.68"), (-0.005, "-0.01"), (7.0, "7.00")]
)
def test_printed_rounds_half_up_as_the_forms_do(value, expected):
    assert printed(value) == expected
