"""What is found in plans of quite different shapes, and what is told as missing."""

import docx
import pytest

from plans.reading import read_plan
from plans.reading.draft import PlanDraft
from tests.plans.reading.other_counties import WITHOUT_UNITS, in_tables, in_traditional_characters
from tests.plans.reading.sample import saved


def _measures(draft: PlanDraft) -> list[tuple[object, ...]]:
    return [
        (group.title, one.no, one.title, one.lead, one.units, one.due, one.recurrence)
        for group in draft.groups
        for one in group.measures
    ]


def _promised(draft: PlanDraft) -> list[tuple[object, ...]]:
    return [
        (target.indicator_code, target.stage, target.value, target.unit)
        for one in draft.measures
        for target in one.targets
    ]


def _phases(draft: PlanDraft) -> list[tuple[object, ...]]:
    return [(phase.title, phase.start, phase.end) for phase in draft.phases]


def test_plan_in_tables_gives_every_row_its_task_units_and_deadline() -> None:
    draft = read_plan(in_tables(), "plan.docx")

    edu, money = ("县教育局",), ("县财政局",)
    assert _measures(draft) == [
        (
            "办学条件",
            1,
            "新建2所小学，新增学位1800个",
            edu,
            (*edu, "县住建局", "县自然资源局"),
            "2027-09",
            (),
        ),
        (
            "办学条件",
            2,
            "小学、初中生均教学及辅助用房面积分别达到4.5平方米、5.8平方米以上",
            edu,
            (*edu, *money),
            "2028-12-31",
            (),
        ),
        (
            "教师队伍",
            3,
            "每年教师交流轮岗比例不低于10%",
            edu,
            (*edu, "县人社局", "县委编办"),
            None,
            ("每年",),
        ),
        ("教师队伍", None, "教师培训经费达到公用经费的5%以上", money, (*money, *edu), "2029-12", ()),
    ]
    assert _promised(draft) == [
        ("R4", "primary", 4.5, "平方米"),
        ("R4", "junior", 5.8, "平方米"),
        ("G11", None, 10.0, "%"),
        ("Q4", None, 5.0, "%"),
    ]


def test_plan_in_tables_gives_its_frame() -> None:
    draft = read_plan(in_tables(), "plan.docx")

    assert (draft.document_no, draft.horizon) == ("丙政办发〔2026〕7号", 2029)
    assert _phases(draft) == [
        ("动员部署", "2026-01", "2026-03"),
        ("全面推进", "2026-04", "2028-12"),
        ("迎检认定", "2029-01", "2029-09"),
    ]
    assert [(duty.units, duty.text) for duty in draft.duties] == [
        (("县教育局",), "统筹推进。"),
        (("县财政局",), "落实经费。"),
    ]
    assert [step.text for step in draft.phases[0].steps] == ["印发方案。", "开展培训。"]
    assert [(stone.due, stone.text) for stone in draft.milestones] == [("2029-09", "接受认定。")]
    assert {gap.kind.value for gap in draft.gaps} == {"no_indicators", "unit_without_duty"}


def test_plan_in_traditional_characters_with_numbers_made_by_word() -> None:
    draft = read_plan(in_traditional_characters(), "plan.docx")

    edu = ("县教育局",)
    assert _measures(draft) == [
        ("優化佈局", 1, "編制學校佈局規劃", (), (*edu, "县自然资源局"), None, ()),
        ("優化佈局", 2, "消除大班額", edu, (*edu, "县委编办", "县财政局"), "2027-09", ()),
        ("建強隊伍", 1, "教師交流輪崗", (), ("县人力资源和社会保障局",), None, ("每学年",)),
    ]
    assert _promised(draft) == [("G5", "primary", 45.0, "人"), ("G5", "junior", 50.0, "人")]
    assert draft.horizon == 2030
    assert "（1）摸清學位底數。" in draft.measures[0].text
    assert "舊" not in draft.measures[2].text


def test_plan_without_units_gives_dates_targets_and_what_is_missing() -> None:
    draft = read_plan(WITHOUT_UNITS.encode(), "plan.txt")

    assert [(no, due, again) for _group, no, _title, _lead, _units, due, again in _measures(draft)] == [
        (1, "2027-09", ()),
        (2, "2028-12-31", ()),
        (4, None, ("每学期",)),
        (5, None, ("长期",)),
        (6, "2026-06", ()),
    ]
    assert ("R6", "primary", 2000.0, "元") in _promised(draft)
    assert draft.horizon == 2032
    assert _phases(draft)[0][1:] == ("2024-03", "2024-12")
    assert {"no_units", "number_missing", "no_duties", "no_indicators"} <= {
        gap.kind.value for gap in draft.gaps
    }
    assert "编号从2跳到4" in next(gap.message for gap in draft.gaps if gap.kind.value == "number_missing")


def test_units_in_a_bracket_behind_the_deadline_are_read() -> None:
    draft = read_plan(
        "三、工作措施\n（一）建校\n1.新建学校。完成时限：2026年12月31日（责任单位：县教育局）".encode(),
        "plan.txt",
    )

    assert [(one.due, one.units) for one in draft.measures] == [("2026-12-31", ("县教育局",))]


def test_what_is_to_be_done_within_a_half_year_is_due_at_its_end() -> None:
    words = (
        "三、工作措施\n（一）建校\n1.选址。2026年上半年完成。\n2.摸底。2024年完成了普查。\n责任单位：县教育局"
    )

    assert [one.due for one in read_plan(words.encode(), "plan.txt").measures] == ["2026-06", None]


def test_column_of_shared_duties_names_lead_and_support() -> None:
    rows = "戊县方案\n序号|工作任务|责任分工|时间节点\n1|新建学校|县教育局牵头，县住建局配合|2027年9月底前\n"

    [one] = read_plan(rows.encode(), "plan.txt").measures

    assert (one.lead, one.support, one.due) == (("县教育局",), ("县住建局",), "2027-09-30")


def test_details_beside_different_tasks_stay_their_text() -> None:
    rows = "戊县方案\n序号|任务|具体要求|责任单位\n1|建校|新建两所|县教育局\n2|招聘|补充教师|县人社局\n"

    draft = read_plan(rows.encode(), "plan.txt")

    assert [(one.title, one.text) for one in draft.measures] == [("建校", "新建两所"), ("招聘", "补充教师")]


def test_number_left_out_is_told_although_nobody_is_named() -> None:
    draft = read_plan(
        "三、工作措施\n（一）建校\n1.选址。\n2.施工。\n（二）育人\n4.备课。".encode(), "plan.txt"
    )

    assert [gap.message for gap in draft.gaps if gap.kind.value == "number_missing"] == [
        "编号从2跳到4，请核对是否有缺漏。"
    ]


def test_broken_lines_of_a_cell_are_one_sentence() -> None:
    rows = (
        ("序号", "任务", "完成时限"),
        ("1", "每百名学生拥有县级以上\n骨干教师1人以上", "2027年9月\n前"),
        (
            "2",
            "配齐教室：\n（1）音乐教室不少于1间；\n（2）生均体育运动场馆面积\n小学7.5平方米以上",
            "2028年底",
        ),
    )
    document = docx.Document()
    document.add_paragraph("丙区义务教育优质均衡任务清单")
    table = document.add_table(len(rows), 3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text

    draft = read_plan(saved(document), "plan.docx")

    assert [one.due for one in draft.measures] == ["2027-09", "2028-12-31"]
    assert [(one.table, one.row) for one in draft.measures] == [(1, 2), (1, 3)]
    assert _promised(draft) == [
        ("R2", None, 1.0, "人"),
        ("G3", None, 1.0, "间"),
        ("R5", "primary", 7.5, "平方米"),
    ]


def test_units_outside_of_the_measures_are_told() -> None:
    words = (
        "丁市关于加快义务教育优质均衡发展的实施意见\n到2030年，全市义务教育优质均衡发展通过认定。\n"
        "二、重点任务\n（一）建校\n1.选址。（责任单位：市教育局）\n2.施工。（责任单位：市住建局）\n"
        "三、保障措施\n（一）加强领导。\n（二）强化督导。每月调度一次。（责任单位：市政府教育督导室）"
    )

    draft = read_plan(words.encode(), "plan.txt")

    told = [(gap.where, gap.message[:5]) for gap in draft.gaps if gap.kind.value == "units_passed_over"]
    assert ([one.title for one in draft.measures], told) == (["选址", "施工"], [("第9段", "“强化督导")])
    assert draft.horizon == 2030


@pytest.mark.parametrize("head", ["第一部分 布局优化行动\n", "二、重点任务\n"])
def test_paragraphs_without_numbers_and_units_are_measures(head: str) -> None:
    words = "重点抓好以下工作：\n撤并教学点5个，到2027年底完成。\n新增学位3000个。"

    draft = read_plan(f"戊县优质均衡创建攻坚行动计划\n{head}{words}".encode(), "plan.txt")

    assert [(one.title, one.due) for one in draft.measures] == [
        ("撤并教学点5个，到2027年底完成", "2027-12-31"),
        ("新增学位3000个", None),
    ]
