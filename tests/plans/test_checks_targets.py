"""Targets against the national limits and against each other."""

import pytest

from plans.checks import FindingKind, NationalLimit, PlanFacts, check_plan
from plans.checks.facts import TargetFacts

LIMITS = [
    NationalLimit("Q1", None, at_least=95, unit="%"),
    NationalLimit("R7", "primary", at_least=2.3, unit="间/百生"),
    NationalLimit("R7", "junior", at_least=2.4, unit="间/百生"),
    NationalLimit("R7", "primary", at_most=0.5, quantity="cv"),
    NationalLimit("G4", None, at_most=2000, unit="人"),
    NationalLimit("G4", None, at_most=2500, unit="人"),
]


def target(code: str = "Q1", value: float = 95, **changes: object) -> TargetFacts:
    facts = {"place": "措施1", "stage": None, "relation": ">=", "unit": "%", "year": 2029}
    return TargetFacts(indicator_code=code, value=value, **{**facts, **changes})


def found(*targets: TargetFacts) -> list[tuple[FindingKind, str]]:
    return [(one.kind, one.message) for one in check_plan(PlanFacts(2029, targets=targets), LIMITS)]


def test_target_below_the_national_limit_is_found() -> None:
    assert found(target(value=94.9)) == [
        (FindingKind.TARGET_TOO_LOW, "指标Q1目标为94.9%，低于国家标准（不低于95%）。")
    ]


@pytest.mark.parametrize(
    "fine",
    [
        target(value=95),
        target("R7", 2.3, stage="primary", unit="间"),
        target("R7", 0.5, stage="primary", relation="<=", unit=None, quantity="cv"),
        target("G4", 2500, relation="<=", unit="人"),
        target("Q1", 3, unit="次"),
        target("R9", 1),
        target("Q1", 5, relation="<="),
    ],
)
def test_target_at_the_limit_or_about_something_else_is_not_found(fine: TargetFacts) -> None:
    assert found(fine) == []


@pytest.mark.parametrize(
    "low",
    [
        target("R7", 2.3, stage="junior", unit="间"),
        target("R7", 0.51, stage="primary", relation="<=", unit=None, quantity="cv"),
        target("G4", 2501, relation="<=", unit="人"),
    ],
)
def test_target_is_held_against_its_own_stage_figure_and_direction(low: TargetFacts) -> None:
    assert [kind for kind, _message in found(low)] == [FindingKind.TARGET_TOO_LOW]


def test_target_for_both_stages_must_miss_both_limits() -> None:
    assert found(target("R7", 2.35, unit="间")) == []
    assert [kind for kind, _message in found(target("R7", 2.2, unit="间"))] == [FindingKind.TARGET_TOO_LOW]


def test_two_places_with_different_values_are_in_conflict() -> None:
    assert found(target(value=96, place="目标"), target(value=97)) == [
        (FindingKind.TARGETS_CONFLICT, "指标Q1目标为97%，而“目标”为96%。")
    ]


@pytest.mark.parametrize(
    "other",
    [
        target(value=96),
        target(value=97, year=2032),
        target(value=97, unit="人"),
        target(value=97, stage="primary"),
        target("S1", value=97),
        target(value=97, place="目标"),
    ],
)
def test_targets_that_may_both_be_meant_are_no_conflict(other: TargetFacts) -> None:
    assert found(target(value=96, place="目标"), other) == []


def test_value_without_a_year_is_held_against_any_year() -> None:
    assert [kind for kind, _ in found(target(value=96, place="目标", year=None), target(value=97))] == [
        FindingKind.TARGETS_CONFLICT
    ]


def test_places_that_share_one_of_several_values_agree() -> None:
    both = [target("G4", value, place="指标表", relation="<=", unit="人") for value in (2000, 2500)]

    assert found(*both, target("G4", 2000, relation="<=", unit="人")) == []
