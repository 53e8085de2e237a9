"""What a county states beside its figures: statements, and results of the national monitoring."""

import pytest

from scoring.errors import BadEvidence
from scoring.evidence import Evidence, MonitoringResult, SchoolFinding, level_of
from tests.scoring.judging import item, judged, signed


def test_school_named_in_a_statement_outweighs_its_conclusion():
    evidence = Evidence((signed("Q6", failing=(SchoolFinding("1", "合格"),)),))

    result = item(judged(evidence=evidence), "Q6")

    assert result["verdict"] == "not_met"
    assert [(one["name"], one["figure"]) for one in result["failing"]] == [("示例1校", "合格")]


@pytest.mark.parametrize(
    ("given", "message"), [("X9", "没有佐证项目 X9"), ("G2.colour", "没有佐证项目 G2.colour")]
)
def test_statement_on_an_unknown_item_is_refused(given, message):
    code, _, part = given.partition(".")

    with pytest.raises(BadEvidence, match=message):
        judged(evidence=Evidence((signed(code, part=part),)))


def test_two_statements_on_one_item_are_refused():
    with pytest.raises(BadEvidence, match="佐证项目 G1 重复"):
        judged(evidence=Evidence((signed("G1"), signed("G1", "not_met"))))


def test_newest_result_of_a_subject_counts():
    old, new = MonitoringResult("数学", 2023, 2, 0.2), MonitoringResult("数学", 2026, 3, 0.1)

    result = item(judged(evidence=Evidence(monitoring=(new, old))), "Q9")

    assert result["verdict"] == "met"
    assert result["warnings"] == ["没有语文、科学、体育、艺术、德育的监测结果，只按已监测学科判定"]


@pytest.mark.parametrize("text", ["", "Ⅴ", "良好", "III+"])
def test_level_that_is_none_is_refused(text):
    with pytest.raises(BadEvidence, match="无法识别"):
        level_of(text)
