"""Numbers that sentences promise."""

import pytest

from plans.reading.indicator_words import INDICATOR_WORDS
from plans.reading.targets import find_targets


def _shown(text):
    return [(t.indicator_code, t.stage, t.relation.value, t.value, t.unit) for t in find_targets(text, 1)]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("巩固率达到96%以上", [("Q1", None, ">=", 96.0, "%")]),
        ("巩固率达到９６％以上", [("Q1", None, ">=", 96.0, "%")]),
        (
            "高于规定学历教师：小学4.2人、初中5.3人以上",
            [("R1", "primary", ">=", 4.2, "人"), ("R1", "junior", ">=", 5.3, "人")],
        ),
        (
            "小学、初中所有班级学生数分别不超过45人、50人",
            [("G5", "primary", "<=", 45.0, "人"), ("G5", "junior", "<=", 50.0, "人")],
        ),
        ("骨干教师数：小学、初中均达到1人以上", [("R2", None, ">=", 1.0, "人")]),
        ("交流轮岗比例不低于符合条件教师总数的10%", [("G11", None, ">=", 10.0, "%")]),
        ("校际差异率低于0.15", [("Q9", None, "<", 0.15, None)]),
        ("班额控制在45人以内", [("G5", None, "<=", 45.0, "人")]),
        (
            "巩固率达到97%以上，群众满意度达到85%以上",
            [("Q1", None, ">=", 97.0, "%"), ("S1", None, ">=", 85.0, "%")],
        ),
        (
            "巩固率达到96%以上，综合差异系数小学不高于0.50、初中不高于0.45",
            [
                ("Q1", None, ">=", 96.0, "%"),
                (None, "primary", "<=", 0.5, None),
                (None, "junior", "<=", 0.45, None),
            ],
        ),
        (
            "班额小学每班不超过45人，初中每班不超过50人",
            [("G5", "primary", "<=", 45.0, "人"), ("G5", "junior", "<=", 50.0, "人")],
        ),
        ("社会认可度≥85%", [("S1", None, ">=", 85.0, "%")]),
        (
            "每间音乐专用教室面积不小于96平方米，每间美术专用教室面积不小于90平方米",
            [("G3", None, ">=", 96.0, "平方米"), ("G3", None, ">=", 90.0, "平方米")],
        ),
    ],
)
def test_targets(text, targets):
    assert _shown(text) == targets


@pytest.mark.parametrize(
    "text",
    [
        "不足100名学生的学校按100名核定公用经费",
        "比上年提高5个百分点",
        "根据教督〔2017〕6号文件",
        "2027年9月前完成",
        "到2029年达到国家标准",
        "实施“431”工程",
    ],
)
def test_numbers_that_promise_nothing(text):
    assert _shown(text) == []


def test_target_keeps_its_sentence_and_year():
    targets = find_targets("加强管理。到2027年，巩固率达到96%以上。", 7)

    assert [(t.year, t.sentence, t.paragraph) for t in targets] == [
        (2027, "到2027年，巩固率达到96%以上。", 7)
    ]


def test_two_years_in_one_sentence_keep_their_own_targets():
    targets = find_targets("巩固率到2027年达到95%，到2032年达到96%。", 1)

    assert [(t.year, t.value) for t in targets] == [(2027, 95.0), (2032, 96.0)]


def test_indicator_words_cover_the_standard():
    codes = [f"R{n}" for n in range(1, 8)] + [f"G{n}" for n in range(1, 16)]
    codes += [f"Q{n}" for n in range(1, 10)] + ["S1"]

    assert sorted(code for code, _ in INDICATOR_WORDS) == sorted(codes)
