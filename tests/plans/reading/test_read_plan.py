"""A whole plan, the same from Word and from text."""

import json
from pathlib import Path

import pytest

from plans.reading import read_plan
from tests.plans.reading.sample import as_text, as_word


@pytest.fixture(params=["docx", "txt", "gb18030"])
def draft(request):
    contents = {"docx": as_word, "txt": as_text().encode, "gb18030": lambda: as_text().encode("gb18030")}
    return read_plan(contents[request.param](), f"plan.{'docx' if request.param == 'docx' else 'txt'}")


def test_plan_front_matter(draft):
    assert (draft.title, draft.document_no, draft.horizon) == (
        "示例县推进义务教育优质均衡发展实施方案",
        "示县政办发〔2024〕3号",
        2029,
    )


def test_plan_goals(draft):
    assert [goal.text for goal in draft.goals] == [
        "布局更合理。学位与人口相适应。",
        "条件更完善。各类用房全部达标。",
    ]
    assert draft.overall_goal == "到2029年，全县学校全部达到国家标准。"


def test_plan_measures_have_units_under_full_names(draft):
    found = [(group.title, [(m.no, m.title, m.units) for m in group.measures]) for group in draft.groups]

    assert found == [
        (
            "优化布局，改善办学条件",
            [
                (1, "编制学校布局规划", ("县委办", "县政府办", "县教育局", "县自然资源局")),
                (2, "补齐功能教室", ("县财政局", "县教育局", "县市场监督管理局")),
            ],
        ),
        (
            "配强教师，提高教学水平",
            [
                (3, "补充学科教师", ("县委组织部", "县委编办", "县人社局", "县教育局")),
                (4, "关爱困难学生", ("县农业农村局（乡村振兴局）", "县教育局", "各乡镇、街道")),
            ],
        ),
    ]


def test_plan_measure_text_follows_its_title(draft):
    measure = draft.measures[2]

    assert measure.text == "县域内每年交流轮岗教师比例不低于10%。"
    assert measure.recurrence == ("每年",)
    assert [(t.indicator_code, t.relation.value, t.value, t.unit) for t in measure.targets] == [
        ("G11", ">=", 10.0, "%")
    ]


def test_plan_phases(draft):
    assert [(p.title, p.start, p.end, [step.text for step in p.steps]) for p in draft.phases] == [
        ("准备阶段", None, "2024-12", ["成立工作专班。", "开展摸底调查。"]),
        ("攻坚阶段", "2025-01", "2028-08", ["每学期开展一次自查。"]),
        ("验收阶段", "2028-09", "2029-09", ["2028年12月前，完成县级自评。", "2029年9月前，接受国家认定。"]),
    ]


def test_plan_milestones(draft):
    assert [(m.due, m.text, m.phase) for m in draft.milestones] == [
        ("2028-12", "完成县级自评。", "验收阶段"),
        ("2029-09", "接受国家认定。", "验收阶段"),
    ]


def test_plan_indicators(draft):
    assert [(i.code, i.group, i.indicator_code, i.units, i.row) for i in draft.indicators] == [
        ("B1", "A1资源配置", "R1", ("县教育局", "县人社局"), 2),
        ("B2", "A1资源配置", "R6", ("县财政局", "县教育局"), 3),
        ("B3", "A2教育质量", "Q9", ("县教育局", "各乡镇、街道"), 4),
    ]
    assert draft.indicators[2].text == "义务教育质量监测达到Ⅲ级以上，校际差异率低于0.15"


def test_plan_indicator_targets_keep_stage_and_code(draft):
    targets = [target for indicator in draft.indicators for target in indicator.targets]

    assert [(t.indicator_code, t.stage, t.relation.value, t.value, t.unit) for t in targets] == [
        ("R1", "primary", ">=", 4.2, "人"),
        ("R1", "junior", ">=", 5.3, "人"),
        ("R6", "primary", ">=", 2000.0, "元"),
        ("R6", "junior", ">=", 2500.0, "元"),
        ("Q9", None, "<", 0.15, None),
    ]


def test_plan_duties(draft):
    assert [(duty.units, duty.text) for duty in draft.duties] == [
        (("县委办", "县政府办"), "负责统筹协调，督促工作落实。"),
        (("县教育局",), "负责牵头推进各项创建工作。"),
        (("县委编办",), "负责按标准核定教师编制。"),
        (("县统计局",), "负责提供有关数据。"),
    ]


def test_plan_units_are_counted_once_with_aliases(draft):
    units = {unit.name: (unit.aliases, unit.measures, unit.indicators, unit.has_duty) for unit in draft.units}

    assert units["县教育局"] == ((), 4, 3, True)
    assert units["县委编办"] == (("县委编委办",), 1, 0, True)
    assert units["县统计局"] == ((), 0, 0, True)
    assert units["各乡镇、街道"] == ((), 1, 1, False)
    assert len(units) == 12


def test_plan_gaps(draft):
    assert [(gap.kind.value, gap.where) for gap in draft.gaps if gap.kind != "unit_without_duty"] == [
        ("phase_without_start", f"第{draft.phases[0].paragraph}段"),
        ("unit_without_task", "县统计局"),
        ("member_without_duty", "县信访局"),
    ]
    assert [gap.where for gap in draft.gaps if gap.kind == "unit_without_duty"] == [
        "县自然资源局",
        "县财政局",
        "县市场监督管理局",
        "县委组织部",
        "县人社局",
        "县农业农村局（乡村振兴局）",
        "各乡镇、街道",
    ]


def test_plan_carries_no_names_of_persons(draft):
    shown = json.dumps(draft.to_json(), ensure_ascii=False)

    assert [name for name in ("赵一一", "钱二二", "孙三三") if name in shown] == []


def test_json_has_the_agreed_keys(draft):
    shown = draft.to_json()

    assert list(shown)[:2] == ["title", "document_no"]
    assert set(shown) == {
        "title",
        "document_no",
        "horizon",
        "overall_goal",
        "goals",
        "goal_sources",
        "groups",
        "phases",
        "milestones",
        "indicators",
        "duties",
        "units",
        "gaps",
    }
    assert shown["goals"][0] == "布局更合理。学位与人口相适应。"
    assert shown["phases"][1]["steps"] == ["每学期开展一次自查。"]
    assert shown["units"][0] == {
        "name": "县委办",
        "aliases": [],
        "measures": 1,
        "indicators": 0,
        "has_duty": True,
    }
    assert json.loads(json.dumps(shown)) == shown


def test_paragraph_is_the_word_paragraph_of_the_measure():
    draft = read_plan(as_word(), "plan.docx")

    paragraph = draft.measures[0].paragraph

    assert as_text().split("\n")[paragraph - 1].startswith("1.编制学校布局规划")


def test_path_is_read_like_its_bytes(tmp_path: Path):
    file = tmp_path / "plan.txt"
    file.write_text(as_text(), encoding="utf-8-sig")

    draft = read_plan(file)

    assert draft == read_plan(as_text().encode(), "plan.txt")
