"""What a county measured in one year, and the checks that the web form and the workbook share."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from scoring.elements import ELEMENTS
from scoring.entry_rules import broken_rules, figure_faults
from scoring.errors import Problem
from scoring.standard import Standard
from scoring.words import _

SCHOOLS_SHEET, COUNTY_SHEET, ROOMS_SHEET = _("学校"), _("县级"), _("专用教室")
ROOM_KINDS = {"music": _("音乐"), "art": _("美术")}
ROOM_LABELS = {"school_code": _("学校标识码"), "kind": _("类别"), "area_m2": _("面积(㎡)")}


def no_rooms() -> pd.DataFrame:
    """An empty frame of special classrooms."""
    columns = {"school_code": str, "kind": str, "area_m2": float}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})


@dataclass(frozen=True)
class Measures:
    """Figures of one county and year. Missing is NaN (text: empty), never zero.

    schools : one row a school, columns = element codes of level school (any subset); text columns as str,
        figures as float64. The index is the row number on the sheet (2 = first school).
    county : element code → figure; a missing element is absent.
    rooms : one row a special classroom: ``school_code``, ``kind`` (music, art), ``area_m2``; index as above.
    """

    schools: pd.DataFrame
    county: dict[str, float] = field(default_factory=dict)
    rooms: pd.DataFrame = field(default_factory=no_rooms)


def check_measures(measures: Measures, standard: Standard) -> list[Problem]:
    """What is wrong (``error``) or doubtful (``warning``) in figures that are to be assessed.

    The same for the web form and the workbook; in a problem, ``row`` is the label of the frame's index and
    ``column`` the Chinese header. A blank is no error: the indicators that need it come out as ``no_data``.
    """
    return [
        *_school_problems(measures),
        *_county_problems(measures),
        *_room_problems(measures),
        *_gaps(measures, standard),
    ]


def _school_problems(measures: Measures) -> Iterator[Problem]:
    for finding in broken_rules(measures.schools):
        label = ELEMENTS[finding.code].label
        yield Problem(SCHOOLS_SHEET, int(finding.row), label, finding.message, finding.severity)


def _county_problems(measures: Measures) -> Iterator[Problem]:
    for code, figure in measures.county.items():
        if code not in ELEMENTS:
            yield Problem(COUNTY_SHEET, None, code, _("未知的数据项"))
            continue
        for _row, message, severity in figure_faults(pd.Series([float(figure)]), ELEMENTS[code]):
            yield Problem(COUNTY_SHEET, None, ELEMENTS[code].label, message, severity)


def _room_problems(measures: Measures) -> Iterator[Problem]:
    rooms = measures.rooms
    known = set(measures.schools.get("school_code", pd.Series(dtype=str)))
    rules = [
        ("school_code", ~rooms["school_code"].isin(known), _("学校表中没有此学校标识码")),
        ("kind", ~rooms["kind"].isin(ROOM_KINDS), _("只能填 音乐、美术")),
        ("area_m2", rooms["area_m2"] <= 0, _("须大于 0")),
        ("area_m2", rooms["area_m2"] > 10_000, _("超过允许的最大值 %(most)s", most="10,000")),
    ]
    for column, mask, message in rules:
        for row in rooms.index[mask]:
            shown = _("（填报为 %(given)s）", given=rooms.loc[row, column])
            yield Problem(ROOMS_SHEET, int(row), ROOM_LABELS[column], message + shown)


def _gaps(measures: Measures, standard: Standard) -> Iterator[Problem]:
    yield from _owner_gaps(measures, standard)
    for element in standard.elements:
        if element.level == "school" and element.code not in measures.schools and len(measures.schools):
            message = _("没有此列，%(codes)s 按缺数据处理", codes=standard.users_of(element))
            yield Problem(SCHOOLS_SHEET, None, element.label, message, "warning")


def _owner_gaps(measures: Measures, standard: Standard) -> Iterator[Problem]:
    schools = measures.schools
    if not standard.inclusion.owners:
        return
    given = schools.get("owner_code", pd.Series("", index=schools.index, dtype=str)).fillna("")
    for row in schools.index[(given == "").to_numpy()]:
        message = _("未填，按县级举办计入；如为民办或非县级举办的学校，请补填")
        yield Problem(SCHOOLS_SHEET, int(row), ELEMENTS["owner_code"].label, message, "warning")
