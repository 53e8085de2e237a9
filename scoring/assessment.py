"""The result of an assessment: frames for pages and documents, JSON for everybody else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from scoring.evidence import Evidence
from scoring.measures import Measures
from scoring.standard import Relaxation, Standard

_INDICATOR_KEYS = (
    "code", "stage", "mean", "sd", "cv", "cv_limit", "cv_verdict", "schools_met", "schools", "rounding_flips",
)  # fmt: skip
_ITEM_KEYS = (
    "code", "verdict", "value", "reason", "clause", "failing", "warnings", "settings", "relaxed", "parts",
)  # fmt: skip
_SECTION_KEYS = ("school_code", "school_name", "stage", "students")
_LIST_KEYS = ("met", "missed", "below_floor", "relaxed", "verdict")


@dataclass(frozen=True)
class CountyResult:
    """The county as a whole."""

    verdict: str
    schools_passing: Mapping[str, tuple[int, int]]  # stage → sections that pass, of all; empty = no such rule
    composite_cv: Mapping[str, float]  # stage → mean of the CVs; NaN = missing


@dataclass(frozen=True)
class Assessment:
    """One county judged by one standard. The frames are described where they are made:

    sections, indicators : ``scoring.frames``. items : ``scoring.rollup.items_frame``.
    """

    standard: Standard
    measures: Measures
    relaxations: tuple[Relaxation, ...]
    on: date | None
    county: CountyResult
    sections: pd.DataFrame
    indicators: pd.DataFrame
    items: pd.DataFrame
    evidence: Evidence = field(default_factory=Evidence)

    def to_json(self) -> dict[str, Any]:
        """Plain lists, dicts, strings and numbers; numbers unrounded, missing as None."""
        standard = {
            "id": self.standard.id,
            "version": self.standard.version,
            "sha256": self.standard.sha256,
            "variants": list(self.standard.variants),
        }
        passing = {stage: list(pair) for stage, pair in self.county.schools_passing.items()}
        county = {
            "verdict": self.county.verdict,
            "schools_passing": passing or None,
            "composite_cv": {stage: _plain(cv) for stage, cv in self.county.composite_cv.items()},
            "indicators": _records(self.indicators, _INDICATOR_KEYS),
            "items": _records(self.items, _ITEM_KEYS),
        }
        relaxations = [relaxation.code for relaxation in self.relaxations]
        return {
            "standard": standard,
            "relaxations": relaxations,
            "county": county,
            "sections": self._sections_json(),
        }

    def _sections_json(self) -> list[dict[str, Any]]:
        heads = _records(self.sections, _SECTION_KEYS)
        values = _records(self.sections, self.standard.codes)
        tails = _records(self.sections, _LIST_KEYS)
        return [
            {**head, "students": _whole(head["students"]), "values": value, **tail}
            for head, value, tail in zip(heads, values, tails, strict=True)
        ]


def _records(frame: pd.DataFrame, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    rows = zip(*(frame[key].tolist() for key in keys), strict=True)
    return [{key: _plain(value) for key, value in zip(keys, row, strict=True)} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and np.isnan(value) else value


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
