"""A report's own figures recomputed: the traps that real reports set."""

import pytest

from scoring.claims import Claim, Outcome, check_claim
from scoring.errors import BadClaim


def _checked(printed, formula, *inputs, **rule):
    found = check_claim(Claim("此项", printed, formula, inputs, **rule))
    return found.outcome, found.recomputed


def test_figure_rounded_half_up_agrees():
    assert _checked("7.17", "per_hundred", "919", "12818") == (Outcome.AGREES, "7.1696")


def test_exact_figure_agrees():
    assert _checked("5", "percent", "5", "100", sense="at_least", limit="5") == (Outcome.AGREES, "5.00")


def test_mean_over_another_number_of_pupils_does_not_follow():
    assert _checked("7.17", "per_hundred", "919", "12927") == (Outcome.DOES_NOT_FOLLOW, "7.1092")


def test_printed_mean_that_differs_by_two_hundredths_does_not_follow():
    found = _checked("3516.80", "yuan_per_pupil", "4507.86", "12818")

    assert found == (Outcome.DOES_NOT_FOLLOW, "3516.8201")


def test_cv_of_0_501787_printed_0_50_passes_by_rounding_only():
    found = _checked("0.50", "value", "0.501787", sense="at_most", limit="0.50")

    assert found == (Outcome.ROUNDING_ONLY, "0.5018")


def test_exchange_of_4_92_percent_printed_as_5_passes_by_rounding_only():
    found = _checked("5", "percent", "332", "6744", sense="at_least", limit="5", says_met=True)

    assert found == (Outcome.ROUNDING_ONLY, "4.92")


def test_school_of_2919_pupils_called_within_2500_does_not_follow():
    found = _checked("2919", "sum", "1946", "973", sense="at_most", limit="2500", says_met=True)

    assert found == (Outcome.DOES_NOT_FOLLOW, "2919.00")


def test_admitted_failure_agrees():
    found = _checked("37.7", "percent", "2541", "6744", sense="at_least", limit="40", says_met=False)

    assert found == (Outcome.AGREES, "37.678")


def test_figure_cut_off_instead_of_rounded_differs_by_rounding_only():
    assert _checked("4.91", "percent", "491.9", "10000") == (Outcome.ROUNDING_ONLY, "4.9190")


def test_fall_is_rounded_away_from_zero():
    assert _checked("-13.07", "growth", "172748.00", "198726.00") == (Outcome.AGREES, "-13.0723")


def test_half_is_decided_without_a_float():
    assert _checked("1.01", "value", "1.005") == (Outcome.AGREES, "1.0050")


def test_growth_of_rounded_quotients_is_told_from_growth_of_the_quotients():
    true = _checked("0.35", "growth_per_pupil", "100346", "1000", "100004", "1000")
    of_rounded = _checked("0.35", "growth", "100.35", "100.00")

    assert true == (Outcome.DOES_NOT_FOLLOW, "0.3420")
    assert of_rounded == (Outcome.AGREES, "0.3500")


def test_composite_is_recomputed_from_its_parts():
    cvs = ("0.3067", "0.9851", "0.4408", "0.2817", "0.1307", "0.2506", "0.3337", "0.4398")

    found = _checked("0.3961", "mean", *cvs, sense="at_most", limit="0.65", says_met=True)

    assert found == (Outcome.AGREES, "0.396138")


def test_words_give_both_values_and_what_the_report_says():
    claim = Claim("学生数", "2919", "sum", ("1946", "973"), "at_most", "2500", says_met=True)

    assert check_claim(claim).words == (
        "学生数：印为 2919，按所列数据为 2919.00；印出值不满足 ≤2500，实际值不满足，报告称达到。"
    )


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (Claim("甲", "1", "magic", ("1",)), "甲：未知的算法 magic"),
        (Claim("甲", "1", "growth", ("1",)), "甲：算法 growth 需要 2 个数，给了 1 个。"),
        (Claim("甲", "1", "sum", ()), "甲：算法 sum 需要 若干 个数，给了 0 个。"),
        (Claim("甲", "约1", "value", ("1",)), "甲：“约1”不是数值。"),
        (Claim("甲", "1", "value", ("nan",)), "甲：“nan”不是数值。"),
        (Claim("甲", "0", "percent", ("0", "0")), "甲：分母为 0，无法计算。"),
        (Claim("甲", "1", "value", ("1",), sense="near", limit="1"), "甲：未知的比较 near"),
    ],
)
def test_claim_that_cannot_be_recomputed_is_refused(claim, message):
    with pytest.raises(BadClaim) as refused:
        check_claim(claim)

    assert message in str(refused.value)
