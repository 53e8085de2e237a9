"""Units behind a task, in every way they are written."""

import pytest

from plans.reading.assignments import Assignment, split_assignment
from plans.reading.units import NameReader

LEAD = Assignment(lead=("县教育局",), support=("县财政局",))
BOTH = Assignment(responsible=("县教育局", "县财政局"))


@pytest.mark.parametrize(
    ("written", "text", "assignment"),
    [
        ("责任单位：县教育局、财政局", "", BOTH),
        ("責任單位:縣教育局,財政局", "", BOTH),
        ("责任部门 县教育局、财政局", "", BOTH),
        ("【责任单位】县教育局、财政局", "", BOTH),
        ("【责任单位】：县教育局、财政局", "", BOTH),
        ("建校。（责任单位：县教育局、财政局）", "建校。", BOTH),
        ("建校。〔责任单位:县教育局、财政局〕", "建校。", BOTH),
        ("建校(责任单位:县教育局、财政局)。", "建校。", BOTH),
        ("建校。（县教育局、财政局）", "建校。", BOTH),
        ("建校。（责任单位：县教育局、财政局", "建校。", BOTH),
        ("建校（责任单位：县教育局、财政局）并管好。", "建校并管好。", BOTH),
        ("建校。责任单位：县教育局、财政局", "建校。", BOTH),
        ("牵头单位：县教育局；配合单位：县财政局", "", LEAD),
        ("建校。（牵头单位：县教育局 配合单位：县财政局）", "建校。", LEAD),
        ("建校。（县教育局牵头，县财政局等部门配合）", "建校。", LEAD),
        ("建校。（牵头：县教育局；配合：县财政局）", "建校。", LEAD),
        ("责任单位：县教育局牵头，财政局配合", "", Assignment(lead=("县教育局",), support=("财政局",))),
        ("责任领导：赵一一；责任单位：县教育局、财政局", "", BOTH),
        (
            "责任单位：县教育局；完成时限：2025年底",
            "",
            Assignment(responsible=("县教育局",), due="2025-12-31"),
        ),
        (
            "（责任单位：县农业农村局（乡村振兴局）、县教育局）",
            "",
            Assignment(responsible=("县农业农村局（乡村振兴局）", "县教育局")),
        ),
        ("责任单位：待定", "", Assignment(unclear=("待定",))),
    ],
)
def test_assignment(written, text, assignment):
    assert split_assignment(written, NameReader()) == (text, assignment)


@pytest.mark.parametrize(
    "written",
    [
        "明确责任单位，压实责任。",
        "配合 做好建校。",
        "推进县农业农村局（乡村振兴局）",
        "全面达标（含民办学校）。",
        "",
    ],
)
def test_text_without_assignment_stays_as_it_is(written):
    assert split_assignment(written, NameReader()) == (written, None)
