"""The built-in plans: what they hold, and that a broken file is refused with its place."""

import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr

from plans.months import last_day
from plans.templates import TEMPLATES, BadTemplate, UnknownTemplate, load_template
from plans.templates.loader import FOLDER, read_template

KEYS = [
    "title",
    "document_no",
    "horizon",
    "goals",
    "groups",
    "phases",
    "milestones",
    "indicators",
    "duties",
    "units",
    "gaps",
    "targets",
    "recurring",
]
NAMES = [entry.name for entry in TEMPLATES]
CHINESE_NUMBERED = re.compile(r"^[一二三四五六七八九十]+、")
SMALL = """
title: 示例方案
document_no: null
horizon: 2029
goals: [目标]
units: [{name: 县教育局, aliases: [县教体局]}, {name: 县财政局, aliases: []}]
groups:
  - title: 条件
    measures:
      - {no: 1, title: 补齐设备, text: 设备达到2000元。, units: [县教育局, 县财政局]}
      - {no: 2, title: 开放场地, text: 周末开放。, units: []}
phases: [{title: 启动, start: null, end: "2022-12", steps: [动员]}]
milestones: [{due: "2022-12", text: 启动}]
indicators: [{code: R6, group: 资源配置, text: 设备值, units: [县财政局]}]
duties: [{units: [县教育局], text: 统筹。}]
targets:
  - {indicator_code: R6, stage: primary, at_least: "2000", national: "2000", unit: 元/生, due: "2022-12", measure: 1, text: 设备达到2000元}
recurring: [{title: 调度, every: 每月, rule: "FREQ=MONTHLY;BYMONTHDAY=25", measure: 1, units: []}]
"""  # noqa: E501 -- one row a line, as in the files


def _measures(plan):
    return [measure for group in plan["groups"] for measure in group["measures"]]


def _written(folder: Path, text: str) -> Path:
    file = folder / "small.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", NAMES)
def test_template_has_the_shape_of_a_plan_that_was_read(name):
    plan = load_template(name)

    assert list(plan) == KEYS
    assert {tuple(measure) for measure in _measures(plan)} == {
        ("no", "title", "text", "units", "paragraph", "lead", "support")
    }
    assert {tuple(unit) for unit in plan["units"]} <= {
        ("name", "aliases", "measures", "indicators", "has_duty")
    }
    assert {tuple(gap) for gap in plan["gaps"]} == {("kind", "where", "message")}


def test_plan_to_2029_holds_measures_indicators_and_duties():
    plan = load_template("to-2029")

    assert plan["horizon"] == 2029
    assert len(plan["goals"]) == 6
    assert [len(group["measures"]) for group in plan["groups"]] == [5, 3, 4, 7, 3, 3]
    assert [row["indicator_code"] for row in plan["indicators"]] == [
        *(f"R{n}" for n in range(1, 8)),
        *(f"G{n}" for n in range(1, 16)),
        *(f"Q{n}" for n in range(1, 10)),
    ]
    assert len(plan["duties"]) == 39
    assert [gap["kind"] for gap in plan["gaps"]] == ["no_document_no", "phase_without_start"]


def test_plan_to_2029_runs_in_three_phases_to_its_acceptance():
    plan = load_template("to-2029")

    assert [(phase["start"], phase["end"]) for phase in plan["phases"]] == [
        (None, "2022-12"),
        ("2023-01", "2027-08"),
        ("2027-09", "2029-09"),
    ]
    assert {"2027-09", "2028-12", "2029-09"} <= {milestone["due"] for milestone in plan["milestones"]}


def test_plan_to_2029_gives_every_unit_exactly_one_duty():
    plan = load_template("to-2029")

    on_duty = Counter(unit for duty in plan["duties"] for unit in duty["units"])

    assert on_duty == dict.fromkeys((unit["name"] for unit in plan["units"]), 1)
    assert all(unit["has_duty"] and unit["measures"] for unit in plan["units"])


def test_plan_to_2029_leads_every_measure_and_indicator_by_one_office():
    plan = load_template("to-2029")

    leads = {row["units"][0] for row in [*_measures(plan), *plan["indicators"]]}

    assert [measure["lead"] for measure in _measures(plan)] == [m["units"][:1] for m in _measures(plan)]
    assert "各乡镇、街道" not in leads


def test_plan_to_2032_has_tasks_without_units_and_says_so():
    plan = load_template("to-2032")

    kinds = Counter(gap["kind"] for gap in plan["gaps"])

    assert plan["horizon"] == 2032
    assert [len(group["measures"]) for group in plan["groups"]] == [5, 5, 5, 4, 4, 3]
    assert (plan["units"], plan["indicators"], plan["duties"]) == ([], [], [])
    assert kinds == {"no_document_no": 1, "no_units": 1, "no_indicators": 1, "no_duties": 1}


def test_plan_to_2032_runs_in_three_phases():
    plan = load_template("to-2032")

    assert [(phase["start"], phase["end"]) for phase in plan["phases"]] == [
        ("2022-03", "2022-12"),
        ("2023-01", "2031-12"),
        ("2032-01", "2032-12"),
    ]


def test_plan_to_2032_aims_above_the_nation():
    targets = load_template("to-2032")["targets"]

    found = [(row["indicator_code"], row["stage"], row["at_least"], row["national"]) for row in targets]

    assert found == [
        ("Q1", None, "96", "95"),
        ("G15", None, "100", "85"),
        ("G13", "primary", "100", "100"),
        ("G13", "junior", "100", "95"),
        (None, None, "95", None),
        ("S1", None, "85", "85"),
        (None, None, "85", None),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_milestones_are_in_order_and_inside_the_phases(name):
    plan = load_template(name)

    dues = [last_day(milestone["due"]) for milestone in plan["milestones"]]

    assert dues == sorted(dues)
    assert dues[-1] <= last_day(plan["phases"][-1]["end"])
    assert last_day(plan["phases"][-1]["end"]).year == plan["horizon"]


@pytest.mark.parametrize("name", NAMES)
def test_measures_are_one_to_three_whole_sentences_and_titles_differ(name):
    measures = _measures(load_template(name))

    assert all(1 <= measure["text"].count("。") <= 3 for measure in measures)
    assert all(measure["text"].endswith("。") for measure in measures)
    assert len({measure["title"] for measure in measures}) == len(measures)


@pytest.mark.parametrize("name", NAMES)
def test_texts_use_full_width_marks_and_carry_no_numbering(name):
    plan = load_template(name)
    titles = [group["title"] for group in plan["groups"]] + [phase["title"] for phase in plan["phases"]]
    texts = [*plan["goals"], *(m["text"] for m in _measures(plan)), *(d["text"] for d in plan["duties"])]

    assert [text for text in titles if CHINESE_NUMBERED.match(text)] == []
    assert [text for text in texts if re.search(r"[,;:!?()！]", text)] == []


@pytest.mark.parametrize(
    ("every", "a_year"),
    [("每年", 1), ("每学期", 2), ("每季度", 4), ("每月", 12)],
    ids=lambda value: str(value),
)
@pytest.mark.parametrize("name", NAMES)
def test_recurring_duties_fall_due_once_a_period_until_the_horizon(name, every, a_year):
    plan = load_template(name)
    rules = [row["rule"] for row in plan["recurring"] if row["every"] == every]
    begin, end = datetime(2023, 1, 1), datetime(plan["horizon"], 12, 31)  # noqa: DTZ001 -- days only

    counts = {len(rrulestr(rule, dtstart=begin).between(begin, end, inc=True)) for rule in rules}

    assert counts == {a_year * (plan["horizon"] - 2022)}


def test_each_choice_names_a_template():
    files = {file.stem for file in FOLDER.glob("to-*.yaml")}

    assert set(NAMES) == files
    assert all(entry.title and entry.description for entry in TEMPLATES)


def test_load_template_gives_a_fresh_plan_each_time():
    load_template("to-2029")["goals"].clear()

    assert len(load_template("to-2029")["goals"]) == 6


def test_load_template_refuses_an_unknown_name():
    with pytest.raises(UnknownTemplate, match="没有名为 to-1999 的内置方案，可选：to-2029、to-2032。"):
        load_template("to-1999")


def test_units_are_counted_from_the_content(tmp_path):
    plan = read_template(_written(tmp_path, SMALL))

    assert plan["units"] == [
        {"name": "县教育局", "aliases": ["县教体局"], "measures": 1, "indicators": 0, "has_duty": True},
        {"name": "县财政局", "aliases": [], "measures": 1, "indicators": 1, "has_duty": False},
    ]


def test_measure_without_units_is_a_gap_with_its_place(tmp_path):
    plan = read_template(_written(tmp_path, SMALL))

    assert plan["gaps"][-1] == {
        "kind": "measure_without_units",
        "where": "2. 开放场地",
        "message": "没有责任单位，请指定牵头单位。",
    }


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("goals: [目标]", "goals: [目标]\ngoal: 目标", "small.yaml）：未知的键 goal"),
        ("title: 补齐设备, ", "", "small.yaml › groups › 第1项 › measures › 第1项）：缺少 title"),
        ("no: 1, title", "no: 1, titel: 补, title", "measures › 第1项）：未知的键 titel"),
        ("horizon: 2029", "horizon: 2029\nhorizon: 2030", "重复的键 horizon"),
        ("no: 1, title", "no: 1, no: 1, title", "重复的键 no"),
        ("horizon: 2029", 'horizon: "2029"', "small.yaml › horizon）：应为整数"),
        ("goals: [目标]", "goals: 目标", "small.yaml › goals）：应为列表"),
        ("goals: [目标]", 'goals: [""]', "small.yaml › goals › 第1项）：应为文字"),
        ('end: "2022-12"', 'end: "2022-13"', "phases › 第1项 › end）：应为 YYYY-MM 或 YYYY-MM-DD"),
        ('end: "2022-12"', "end: 2022-12-31", "值 2022-12-31 须加引号"),
        ('at_least: "2000"', "at_least: 4.2", "值 4.2 须加引号"),
        ('at_least: "2000"', "at_least: 两千", "targets › 第1项 › at_least）：应为加引号的数"),
        ("code: R6", "code: R8", "indicators › 第1项 › code）：应为 R1、"),
        ("每月, rule", "每旬, rule", "every）：应为 每年、每学期、每季度、每月 之一"),
        ("FREQ=MONTHLY", "FREQ=SOMETIMES", "recurring › 调度）：无法识别的周期 FREQ=SOMETIMES"),
        ("{no: 2", "{no: 3", "small.yaml › groups）：措施序号应从1起连续编排"),
        ("measure: 1, units", "measure: 9, units", "recurring › 第1项）：没有第9项措施"),
        (
            "text: 设备达到2000元}",
            "text: 设备达到3000元}",
            "targets › 设备达到3000元）：第1项措施中没有这句话",
        ),
        ("[县教育局, 县财政局]}", "[县教育局, 县体育局]}", "措施1）：units 中没有登记 县体育局"),
        ("[县教育局, 县财政局]}", "[县财政局, 县财政局]}", "措施1）：重复的 县财政局"),
        ("aliases: [县教体局]", "aliases: [县财政局]", "small.yaml › units）：重复的 县财政局"),
        ("{name: 县财政局", "{name: 县体育局, aliases: []}, {name: 县财政局", "units）：没有用到 县体育局"),
        ("duties: [", "duties: [县教育局, ", "duties › 第1项）：应为键值表"),
    ],
)
def test_broken_template_is_refused_with_its_place(tmp_path, right, wrong, message):
    file = _written(tmp_path, SMALL.replace(right, wrong, 1))

    with pytest.raises(BadTemplate, match=re.escape(message)):
        read_template(file)


def test_second_row_of_an_indicator_is_refused(tmp_path):
    row = "{code: R6, group: 资源配置, text: 设备值, units: [县财政局]}"
    file = _written(tmp_path, SMALL.replace(row, f"{row}, {row}"))

    with pytest.raises(BadTemplate, match=re.escape("small.yaml › indicators）：重复的 R6")):
        read_template(file)
