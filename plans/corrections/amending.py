"""New values for a row: cleaned, checked, and with what follows from them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from plans.corrections.errors import BadCorrection
from plans.corrections.parts import Body, Part, Row
from plans.months import first_day, last_day
from plans.reading.assignments import Assignment
from plans.reading.measures import make_measure
from plans.words import _

FIELDS: Mapping[Part, tuple[str, ...]] = {
    Part.HEAD: ("title", "document_no", "horizon"),
    Part.GOALS: ("text",),
    Part.MEASURES: ("group", "title", "text", "lead", "support"),
    Part.PHASES: ("title", "start", "end", "steps"),
    Part.MILESTONES: ("due", "text", "phase"),
    Part.INDICATORS: ("code", "indicator_code", "group", "text", "units"),
    Part.DUTIES: ("units", "text"),
}
UNIT_FIELDS = ("units", "lead", "support")
NEEDED: Mapping[Part, tuple[tuple[str, str], ...]] = {
    Part.HEAD: (("title", _("请填写方案标题。")),),
    Part.GOALS: (("text", _("请填写工作目标。")),),
    Part.MEASURES: (("title", _("请填写措施。")), ("group", _("请填写所属方面。"))),
    Part.PHASES: (("title", _("请填写阶段名称。")),),
    Part.MILESTONES: (("due", _("请填写节点时限。")), ("text", _("请填写节点内容。"))),
    Part.INDICATORS: (("text", _("请填写指标内容。")),),
    Part.DUTIES: (("units", _("请填写单位。")), ("text", _("请填写职责。"))),
}
FIRST_YEAR, LAST_YEAR = 2017, 2050  # the first: the national standard was issued then
BLANK: Mapping[Part, Row] = {
    Part.GOALS: {"text": "", "paragraph": None, "targets": []},
    Part.MEASURES: {"no": None, "group": "", "title": "", "text": "", "units": [], "paragraph": None}
    | {"lead": [], "support": [], "due": None, "recurrence": [], "targets": []},
    Part.PHASES: {"title": "", "start": None, "end": None, "steps": [], "paragraph": None},
    Part.MILESTONES: {"due": "", "text": "", "phase": "", "paragraph": None},
    Part.INDICATORS: {"code": None, "indicator_code": None, "group": None, "text": "", "units": []}
    | {"paragraph": None},
    Part.DUTIES: {"units": [], "text": "", "paragraph": None},
}
_DAY = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?")


def editable(part: Part, row: Row) -> dict[str, Any]:
    """What of a row can be changed, as ``amended`` takes it; units named neither way count as support."""
    values = {field: row.get(field) for field in FIELDS[part]}
    if part is Part.MEASURES:
        lead = list(row.get("lead") or [])[:1]
        values |= {"lead": lead, "support": [unit for unit in row["units"] if unit not in lead]}
    return values


def amended(body: Body, part: Part, row: Row, values: Mapping[str, Any]) -> Row:
    """The row with new values. Unit names are taken under any of their names.

    Raises BadCorrection.
    """
    names = _Names(body)
    clean = {
        field: names.settle(value) if field in UNIT_FIELDS else _clean(value)
        for field, value in values.items()
    }
    _check(part, clean)
    return _FOLLOW.get(part, lambda row, clean: {**row, **clean})(row, clean)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list):
        return [text.strip() for text in value if text.strip()]
    return value


class _Names:
    """The units of a draft under any of their names."""

    def __init__(self, body: Body) -> None:
        self._known = {alias: unit["name"] for unit in body["units"] for alias in unit["aliases"]}

    def settle(self, names: Sequence[str]) -> list[str]:
        stripped = [name.strip() for name in names if name.strip()]
        return list(dict.fromkeys(self._known.get(name, name) for name in stripped))


def _check(part: Part, values: Mapping[str, Any]) -> None:
    for field, message in NEEDED[part]:
        if not values[field]:
            raise BadCorrection(field, message)
    for field in ("start", "end", "due"):
        if values.get(field):
            _check_day(field, values[field])
    if values.get("start") and values.get("end") and first_day(values["start"]) > last_day(values["end"]):
        raise BadCorrection("end", _("结束时间早于开始时间，请核对。"))
    if values.get("horizon") and not FIRST_YEAR <= values["horizon"] <= LAST_YEAR:
        raise BadCorrection(
            "horizon",
            _(
                "目标年份应在 %(first_year)s 至 %(last_year)s 之间。",
                first_year=FIRST_YEAR,
                last_year=LAST_YEAR,
            ),
        )


def _check_day(field: str, written: str) -> None:
    problem = BadCorrection(field, _("时间应写作 2027-09 或 2027-09-30。"))
    if not _DAY.fullmatch(written):
        raise problem
    try:
        last_day(written)
    except ValueError:  # of the calendar: a thirteenth month, a 30 February
        raise problem from None


def _measure(row: Row, values: Row) -> Row:
    """A measure whose words changed promises anew: deadline, recurrence, targets."""
    lead = values["lead"][:1]
    support = [unit for unit in values["support"] if unit not in lead]
    changed = {**row, **values, "text": values["text"] or "", "lead": lead, "support": support}
    changed["units"] = [*lead, *support]
    if (changed["title"], changed["text"]) == (row["title"], row["text"]):
        return changed
    read = make_measure(
        None,
        changed["title"],
        changed["text"],
        row["paragraph"],
        Assignment(),
        f"{changed['title']}。{changed['text']}",
    )
    # What a row does not carry is told elsewhere in the draft: the duties and targets of a template.
    promised = {
        "due": read.due or row.get("due"),  # it may have stood in a column of its own
        "recurrence": list(read.recurrence),
        "targets": [{**asdict(target), "relation": target.relation.value} for target in read.targets],
    }
    return {**changed, **{field: value for field, value in promised.items() if field in row}}


def _phase(row: Row, values: Row) -> Row:
    """Steps keep what was read about them as long as their words stay."""
    if "step_sources" not in row:
        return {**row, **values}
    known = {step["text"]: step for step in row["step_sources"]}
    unknown: Row = {"paragraph": None, "recurrence": []}
    return {
        **row,
        **values,
        "step_sources": [known.get(text, {"text": text, **unknown}) for text in values["steps"]],
    }


def _milestone(row: Row, values: Row) -> Row:
    return {**row, **values, "phase": values["phase"] or ""}


def _indicator(row: Row, values: Row) -> Row:
    roles: Row = {
        field: [unit for unit in row[field] if unit in values["units"]]
        for field in ("lead", "support")
        if field in row
    }
    return {**row, **values, **roles}


_FOLLOW = {
    Part.MEASURES: _measure,
    Part.PHASES: _phase,
    Part.MILESTONES: _milestone,
    Part.INDICATORS: _indicator,
}
