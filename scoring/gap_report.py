"""Everything that a county lacks, in one report: gaps, choices, drivers of spreads, ledgers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from scoring.assessment import Assessment
from scoring.drivers import spread_drivers
from scoring.exempt import section_choices
from scoring.gaps import section_gaps
from scoring.ledgers import met_ledger, unmet_ledger


@dataclass(frozen=True)
class GapReport:
    """Frames as ``section_gaps``, ``section_choices``, ``unmet_ledger`` and ``met_ledger`` describe them.

    gaps : only sections and indicators that lack something. drivers : as ``spread_drivers``, with code and
        stage in front, of every spread that is over its limit.
    """

    gaps: pd.DataFrame
    choices: pd.DataFrame
    drivers: pd.DataFrame
    unmet: pd.DataFrame
    met: pd.DataFrame

    def to_json(self) -> dict[str, Any]:
        """A list of rows a frame; missing numbers as None."""
        return {
            name: [_plain_row(row) for row in frame.to_dict("records")] for name, frame in vars(self).items()
        }


def gap_report(assessment: Assessment, unit_costs: Mapping[str, float] | None = None) -> GapReport:
    """The report of one county; unit costs as in ``section_choices``. Raises MissingUnitCost."""
    gaps = section_gaps(assessment)
    return GapReport(
        gaps=gaps[gaps["gap"] > 0].reset_index(drop=True),
        choices=section_choices(assessment, unit_costs),
        drivers=_drivers(assessment),
        unmet=unmet_ledger(assessment),
        met=met_ledger(assessment),
    )


def _drivers(assessment: Assessment) -> pd.DataFrame:
    rows = assessment.indicators
    over = rows[rows["cv_verdict"] == "not_met"]
    frames = []
    for code, stage in zip(over["code"], over["stage"], strict=True):
        drivers = spread_drivers(assessment, code, stage)
        drivers.insert(0, "code", code)
        drivers.insert(1, "stage", stage)
        frames.append(drivers)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _plain_row(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): None if isinstance(one, float) and np.isnan(one) else one for key, one in row.items()}
