"""Plans of other shapes than the usual one."""

import docx
import pytest

from plans.reading import read_plan
from plans.reading.draft import GapKind
from tests.plans.reading.sample import saved, word


def _read(text: str):
    return read_plan(text.encode(), "plan.txt")


def _measures(draft):
    return [(group.title, [(m.no, m.title, m.units) for m in group.measures]) for group in draft.groups]


def _kinds(draft):
    return [gap.kind for gap in draft.gaps]


def test_plan_without_units_makes_every_task_a_measure():
    draft = _read(
        "乙县推进优质均衡工作方案\n（2022—2032年）\n一、总体要求\n（一）指导思想\n坚持公平。\n"
        "（二）工作目标\n到2027年，巩固率达到96%以上；到2032年，通过认定。\n"
        "二、主要任务\n（一）优化布局\n1．编制规划。完成修编。\n2、扩大学位。2025年底前建成两所学校。\n"
        "（二）配强教师\n3.补充教师。每年招聘。\n四、保障措施\n（一）加强领导。成立专班。"
    )

    assert _measures(draft) == [
        ("优化布局", [(1, "编制规划", ()), (2, "扩大学位", ())]),
        ("配强教师", [(3, "补充教师", ())]),
    ]
    assert (draft.title, draft.horizon) == ("乙县推进优质均衡工作方案（2022—2032年）", 2032)
    assert draft.measures[1].due == "2025-12-31"
    assert draft.measures[2].recurrence == ("每年",)
    assert GapKind.NO_UNITS in _kinds(draft)
    assert GapKind.MEASURE_WITHOUT_UNITS not in _kinds(draft)


def test_single_measure_without_units_is_named_with_its_place():
    draft = _read("三、工作措施\n（一）建校\n1.新建学校。\n责任单位：县教育局\n2.改造学校。")

    assert [(gap.where, gap.message) for gap in draft.gaps if gap.kind == "measure_without_units"] == [
        ("第5段", "“改造学校”未写明责任单位，请指定。")
    ]


def test_jump_in_the_numbers_is_a_gap():
    draft = _read("三、工作措施\n（一）建校\n1.甲事。\n责任单位：县教育局\n3.乙事。\n责任单位：县教育局")

    assert [gap.message for gap in draft.gaps if gap.kind == "number_missing"] == [
        "编号从1跳到3，请核对是否有缺漏。"
    ]


def test_measures_without_numbers_are_told_apart_by_their_units():
    draft = _read(
        "三、工作措施\n（一）建校\n新建学校。年内开工。\n责任单位：县教育局\n"
        "改造厕所。分批实施。\n责任单位：县财政局"
    )

    assert _measures(draft) == [
        ("建校", [(None, "新建学校", ("县教育局",)), (None, "改造厕所", ("县财政局",))])
    ]


def test_bracketed_tasks_with_points_are_the_measures():
    draft = _read(
        "二、重点任务\n（一）建校\n1.选址。\n2.施工。\n责任单位：县教育局\n"
        "（二）育人\n1.备课。\n2.上课。\n责任单位：县教研室"
    )

    assert _measures(draft) == [("重点任务", [(1, "建校", ("县教育局",)), (2, "育人", ("县教研室",))])]
    assert draft.measures[0].text == "1.选址。\n2.施工。"


def test_chapters_that_are_the_groups_themselves():
    draft = _read(
        "一、总体要求\n公平优先。\n二、改善条件\n（一）建校\n责任单位：县教育局\n（二）添置设备\n"
        "责任单位：县财政局\n三、组织保障\n（一）加强领导\n（二）加强督导"
    )

    assert _measures(draft) == [("改善条件", [(1, "建校", ("县教育局",)), (2, "添置设备", ("县财政局",))])]


def test_deep_outline_takes_the_level_that_carries_units():
    draft = _read(
        "第一章 总体目标\n到二〇二七年全部达标。\n第二章 重点任务\n第一节 硬件\n一、校舍\n"
        "(一)新建学校。建3所。〔牵头单位:县教育局;配合单位:县住建局〕\n(二)改造厕所。（县教育局负责）"
    )

    assert _measures(draft) == [
        ("校舍", [(1, "新建学校", ("县教育局", "县住建局")), (2, "改造厕所", ("县教育局",))])
    ]
    assert (draft.measures[0].lead, draft.measures[0].support) == (("县教育局",), ("县住建局",))
    assert draft.horizon == 2027


def test_units_broken_over_lines_are_joined():
    draft = _read("三、工作措施\n（一）建校\n1.新建学校。\n责任单位：县教育局、\n财政局")

    assert draft.measures[0].units == ("县教育局", "县财政局")


def test_word_lists_number_the_plan():
    document = docx.Document()
    for style, text in (
        ("Heading 1", "工作措施"),
        ("Heading 2", "建校"),
        ("List Number", "新建学校。"),
        ("Normal", "责任单位：县教育局"),
        ("List Number", "改造学校。"),
        ("Normal", "责任单位：县财政局"),
    ):
        prefix = {"Heading 1": "三、", "Heading 2": "（一）"}.get(style, "")
        document.add_paragraph(prefix + text, style=style)

    draft = read_plan(saved(document), "plan.docx")

    assert _measures(draft) == [("建校", [(1, "新建学校", ("县教育局",)), (2, "改造学校", ("县财政局",))])]


def test_duties_and_phases_in_tables():
    content = word(
        [
            (("单位", "工作职责"), ("县教育局", "统筹推进。")),
            (("阶段", "时间", "工作内容"), ("启动阶段", "2024年1月至6月", "成立专班。\n开展培训。")),
        ]
    )

    draft = read_plan(content, "plan.docx")

    assert [(duty.units, duty.text) for duty in draft.duties] == [(("县教育局",), "统筹推进。")]
    assert [(p.title, p.start, p.end, [s.text for s in p.steps]) for p in draft.phases] == [
        ("启动阶段", "2024-01", "2024-06", ["成立专班。", "开展培训。"])
    ]


@pytest.mark.parametrize(
    "steps",
    [
        "（一）启动阶段（2024年1月至2024年6月）\n1.成立专班。\n（二）实施阶段（2024年7月—2026年12月）\n1.推进。",
        "启动阶段（2024年1月至2024年6月）\n成立专班。\n实施阶段（2024年7月—2026年12月）\n推进。",
        "第一阶段：启动（2024年1月至6月）。成立专班。\n第二阶段：实施（2024年7月—2026年12月）。推进。",
        "（一）启动阶段\n时间：2024年1月至6月\n1.成立专班。\n（二）实施阶段\n时间：2024年7月—2026年12月\n1.推进。",
    ],
)
def test_phases_in_four_ways(steps):
    draft = _read(f"四、实施步骤\n{steps}\n五、工作要求\n加强领导。")

    assert [(p.start, p.end, [s.text for s in p.steps]) for p in draft.phases] == [
        ("2024-01", "2024-06", ["成立专班。"]),
        ("2024-07", "2026-12", ["推进。"]),
    ]


def test_milestone_outside_its_phase_is_a_gap():
    draft = _read("四、实施步骤\n（一）推进阶段：2024年1月至2025年12月\n1.2026年3月前，完成自评。")

    assert [gap.message for gap in draft.gaps if gap.kind == "milestone_outside_phase"] == [
        "节点2026-03不在“推进阶段”的起止时间内，请核对。"
    ]


def test_phase_that_ends_before_it_starts_is_a_gap():
    draft = _read("四、实施步骤\n（一）推进阶段：2026年1月至2025年12月\n1.推进。")

    assert GapKind.PHASE_ENDS_BEFORE_START in _kinds(draft)


def test_horizon_that_differs_from_the_last_phase_is_a_gap():
    draft = _read(
        "一、工作目标\n到2029年达标。\n四、实施步骤\n（一）推进阶段：2024年1月至2030年12月\n1.推进。"
    )

    assert [gap.message for gap in draft.gaps if gap.kind == "horizon_differs"] == [
        "目标年份为2029年，最后阶段止于2030年，请核对。"
    ]


def test_deadline_after_the_horizon_is_a_gap():
    draft = _read("一、工作目标\n到2029年达标。\n二、主要任务\n（一）建校\n1.新建。2031年底前建成。")

    assert GapKind.DUE_AFTER_HORIZON in _kinds(draft)


def test_numbered_duties_with_colons():
    draft = _read(
        "附件2\n成员单位职责\n1.县教育局：统筹推进。\n做好迎检。\n2.县财政局、县审计局。落实经费。\n"
        "3.县人社局\n核定岗位。"
    )

    assert [(duty.units, duty.text) for duty in draft.duties] == [
        (("县教育局",), "统筹推进。\n做好迎检。"),
        (("县财政局", "县审计局"), "落实经费。"),
        (("县人社局",), "核定岗位。"),
    ]


def test_leading_group_in_the_main_text_is_kept_out():
    draft = _read(
        "四、实施步骤\n（一）启动阶段：2024年12月前\n成立领导小组：\n组 长：赵一一 县长\n"
        "成 员：钱二二 县教育局局长\n　　孙三三 县财政局副局长"
    )

    assert "二二" not in str(draft)
    assert [step.text for step in draft.phases[0].steps] == ["成立领导小组："]


def test_leading_group_in_a_table_gives_offices_only():
    content = word(
        [
            "附件1",
            "单位职责",
            "县教育局负责推进。",
            (("姓名", "单位", "职务"), ("李四四", "县教育局", "局长"), ("周五五", "县信访局", "局长")),
        ]
    )

    draft = read_plan(content, "plan.docx")

    assert [gap.where for gap in draft.gaps if gap.kind == "member_without_duty"] == ["县信访局"]
    assert "李四四" not in str(draft)


def test_printed_contents_are_no_headings():
    draft = _read("目录\n一、工作目标……………1\n二、主要任务\t\t\t\t3\n一、工作目标\n（一）建好学校。")

    assert [goal.text for goal in draft.goals] == ["建好学校。"]


def test_words_of_no_plan_are_all_gaps():
    draft = _read("今天天气很好，适合散步。")

    assert (draft.title, draft.groups, draft.units) == (None, (), ())
    assert _kinds(draft) == [
        GapKind.NO_TITLE,
        GapKind.NO_DOCUMENT_NO,
        GapKind.NO_HORIZON,
        GapKind.NO_GOALS,
        GapKind.NO_MEASURES,
        GapKind.NO_PHASES,
        GapKind.NO_INDICATORS,
        GapKind.NO_DUTIES,
    ]
