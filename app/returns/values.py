"""One year's figures as plain values: the form between frames, rows and snapshots.

A missing figure is an absent key here, NaN in a frame; it is never zero.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from scoring.elements import ELEMENTS
from scoring.measures import ROOM_LABELS, Measures

Value = int | float | str
Room = dict[str, Any]  # {kind, area_m2}
SCHOOL_ELEMENTS = tuple(e.code for e in ELEMENTS.values() if e.level == "school" and e.code != "school_code")
COUNTY_ELEMENTS = tuple(e.code for e in ELEMENTS.values() if e.level == "county")


@dataclass(frozen=True)
class YearValues:
    """What a county and its schools say about one year."""

    schools: Mapping[str, Mapping[str, Value]]  # school code → element → value
    rooms: Mapping[str, list[Room]]  # school code → its music and art rooms; no key: not told
    county: Mapping[str, Value]

    def to_json(self) -> dict[str, Any]:
        """Plain and in one order, so that equal data give equal text."""
        return {
            "schools": {code: dict(sorted(values.items())) for code, values in sorted(self.schools.items())},
            "rooms": {code: rooms for code, rooms in sorted(self.rooms.items()) if rooms},
            "county": dict(sorted(self.county.items())),
        }

    @classmethod
    def from_json(cls, table: Mapping[str, Any]) -> "YearValues":
        """The opposite of ``to_json``."""
        return cls(table["schools"], table["rooms"], table["county"])

    @property
    def sha256(self) -> str:
        """Hash of the data, whatever the order in which they came."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def values_of(measures: Measures) -> YearValues:
    """The figures of frames, as a workbook gave them."""
    codes = measures.schools["school_code"].tolist()
    elements = covered_elements(measures)
    rows = measures.schools[elements].to_dict("records")
    schools = {code: _known(row) for code, row in zip(codes, rows, strict=True)}
    return YearValues(schools, _rooms_by_school(measures.rooms), _known(measures.county))


def covered_elements(measures: Measures) -> list[str]:
    """Elements of schools that the frames have a column for; the others were not asked."""
    return [code for code in SCHOOL_ELEMENTS if code in measures.schools]


def measures_of(values: YearValues) -> Measures:
    """Frames for scoring: every element has its column, what is missing is NaN or empty text."""
    records = [{"school_code": code, **row} for code, row in values.schools.items()]
    schools = pd.DataFrame(records, columns=["school_code", *SCHOOL_ELEMENTS])
    typed = {code: _typed(schools[code]) for code in schools}
    rooms = [{"school_code": code, **room} for code, listed in values.rooms.items() for room in listed]
    county = {code: float(value) for code, value in values.county.items()}
    return Measures(pd.DataFrame(typed), county, _rooms_frame(rooms))


def _known(row: Mapping[Any, Any]) -> dict[str, Value]:
    return {code: _plain(value) for code, value in row.items() if not pd.isna(value) and value != ""}


def _plain(value: Any) -> Value:
    # 45 and 45.0 are the same figure; one form keeps hashes and comparisons honest.
    if isinstance(value, str):
        return value
    return int(value) if float(value).is_integer() else float(value)


def _rooms_by_school(rooms: pd.DataFrame) -> dict[str, list[Room]]:
    ordered = rooms.sort_values(["school_code", "kind", "area_m2"])
    listed: dict[str, list[Room]] = {}
    for code, kind, area in ordered[list(ROOM_LABELS)].itertuples(index=False):
        listed.setdefault(code, []).append({"kind": kind, "area_m2": _plain(area)})
    return listed


def _typed(column: "pd.Series[Any]") -> "pd.Series[Any]":
    if ELEMENTS[str(column.name)].is_number:
        return column.astype("float64")
    return column.astype("str").where(column.notna(), "")


def _rooms_frame(rooms: list[Room]) -> pd.DataFrame:
    frame = pd.DataFrame(rooms, columns=list(ROOM_LABELS))
    return frame.astype({"school_code": "str", "kind": "str", "area_m2": "float64"})
