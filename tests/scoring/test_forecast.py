"""Projections: straight, flat, falling, noisy, bounded, with a year missing, and with too little to tell."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.forecast import project
from scoring.targets import Direction


def _series(first, *figures):
    return pd.Series(figures, index=range(first, first + len(figures)), dtype=float)


def test_straight_line_crosses_in_its_year_without_a_band():
    shown = project(_series(2021, 4.0, 4.2, 4.4, 4.6), 5.0, 2030)

    assert (shown.crosses, shown.earliest, shown.latest) == (2026, 2026, 2026)
    assert shown.slope == pytest.approx(0.2)
    assert shown.table.index.tolist() == list(range(2025, 2031))
    assert shown.table.loc[2026].tolist() == pytest.approx([5.0, 5.0, 5.0])
    assert (
        shown.sentence == "按 2021—2024 年走势每年提高 0.20，预计 2026 年达到（最早 2026 年，最迟 2026 年）。"
    )


def test_missing_year_keeps_its_place():
    assert project(_series(2021, 4.0, np.nan, 4.4, 4.6), 5.0, 2030).crosses == 2026


@pytest.mark.parametrize("figures", [(), (4.0,), (4.0, 4.2), (4.0, np.nan, 4.4)])
def test_fewer_than_three_known_years_tell_nothing(figures):
    shown = project(_series(2021, *figures), 5.0, 2030)

    n_known = int(np.isfinite(np.array(figures, dtype=float)).sum())
    assert shown.sentence == f"只有 {n_known} 年数据，至少要 3 年才能推算走势。"
    assert (np.isnan(shown.slope), shown.table.empty, shown.crosses) == (True, True, None)


def test_flat_line_never_gets_there():
    shown = project(_series(2021, 4.0, 4.0, 4.0), 5.0, 2032)

    assert (shown.crosses, shown.earliest, shown.latest) == (None, None, None)
    assert shown.sentence == "按 2021—2023 年走势基本持平，到 2032 年达不到。"


def test_target_already_reached_names_the_last_year():
    shown = project(_series(2021, 5.5, 5.2, 5.0), 5.0, 2032)

    assert (shown.crosses, shown.sentence) == (2023, "2023 年已达到 5.00。")


def test_falling_cv_crosses_from_above():
    shown = project(_series(2021, 0.62, 0.59, 0.56), 0.50, 2030, direction=Direction.AT_MOST, decimals=3)

    assert shown.crosses == 2025
    assert shown.sentence.startswith("按 2021—2023 年走势每年降低 0.030，预计 2025 年达到")


def test_trend_stops_at_the_physical_bounds():
    falling = project(_series(2021, 3.0, 2.0, 1.0), 9.0, 2030)
    rising = project(_series(2021, 90.0, 94.0, 98.0), 101.0, 2030, highest=100.0)

    assert falling.table.loc[2030].tolist() == [0, 0, 0]
    assert rising.table.loc[2030].tolist() == [100, 100, 100]
    assert rising.crosses is None


def test_noise_widens_the_band_and_parts_the_years():
    shown = project(_series(2018, 4.0, 4.15, 4.2, 4.45, 4.5, 4.6), 5.2, 2040)

    assert shown.earliest < shown.crosses < shown.latest


def test_one_odd_year_does_not_turn_the_trend():
    assert project(_series(2018, 4.0, 4.1, 4.2, 9.9, 4.4, 4.5, 4.6), 5.0, 2030).slope == pytest.approx(0.1)


def test_horizon_before_the_crossing_says_so():
    shown = project(_series(2021, 4.0, 4.2, 4.4), 6.0, 2026)

    assert (shown.crosses, shown.sentence) == (None, "按 2021—2023 年走势每年提高 0.20，到 2026 年达不到。")


@given(st.lists(st.floats(0, 100), min_size=3, max_size=12))
def test_band_holds_the_middle_and_stays_within_bounds(figures):
    table = project(_series(2010, *figures), 50.0, 2040, highest=100.0).table

    assert ((table["low"] <= table["middle"]) & (table["middle"] <= table["high"])).all()
    assert table.to_numpy().min() >= 0
    assert table.to_numpy().max() <= 100
