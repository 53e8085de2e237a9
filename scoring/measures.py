"""What a county measured in one year, and the checks that the web form and the workbook share."""

from dataclasses import dataclass, field

import pandas as pd

ROOM_COLUMNS = ("school_code", "kind", "area_m2")
ROOM_KINDS = {"音乐": "music", "美术": "art", "music": "music", "art": "art"}


def no_rooms() -> pd.DataFrame:
    """An empty frame of special classrooms."""
    return pd.DataFrame(
        {"school_code": pd.Series(dtype=str), "kind": pd.Series(dtype=str), "area_m2": pd.Series(dtype=float)}
    )


@dataclass(frozen=True)
class Measures:
    """Figures of one county and year. Missing is NaN (text: empty), never zero.

    schools : one row a school, columns = element codes of level school (any subset); text columns as str,
        figures as float64. The index is the row number on the sheet (2 = first school).
    county : element code → figure; a missing element is absent.
    rooms : one row a special classroom: ``school_code``, ``kind`` (music, art), ``area_m2``.
    """

    schools: pd.DataFrame
    county: dict[str, float] = field(default_factory=dict)
    rooms: pd.DataFrame = field(default_factory=no_rooms)
