"""The parts of a draft as lists of rows, each row under a key that outlives corrections.

A draft (the JSON of ``plans.reading``) nests measures in groups and writes goals as bare texts; here every
part is a list of dicts with ``key``, a measure with the title of its ``group``.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from typing import Any

from plans.errors import NotFound
from plans.words import _

Body = Mapping[str, Any]
Row = dict[str, Any]


class Part(StrEnum):
    """What can be corrected, and what can be locked."""

    HEAD = "head"
    GOALS = "goals"
    MEASURES = "measures"
    PHASES = "phases"
    MILESTONES = "milestones"
    INDICATORS = "indicators"
    DUTIES = "duties"


PART_NAMES = {
    Part.HEAD: _("标题和目标年份"),
    Part.GOALS: _("工作目标"),
    Part.MEASURES: _("措施"),
    Part.PHASES: _("阶段"),
    Part.MILESTONES: _("节点"),
    Part.INDICATORS: _("指标分工"),
    Part.DUTIES: _("单位职责"),
}
HEAD_KEY = "head-1"
HEAD_FIELDS = ("title", "document_no", "horizon")
LISTS = tuple(part for part in Part if part is not Part.HEAD)
NUMBERED_BY_MEASURE = ("targets", "recurring")  # lists of a template that point at measures by number


def keyed(body: Body) -> dict[str, Any]:
    """The draft with a key on every row; keys that are there already stay."""
    for part in LISTS:
        body = with_rows(body, part, _with_keys(part, _bare_rows(body, part)))
    return dict(body)


def rows_of(body: Body, part: Part) -> list[Row]:
    """The rows of a part of a keyed draft; the head is one row."""
    if part is Part.HEAD:
        return [{"key": HEAD_KEY, **{field: body[field] for field in HEAD_FIELDS}}]
    return _bare_rows(body, part)


def with_rows(body: Body, part: Part, rows: Sequence[Row]) -> dict[str, Any]:
    """The draft with other rows in a part."""
    if part is Part.HEAD:
        return {**body, **{field: rows[0][field] for field in HEAD_FIELDS}}
    if part is Part.GOALS:
        return {**body, "goals": [row["text"] for row in rows], "goal_sources": list(rows)}
    if part is Part.MEASURES:
        return _with_measures(body, rows)
    return {**body, part.value: list(rows)}


def find_row(body: Body, part: Part, key: str) -> Row:
    """The row under a key.

    Raises NotFound.
    """
    for row in rows_of(body, part):
        if row["key"] == key:
            return row
    raise NotFound(_("行"))


def new_key(part: Part, *bodies: Body) -> str:
    """A key that no row of the part has, or had in any of the bodies."""
    numbers = [_number(row["key"]) for body in bodies for row in rows_of(body, part)]
    return f"{part.value}-{max(numbers, default=0) + 1}"


def _bare_rows(body: Body, part: Part) -> list[Row]:
    if part is Part.GOALS:
        bare = ({"text": goal, "paragraph": None, "targets": []} for goal in body["goals"])
        return list(body.get("goal_sources") or bare)
    if part is Part.MEASURES:
        return [{**row, "group": group["title"]} for group in body["groups"] for row in group["measures"]]
    return list(body[part.value])


def _with_keys(part: Part, rows: Sequence[Row]) -> list[Row]:
    taken = max((_number(row["key"]) for row in rows if "key" in row), default=0)
    return [
        row if "key" in row else {**row, "key": f"{part.value}-{taken + place}"}
        for place, row in enumerate(rows, 1)
    ]


def _number(key: str) -> int:
    return int(key.rpartition("-")[2])


def _with_measures(body: Body, rows: Sequence[Row]) -> dict[str, Any]:
    known = {group["title"]: group for group in body["groups"]}
    order = list(dict.fromkeys(row["group"] for row in rows))
    placed = sorted(rows, key=lambda row: order.index(row["group"]))
    groups = [
        {**known.get(title, {"paragraph": None}), "title": title, "measures": [_bare(row) for row in members]}
        for title, members in groupby(placed, lambda row: row["group"])
    ]
    return {**body, "groups": groups, **_renumbered(body, placed)}


def _bare(row: Row) -> Row:
    return {field: value for field, value in row.items() if field != "group"}


def _renumbered(body: Body, placed: Sequence[Row]) -> dict[str, Any]:
    """Targets and recurring duties of a template follow their measure to its new number, or leave with it."""
    old = {no: row.get("key") for no, row in enumerate(_bare_rows(body, Part.MEASURES), 1)}
    if None in old.values():
        return {}  # keys are only now being given: nothing has moved
    new = {row["key"]: no for no, row in enumerate(placed, 1)}
    return {
        name: [
            {**row, "measure": new[old[row["measure"]]]}
            for row in body[name]
            if old.get(row["measure"]) in new
        ]
        for name in NUMBERED_BY_MEASURE
        if name in body
    }
