"""Plans whose tasks and indicators stand in tables."""

import docx
import pytest

from plans.reading import read_plan
from tests.plans.reading.sample import saved, word


def _read(text: str):
    return read_plan(text.encode(), "plan.txt")


def _measures(draft):
    return [(group.title, [(m.no, m.title, m.units) for m in group.measures]) for group in draft.groups]


def _kinds(draft):
    return [gap.kind for gap in draft.gaps]


def test_task_table_alone_gives_the_measures():
    content = word(
        [
            "丙县创建任务分解表",
            (
                ("序号", "任务", "完成时限", "牵头责任单位", "责任单位"),
                ("1", "新建学校", "2025年12月", "县教育局", "县住建局\n县财政局"),
                ("2", "开展自查", "每学期", "县教育局", ""),
            ),
        ]
    )

    draft = read_plan(content, "plan.docx")

    assert _measures(draft) == [
        (
            "丙县创建任务分解表",
            [(1, "新建学校", ("县教育局", "县住建局", "县财政局")), (2, "开展自查", ("县教育局",))],
        )
    ]
    assert [(m.lead, m.due, m.recurrence) for m in draft.measures] == [
        (("县教育局",), "2025-12", ()),
        (("县教育局",), None, ("每学期",)),
    ]


@pytest.mark.parametrize("cell", ["牵头：县教育局\n配合：县财政局", "县教育局牵头，\n县财政局配合"])
def test_table_cell_that_tells_the_parts_itself(cell):
    draft = read_plan(word([(("任务", "责任单位"), ("新建学校", cell))]), "plan.docx")

    assert [(m.lead, m.support) for m in draft.measures] == [(("县教育局",), ("县财政局",))]


def test_task_table_completes_the_measures_of_the_text():
    draft = _read(
        "三、工作措施\n（一）建校\n1.新建学校。建成三所。\n附件1\n任务分解表\n"
        "序号\t任务\t完成时限\t责任单位\n1\t新建学校\t2026年6月\t县教育局"
    )

    assert _measures(draft) == [("建校", [(1, "新建学校", ("县教育局",))])]
    assert draft.measures[0].due == "2026-06"


def test_indicator_table_with_two_head_rows_and_merged_cells():
    document = docx.Document()
    table = document.add_table(4, 4)
    rows = (
        ("序号", "指标名称", "责任单位", ""),
        ("", "", "牵头单位", "配合单位"),
        ("1", "教师资格证持有率达到100%", "县教育局", "县人社局"),
        ("2", "大班额控制在45人以内", "", ""),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 2).merge(table.cell(0, 3))
    for column in (0, 1):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(2, 2).merge(table.cell(3, 2))

    draft = read_plan(saved(document), "plan.docx")

    assert [(i.code, i.indicator_code, i.lead, i.support) for i in draft.indicators] == [
        ("1", "G12", ("县教育局",), ("县人社局",)),
        ("2", "G5", ("县教育局",), ()),
    ]


def test_indicator_row_without_units_and_unknown_indicator_are_gaps():
    draft = read_plan(word([(("编号", "指标", "责任单位"), ("1", "校园绿化", ""))]), "plan.docx")

    assert [(gap.kind.value, gap.where) for gap in draft.gaps if gap.where.startswith("表")] == [
        ("indicator_without_units", "表1第2行"),
        ("indicator_unknown", "表1第2行"),
    ]


def test_table_with_an_unknown_head_is_a_gap():
    draft = read_plan(word([(("甲", "乙"), ("1", "2"))]), "plan.docx")

    assert [(gap.where, gap.kind.value) for gap in draft.gaps if gap.where == "表1"] == [
        ("表1", "table_unread")
    ]
