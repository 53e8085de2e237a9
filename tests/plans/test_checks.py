"""Each finding of the plan check: found, and just not found."""

from datetime import date

import pytest

from plans.checks import FindingKind, Severity, check_plan
from plans.checks.facts import (
    DutyFacts,
    MeasureFacts,
    MilestoneFacts,
    PhaseFacts,
    PlanFacts,
    TaskFacts,
    UnitFacts,
)
from plans.checks.finding import Target

GOOD = "2027年9月前，全部学校多媒体教室达到每百名学生2.4间以上"


def measure(no: int = 1, **changes: object) -> MeasureFacts:
    """A measure with nothing to find."""
    facts = {"id": no, "no": no, "title": "配齐教室", "text": GOOD, "units": ("县教育局",)}
    return MeasureFacts(**{**facts, **changes})


def task(no: int = 1, **changes: object) -> TaskFacts:
    """A task of the measure of the same number."""
    facts = {"id": no, "title": "建教室", "due_on": date(2029, 12, 31), "units": frozenset({"县教育局"})}
    return TaskFacts(**{**facts, "measure_id": no, **changes})


def kinds(plan: PlanFacts) -> list[FindingKind]:
    return [finding.kind for finding in check_plan(plan, [])]


def test_complete_plan_has_no_findings() -> None:
    plan = PlanFacts(
        2029,
        measures=(measure(),),
        tasks=(task(),),
        phases=(PhaseFacts(1, "建设阶段", date(2027, 1, 1), date(2029, 9, 30)),),
        milestones=(MilestoneFacts(1, "自评", date(2029, 9, 30), 1),),
        duties=(DutyFacts(1, "年度自评", "县教育局"),),
        units=(UnitFacts("县教育局", has_duty=True),),
    )

    assert check_plan(plan, []) == []


def test_measure_without_units_has_no_lead() -> None:
    [finding] = check_plan(PlanFacts(2029, measures=(measure(units=()),), tasks=(task(),)), [])

    assert (finding.kind, finding.severity) == (FindingKind.NO_LEAD, Severity.MUST)
    assert (finding.place, finding.fix.target, finding.fix.row_id) == ("措施1 配齐教室", Target.MEASURE, 1)


def test_lead_that_the_plan_does_not_name_is_to_be_confirmed() -> None:
    plan = PlanFacts(2029, measures=(measure(has_written_lead=False),), tasks=(task(),))

    assert kinds(plan) == [FindingKind.LEAD_ASSUMED]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [FindingKind.NO_TASK]),
        ({"text": "全部学校配齐多媒体教室"}, [FindingKind.NO_TASK, FindingKind.NO_DEADLINE]),
        ({"text": "全部学校配齐多媒体教室", "due_on": date(2027, 9, 30)}, [FindingKind.NO_TASK]),
        ({"text": "每年全部学校配齐多媒体教室"}, [FindingKind.NO_TASK]),
        ({"text": "全部学校配齐多媒体教室", "recurs": True}, [FindingKind.NO_TASK]),
    ],
)
def test_measure_without_task_needs_a_day_of_its_own(
    changes: dict[str, object], expected: list[FindingKind]
) -> None:
    assert kinds(PlanFacts(2029, measures=(measure(**changes),))) == expected


def test_task_gives_its_measure_a_day() -> None:
    plan = PlanFacts(2029, measures=(measure(text="全部学校配齐多媒体教室"),), tasks=(task(),))

    assert kinds(plan) == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("加强多媒体教室管理", True),
        ("加强多媒体教室管理，覆盖率达到95%", False),
        ("多媒体教室全覆盖", False),
        ("每所学校建多媒体教室", False),
        ("2027年加强多媒体教室管理", True),
    ],
)
def test_measure_needs_a_result_that_can_be_measured(text: str, is_found: bool) -> None:
    plan = PlanFacts(2029, measures=(measure(title="教室", text=text),), tasks=(task(),))

    assert (kinds(plan) == [FindingKind.NO_RESULT]) is is_found


def test_measure_with_a_target_of_the_plan_has_a_result() -> None:
    plan = PlanFacts(
        2029, measures=(measure(title="教室", text="管好多媒体教室", has_target=True),), tasks=(task(),)
    )

    assert kinds(plan) == []


@pytest.mark.parametrize(
    ("changes", "codes", "expected"),
    [
        ({}, frozenset(), [FindingKind.NO_INDICATOR]),
        ({"indicator_codes": frozenset({"R7"})}, frozenset(), []),
        ({}, frozenset({"R7"}), []),
        ({"text": "全部学校的校际差距缩小，巩固率提高"}, frozenset(), []),
    ],
)
def test_measure_needs_an_indicator_of_its_own_of_a_task_or_in_its_words(
    changes: dict[str, object], codes: frozenset[str], expected: list[FindingKind]
) -> None:
    facts = {"title": "安全", "text": "隐患清零", **changes}
    plan = PlanFacts(2029, measures=(measure(**facts),), tasks=(task(indicator_codes=codes),))

    assert kinds(plan) == expected


@pytest.mark.parametrize(("lead", "expected"), [(None, [FindingKind.DUTY_WITHOUT_LEAD]), ("县教育局", [])])
def test_recurring_duty_needs_a_lead(lead: str | None, expected: list[FindingKind]) -> None:
    assert kinds(PlanFacts(2029, duties=(DutyFacts(1, "年度自评", lead),))) == expected


def test_unit_with_a_duty_and_no_work_must_be_looked_at() -> None:
    plan = PlanFacts(
        2029,
        measures=(measure(units=("县教育局", "县财政局")),),
        tasks=(task(),),
        units=(UnitFacts("县教育局"), UnitFacts("县财政局"), UnitFacts("县统计局", has_duty=True, duty_id=7)),
    )

    found = [(finding.place, finding.severity, finding.fix.target) for finding in check_plan(plan, [])]

    assert found == [
        ("县财政局", Severity.LOOK, Target.NEW_TASK),
        ("县统计局", Severity.MUST, Target.UNIT_DUTY),
    ]


def test_units_are_not_idle_before_the_first_task() -> None:
    plan = PlanFacts(2029, measures=(measure(),), units=(UnitFacts("县统计局", has_duty=True),))

    assert FindingKind.UNIT_IDLE not in kinds(plan)


@pytest.mark.parametrize(("n", "is_found"), [(3, False), (4, True)])
def test_unit_is_dominant_above_the_share_not_at_it(n: int, is_found: bool) -> None:
    measures = [measure(no, units=("县教育局",) if no <= n else (f"县{no}局",)) for no in range(1, 6)]
    plan = PlanFacts(2029, measures=tuple(measures), tasks=tuple(task(no) for no in range(1, 6)))

    assert (kinds(plan) == [FindingKind.UNIT_DOMINANT]) is is_found


def test_share_of_a_dominant_unit_can_be_set() -> None:
    measures = tuple(measure(no, units=("县教育局",) if no <= 3 else (f"县{no}局",)) for no in range(1, 6))
    plan = PlanFacts(2029, measures=measures, tasks=tuple(task(no) for no in range(1, 6)))

    [finding] = check_plan(plan, [], dominant_share=0.5)

    assert finding.message == "5项措施中参与3项（牵头3项），责任过于集中。"


def test_few_measures_tell_nothing_about_dominance() -> None:
    plan = PlanFacts(
        2029, measures=tuple(measure(no) for no in range(1, 5)), tasks=tuple(task(no) for no in range(1, 5))
    )

    assert kinds(plan) == []


@pytest.mark.parametrize(
    ("one", "other", "is_found"),
    [
        ("县卫健委", "县卫生健康委员会", True),
        ("县教育局", "县教育体育局", True),
        ("县人力资源社会保障局", "县人力资源和社会保障局", True),
        ("教育局", "县教育局", True),
        ("县委办", "县委编办", False),
        ("县财政局", "县审计局", False),
        ("县教育局", "市教育局", False),
        ("各学校", "各学校食堂", False),
    ],
)
def test_units_with_names_alike_are_found(one: str, other: str, is_found: bool) -> None:
    plan = PlanFacts(2029, units=(UnitFacts(one), UnitFacts(other)))

    assert (kinds(plan) == [FindingKind.UNIT_TWICE]) is is_found


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "expected"),
    [
        (None, date(2029, 9, 30), ["没有写明开始时间。"]),
        (date(2027, 1, 1), None, ["没有写明结束时间。"]),
        (None, None, ["没有写明开始时间和结束时间。"]),
        (date(2029, 9, 30), date(2029, 9, 30), []),
        (date(2029, 10, 1), date(2029, 9, 30), ["结束时间2029年9月30日早于开始时间2029年10月1日。"]),
    ],
)
def test_phase_needs_both_dates_in_their_order(
    starts_on: date | None, ends_on: date | None, expected: list[str]
) -> None:
    plan = PlanFacts(2029, phases=(PhaseFacts(1, "建设阶段", starts_on, ends_on),))

    assert [finding.message for finding in check_plan(plan, [])] == expected


@pytest.mark.parametrize(("starts_on", "is_found"), [(date(2027, 1, 1), False), (date(2026, 12, 31), True)])
def test_phases_overlap_from_the_first_shared_day(starts_on: date, is_found: bool) -> None:
    first = PhaseFacts(1, "启动阶段", date(2026, 3, 1), date(2026, 12, 31))
    plan = PlanFacts(2029, phases=(first, PhaseFacts(2, "建设阶段", starts_on, date(2029, 9, 30))))

    assert (kinds(plan) == [FindingKind.PHASES_OVERLAP]) is is_found


def test_phase_with_an_end_alone_overlaps_on_that_day() -> None:
    first = PhaseFacts(1, "启动阶段", None, date(2026, 12, 31))
    second = PhaseFacts(2, "建设阶段", date(2026, 12, 1), date(2029, 9, 30))

    assert kinds(PlanFacts(2029, phases=(first, second))) == [
        FindingKind.PHASE_UNDATED,
        FindingKind.PHASES_OVERLAP,
    ]


@pytest.mark.parametrize(
    ("due_on", "phase_id", "is_found"),
    [
        (date(2028, 12, 31), 1, False),
        (date(2029, 1, 1), 1, True),
        (date(2029, 1, 1), None, False),
        (date(2029, 10, 1), None, True),
        (date(2026, 12, 31), 1, True),
    ],
)
def test_milestone_lies_in_its_phase_or_in_any(due_on: date, phase_id: int | None, is_found: bool) -> None:
    phases = (
        PhaseFacts(1, "建设阶段", date(2027, 1, 1), date(2028, 12, 31)),
        PhaseFacts(2, "验收阶段", date(2029, 1, 1), date(2029, 9, 30)),
    )
    plan = PlanFacts(2029, phases=phases, milestones=(MilestoneFacts(1, "自评", due_on, phase_id),))

    assert (kinds(plan) == [FindingKind.MILESTONE_OUTSIDE]) is is_found


@pytest.mark.parametrize(
    ("due_on", "horizon", "is_found"),
    [(date(2029, 12, 31), 2029, False), (date(2030, 1, 1), 2029, True), (date(2030, 1, 1), None, False)],
)
def test_task_after_the_horizon_is_found(due_on: date, horizon: int | None, is_found: bool) -> None:
    plan = PlanFacts(horizon, tasks=(task(due_on=due_on, measure_id=None),))

    assert (kinds(plan) == [FindingKind.TASK_LATE]) is is_found


@pytest.mark.parametrize(
    ("horizon", "county_year", "expected"),
    [
        (2029, 2030, [FindingKind.HORIZON_SHORT]),
        (2029, 2029, []),
        (2032, 2029, []),
        (None, 2032, []),
        (2029, None, []),
    ],
)
def test_plan_must_reach_the_target_year_of_its_county(
    horizon: int | None, county_year: int | None, expected: list[FindingKind]
) -> None:
    assert kinds(PlanFacts(horizon, county_year=county_year)) == expected


def test_plan_that_ends_too_early_is_mended_in_its_head() -> None:
    [finding] = check_plan(PlanFacts(2029, county_year=2032, id=7), [])

    assert finding.message == "方案到2029年为止，早于全县目标年2032年，2030至2032年没有安排。"
    assert (finding.severity, finding.fix.target, finding.fix.row_id) == (Severity.LOOK, Target.HEAD, 7)
