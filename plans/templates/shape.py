"""A checked template → the JSON shape of a plan that was read: units counted, gaps listed."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from plans.reading.draft import GapKind
from plans.templates.consistency import Table, measures_of
from plans.words import _

WHOLE = _("全文")


def in_shape(table: Table) -> dict[str, Any]:
    """The plan as the plan reading would give it, with ``targets`` and ``recurring`` beside."""
    return {
        "title": table["title"],
        "document_no": table["document_no"],
        "horizon": table["horizon"],
        "goals": table["goals"],
        "groups": [_group(group) for group in table["groups"]],
        "phases": table["phases"],
        "milestones": table["milestones"],
        "indicators": [{**row, "indicator_code": row["code"]} for row in table["indicators"]],
        "duties": table["duties"],
        "units": list(_counted_units(table)),
        "gaps": list(_gaps(table)),
        "targets": table["targets"],
        "recurring": table["recurring"],
    }


def _group(group: Table) -> dict[str, Any]:
    return {"title": group["title"], "measures": [_measure(measure) for measure in group["measures"]]}


def _measure(measure: Table) -> dict[str, Any]:
    units = measure["units"]
    texts = {key: measure[key] for key in ("no", "title", "text")}
    return {**texts, "units": units, "paragraph": None, "lead": units[:1], "support": units[1:]}


def _counted_units(table: Table) -> Iterator[dict[str, Any]]:
    measures = _times_named(measures_of(table))
    indicators, duties = _times_named(table["indicators"]), _times_named(table["duties"])
    for unit in table["units"]:
        name = unit["name"]
        yield {
            **unit,
            "measures": measures[name],
            "indicators": indicators[name],
            "has_duty": duties[name] > 0,
        }


def _times_named(rows: list[Table]) -> Counter[str]:
    return Counter(unit for row in rows for unit in row["units"])


def _gaps(table: Table) -> Iterator[dict[str, str]]:
    if table["document_no"] is None:
        yield _gap(GapKind.NO_DOCUMENT_NO, WHOLE, _("模板没有文号，印发后请补填。"))
    for phase in table["phases"]:
        if phase["start"] is None:
            yield _gap(GapKind.PHASE_WITHOUT_START, phase["title"], _("没有写明开始时间，请补填。"))
    yield from _unit_gaps(measures_of(table))
    if not table["indicators"]:
        yield _gap(GapKind.NO_INDICATORS, WHOLE, _("没有指标分工表，请指定各指标的责任单位。"))
    if not table["duties"]:
        yield _gap(GapKind.NO_DUTIES, WHOLE, _("没有单位职责，请按本县分工补充。"))


def _unit_gaps(measures: list[Table]) -> Iterator[dict[str, str]]:
    without = [measure for measure in measures if not measure["units"]]
    if len(without) == len(measures):
        yield _gap(
            GapKind.NO_UNITS,
            WHOLE,
            _("%(n_measures)s项措施都没有责任单位，请逐项指定。", n_measures=len(measures)),
        )
        return
    for measure in without:
        where = f"{measure['no']}. {measure['title']}"
        yield _gap(GapKind.MEASURE_WITHOUT_UNITS, where, _("没有责任单位，请指定牵头单位。"))


def _gap(kind: GapKind, where: str, message: str) -> dict[str, str]:
    return {"kind": kind.value, "where": where, "message": message}
