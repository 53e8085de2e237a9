"""Actual figures against a path: on it, beside it, past its end, and without data."""

import numpy as np
import pandas as pd
import pytest

from scoring.errors import BadTarget
from scoring.targets import Direction, Progress, Status, TargetPath, progress

RISING = TargetPath(2022, 4.0, 2032, 5.0)
FALLING = TargetPath(2022, 0.60, 2026, 0.50, Direction.AT_MOST)


def _status(path, year, figure):
    return progress(path, pd.Series({year: figure}), year, unit="").status


@pytest.mark.parametrize(
    ("year", "figure", "expected"),
    [
        (2025, 5.0, Status.MET),
        (2025, 4.3, Status.ON_TRACK),  # exactly on the path
        (2025, 4.1 + 0.2, Status.ON_TRACK),  # … but for float dust
        (2025, 4.29999, Status.BEHIND),
        (2025, 4.2, Status.BEHIND),  # exactly a year late
        (2025, 4.19999, Status.AT_RISK),
        (2025, np.nan, Status.NO_DATA),
        (2022, 3.9, Status.BEHIND),  # below the baseline in its own year
        (2032, 4.99999, Status.AT_RISK),
        (2032, 5.0, Status.MET),
        (2040, 4.9, Status.AT_RISK),
        (2021, 3.0, Status.ON_TRACK),  # the path has not begun
    ],
)
def test_status_on_a_rising_path(year, figure, expected):
    assert _status(RISING, year, figure) == expected


@pytest.mark.parametrize(
    ("year", "figure", "expected"),
    [
        (2024, 0.55, Status.ON_TRACK),
        (2024, 0.551, Status.BEHIND),
        (2024, 0.575, Status.BEHIND),
        (2024, 0.576, Status.AT_RISK),
        (2024, 0.50, Status.MET),
    ],
)
def test_status_where_less_is_better(year, figure, expected):
    assert _status(FALLING, year, figure) == expected


@pytest.mark.parametrize(
    ("year", "figure", "expected"),
    [
        (2025, 4.1, Status.BEHIND),  # exactly two years late
        (2025, 4.09999, Status.AT_RISK),
        (2023, 3.9, Status.BEHIND),  # two years ago the path had not begun
    ],
)
def test_status_where_two_years_late_are_at_risk(year, figure, expected):
    found = progress(RISING, pd.Series({year: figure}), year, unit="", late_years=2)

    assert found.status == expected


@pytest.mark.parametrize(
    ("year", "due"), [(2022, 4.0), (2024, 4.0), (2025, 4.4), (2027, 4.4), (2028, 4.8), (2032, 5.0)]
)
def test_steps_hold_until_the_next(year, due):
    assert TargetPath(2022, 4.0, 2032, 5.0, steps={2028: 4.8, 2025: 4.4}).target_at(year) == due


def test_progress_says_what_is_still_needed_a_year():
    shown = progress(RISING, pd.Series({2024: 4.1, 2026: 4.2}), 2026, unit="人/百生")

    sentence = (
        "2026 年实际 4.20 人/百生，当年应达到 4.40 人/百生，落后一年以上；"
        "到 2032 年达到 5.00 人/百生，还须每年提高 0.13 人/百生。"
    )
    gain = (5.0 - 4.2) / 6
    assert shown == Progress(Status.AT_RISK, sentence, 2026, 4.2, 4.4, gain)


def test_gain_is_negative_where_less_is_better():
    shown = progress(FALLING, pd.Series({2024: 0.58}), 2024, unit="", decimals=3)

    assert shown.yearly_gain == pytest.approx(-0.04)
    assert shown.sentence.endswith("到 2026 年达到 0.500，还须每年降低 0.040。")


def test_target_reached_needs_nothing_more():
    assert progress(RISING, pd.Series({2024: 5.2}), 2024, unit="").yearly_gain == 0


def test_no_gain_can_be_told_once_the_horizon_is_there():
    shown = progress(RISING, pd.Series({2032: 4.0}), 2032, unit="")

    assert np.isnan(shown.yearly_gain)
    assert shown.sentence == "2032 年实际 4.00，目标 5.00 已于 2032 年到期，尚未达到。"


def test_year_without_a_figure_has_no_data_though_others_have():
    shown = progress(RISING, pd.Series({2024: 4.2, 2026: 4.4}), 2025, unit="")

    assert (shown.status, np.isnan(shown.actual), shown.due) == (Status.NO_DATA, True, 4.3)


@pytest.mark.parametrize(("horizon", "steps"), [(2022, {}), (2032, {2022: 4.1}), (2032, {2032: 4.9})])
def test_path_that_leads_nowhere_is_refused(horizon, steps):
    with pytest.raises(BadTarget, match="须"):
        TargetPath(2022, 4.0, horizon, 5.0, steps=steps)
