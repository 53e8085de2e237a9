"""Tasks of the example county that works by the plan to 2029."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from plans.templates.errors import BadTemplate
from plans.templates.form import Form, check_form, note, one_of, percent, text, whole
from plans.templates.loader import FOLDER, load_template
from plans.templates.plan_form import CODES
from plans.templates.strict_yaml import read_yaml

STATES = ("assigned", "working", "submitted", "closed", "returned")
_TASK: Form = {
    "title": text,
    "details": text,
    "measure": whole,
    "lead": text,
    "supports": [text],
    "indicators": [one_of(*CODES)],
    "due_in_days": whole,
    "percent": percent,
    "note": note,
    "state": one_of(*STATES),
    "return_reason": note,
}


@dataclass(frozen=True)
class DemoTask:
    """One task as the demo shall show it; units under the names of the plan to 2029."""

    title: str
    details: str
    measure: int  # number of the measure in the plan
    lead: str
    supports: tuple[str, ...]
    indicators: tuple[str, ...]
    due_in_days: int  # from the day of loading; negative = overdue
    percent: int  # 0 to 100
    note: str  # latest report in words; empty = none yet
    state: str  # one of STATES; returned = sent back and in work again
    return_reason: str  # empty unless returned


def load_demo_work() -> list[DemoTask]:
    """The tasks of the example county, in the order of the ledger. Raises BadTemplate."""
    return read_demo_work(FOLDER / "demo-work.yaml")


def read_demo_work(file: Path) -> list[DemoTask]:
    """One file of tasks, checked against the plan to 2029. Raises BadTemplate."""
    table = read_yaml(file)
    check_form(file.name, table, {"tasks": [_TASK]})
    plan = load_template("to-2029")
    for row in table["tasks"]:
        _check_task(f"{file.name} › {row['title']}", row, plan)
    return [_demo_task(row) for row in table["tasks"]]


def _check_task(place: str, row: dict[str, Any], plan: dict[str, Any]) -> None:
    units = {unit["name"] for unit in plan["units"]}
    numbers = {measure["no"] for group in plan["groups"] for measure in group["measures"]}
    if strange := [name for name in (row["lead"], *row["supports"]) if name not in units]:
        raise BadTemplate(place, f"方案中没有单位 {'、'.join(strange)}")
    if row["lead"] in row["supports"]:
        raise BadTemplate(place, f"{row['lead']}不能既牵头又配合")
    if row["measure"] not in numbers:
        raise BadTemplate(place, f"方案中没有第{row['measure']}项措施")
    if bool(row["return_reason"]) != (row["state"] == "returned"):
        raise BadTemplate(place, "退回的任务须写明退回理由，其他任务不写")
    if (row["percent"] > 0) != bool(row["note"]) or (row["percent"] > 0) == (row["state"] == "assigned"):
        raise BadTemplate(place, "待签收的任务没有进展，其他任务须有进展和说明")


def _demo_task(row: dict[str, Any]) -> DemoTask:
    values = {field.name: row[field.name] for field in fields(DemoTask)}
    lists = {key: tuple(row[key]) for key in ("supports", "indicators")}
    return DemoTask(**{**values, **lists})
