"""Tasks of the example county."""

import re
from pathlib import Path

import pytest

from plans.templates import BadTemplate, load_demo_work, load_template
from plans.templates.demo import read_demo_work

TASK = """
tasks:
  - title: 更新设备
    details: 逐校更新。
    measure: 8
    lead: 县教育局
    supports: [县财政局]
    indicators: [R7]
    due_in_days: -6
    percent: 66
    note: 已到货
    state: returned
    return_reason: 缺验收单
"""


def _measures(plan):
    return [measure for group in plan["groups"] for measure in group["measures"]]


def _written(folder: Path, text: str) -> Path:
    file = folder / "small.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_demo_work_shows_every_state_and_light():
    tasks = load_demo_work()

    open_days = [task.due_in_days for task in tasks if task.state in ("assigned", "working", "returned")]

    assert {task.state for task in tasks} == {"assigned", "working", "submitted", "closed", "returned"}
    assert {-52, -21, -6} <= set(open_days)
    assert any(0 <= days <= 30 for days in open_days)
    assert any(days > 30 for days in open_days)
    assert any(task.state == "assigned" and task.due_in_days < 0 for task in tasks)


def test_demo_work_counts_about_thirty_different_tasks_of_many_units():
    tasks = load_demo_work()

    assert len(tasks) == len({task.title for task in tasks}) == 32
    assert len({task.lead for task in tasks}) >= 15
    assert all(task.percent == 100 for task in tasks if task.state in ("submitted", "closed"))


def test_demo_work_names_its_lead_among_the_units_of_the_measure():
    measures = {measure["no"]: measure["units"] for measure in _measures(load_template("to-2029"))}

    strangers = [task.title for task in load_demo_work() if task.lead not in measures[task.measure]]

    assert strangers == []


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("lead: 县教育局", "lead: 县体育局", "small.yaml › 更新设备）：方案中没有单位 县体育局"),
        ("supports: [县财政局]", "supports: [县教育局]", "县教育局不能既牵头又配合"),
        ("measure: 8", "measure: 26", "方案中没有第26项措施"),
        ("percent: 66", "percent: 101", "percent）：应为0到100的整数"),
        ("state: returned", "state: done", "state）：应为 assigned、"),
        ("return_reason: 缺验收单", 'return_reason: ""', "退回的任务须写明退回理由"),
        ("note: 已到货", 'note: ""', "待签收的任务没有进展"),
        ("[R7]", "[R9]", "indicators › 第1项）：应为 R1、"),
        ("due_in_days: -6", 'due_in_days: "-6"', "due_in_days）：应为整数"),
    ],
)
def test_broken_demo_task_is_refused_with_its_place(tmp_path, right, wrong, message):
    file = _written(tmp_path, TASK.replace(right, wrong, 1))

    with pytest.raises(BadTemplate, match=re.escape(message)):
        read_demo_work(file)
