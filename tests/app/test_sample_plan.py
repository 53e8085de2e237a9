"""The sample plan is read by the system that it is to be tried with."""

from pathlib import Path

import pytest

from app.starting.sample_plan import sample_plan
from plans.reading import read_plan


@pytest.mark.parametrize(("first", "horizon"), [(2026, 2029), (2026, 2032), (2026, 2026)])
def test_sample_plan_is_read_without_gaps(tmp_path: Path, first: int, horizon: int) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(sample_plan(first, horizon).getvalue())

    found = read_plan(file)

    assert found.gaps == ()
    assert found.horizon == max(horizon, 2029)  # three years at least, so that the phases fit
    assert [len(part) for part in (found.measures, found.phases, found.milestones)] == [10, 3, 2]
    assert [row.indicator_code for row in found.indicators] == ["R1", "R4", "R5", "R6", "Q1"]
