"""Items beside the indicators: traps of real reports, denominators, statements, what a row says."""

from datetime import date

import pandas as pd
import pytest

from scoring.engine import assess
from scoring.errors import BadEvidence
from scoring.evidence import Attestation, Evidence
from scoring.measures import Measures
from tests.scoring.judging import item, judged, signed
from tests.scoring.make import (
    GOOD_COUNTY,
    STANDARD,
    complete_county,
    full_evidence,
    indicator,
    school,
    schools_frame,
)


def test_county_with_everything_in_order_is_met():
    result = complete_county()

    assert (result.county.verdict, set(result.items["verdict"])) == ("met", {"met"})
    assert result.items["group"].value_counts().to_dict() == {
        "资源配置": 7,
        "政府保障": 15,
        "教育质量": 9,
        "社会认可度": 1,
        "否决事项": 6,
    }


def test_regional_veto_is_off_by_default():
    assert "V7" not in set(complete_county().items["code"])


@pytest.mark.parametrize("missing", [item.code for item in STANDARD.items if "attested" in item.mode])
def test_county_is_not_met_while_one_statement_is_missing(missing):
    evidence = full_evidence()
    some = Evidence(tuple(one for one in evidence.attestations if one.item != missing), evidence.monitoring)

    result = complete_county(evidence=some)

    assert (item(result, missing)["verdict"], result.county.verdict) == ("pending", "pending")


def test_county_waits_for_the_national_monitoring():
    result = complete_county(evidence=Evidence(full_evidence().attestations))

    assert (item(result, "Q9")["verdict"], result.county.verdict) == ("pending", "pending")


def test_county_is_not_met_while_a_figure_is_missing():
    county = {code: figure for code, figure in GOOD_COUNTY.items() if code != "certified_teachers"}

    assert complete_county(county=county).county.verdict == "no_data"


def test_one_veto_fails_the_county_that_is_good_in_all_else():
    evidence = full_evidence()
    others = tuple(one for one in evidence.attestations if one.item != "V2")
    told = Attestation("V2", "not_met", "一校跨片区招生")

    result = complete_county(evidence=Evidence((*others, told), evidence.monitoring))

    assert (item(result, "V2")["verdict"], result.county.verdict) == ("not_met", "not_met")
    assert "一校跨片区招生" in item(result, "V2")["reason"]


def test_school_of_2919_pupils_fails_and_the_relaxation_that_saves_it_is_named():
    big = school("1", "九年一贯制", students_primary=2000, students_junior=919, built_year=2008)

    without, eased = judged(big), judged(big, relaxations=("G4-built",))

    assert item(without, "G4")["failing"] == [
        {
            "school_code": "1",
            "name": "示例1校",
            "stage": "",
            "figure": 2919.0,
            "limit": 2500.0,
            "unit": "人",
            "part": "义务教育阶段在校生",
        }
    ]
    assert (item(without, "G4")["verdict"], item(without, "G4")["relaxed"]) == ("not_met", [])
    assert (item(eased, "G4")["verdict"], item(eased, "G4")["relaxed"]) == ("met", ["G4-built"])
    assert "3000" in item(eased, "G4")["reason"]
    assert "2022-10-31 止" in item(eased, "G4")["reason"]


def test_relaxation_that_changes_nothing_is_not_named():
    result = judged(school("1", built_year=2008), relaxations=("G4-built",))

    assert item(result, "G4")["relaxed"] == []
    assert "G4-built" not in item(result, "G4")["reason"]


def test_plan_to_fix_is_no_pass():
    big = school("1", "九年一贯制", students_primary=2000, students_junior=919, largest_class_primary=48)
    plans = [signed(code, statement="已制定化解方案，2026年9月消除") for code in ("G4", "G5")]

    result = judged(big, evidence=Evidence(tuple(plans)))

    assert [item(result, code)["verdict"] for code in ("G4", "G5")] == ["not_met", "not_met"]
    assert item(result, "G4")["warnings"] == ["此项按数据判定，填写的结论、说明或整改计划不改变结果"]


def test_plan_is_no_conclusion():
    with pytest.raises(BadEvidence, match="计划不是结论"):
        Attestation("G1", "planned")


def test_every_school_with_an_oversize_class_is_listed_with_its_figure():
    rows = [
        school(str(n), largest_class_primary=size, oversize_classes_primary=int(size > 45))
        for n, size in enumerate((45, 46, 50, 48, 47), start=1)
    ]

    failing = item(judged(*rows), "G5")["failing"]

    assert [(one["school_code"], one["stage"], one["figure"], one["limit"]) for one in failing] == [
        ("2", "primary", 46.0, 45.0),
        ("3", "primary", 50.0, 45.0),
        ("4", "primary", 48.0, 45.0),
        ("5", "primary", 47.0, 45.0),
    ]


def test_classes_over_the_limit_are_added_up_by_stage():
    rows = [
        school("1", largest_class_primary=50, oversize_classes_primary=75),
        school("2", "初级中学", largest_class_junior=55, oversize_classes_junior=33),
    ]

    reason = item(judged(*rows), "G5")["reason"]

    assert "小学在校生 100 人，其中超班额 75 个班" in reason
    assert "初中在校生 100 人，其中超班额 33 个班" in reason


def test_figures_of_classes_that_contradict_each_other_fail_and_warn():
    result = judged(school("1", largest_class_primary=44, oversize_classes_primary=2))

    assert item(result, "G5")["verdict"] == "not_met"
    assert item(result, "G5")["warnings"] == ["1 校小学的最大班额与超班额班级数矛盾，按未达标处理，请核对"]


def test_small_teaching_points_count_in_class_size_and_not_in_the_indicators():
    rows = [
        school("1", students_primary=12818, largest_class_primary=45),
        *(
            school(str(n), "教学点", students_primary=pupils, largest_class_primary=20)
            for n, pupils in ((2, 49), (3, 30), (4, 30))
        ),
    ]

    result = judged(*rows)

    assert indicator(result, "R1")["students"] == 12818
    assert "小学在校生 12927 人" in item(result, "G5")["reason"]


def test_mean_training_funds_that_pass_do_not_help_a_school_that_fails():
    rows = [
        school("1", public_funds_wan=100, training_funds_wan=10),
        school("2", public_funds_wan=100, training_funds_wan=4),
    ]

    result = judged(*rows)

    assert [(one["school_code"], one["figure"]) for one in item(result, "Q4")["failing"]] == [("2", 4.0)]


def test_budget_that_was_not_filled_is_not_judged_but_told():
    result = judged(school("1", public_funds_wan=100, training_funds_wan=5))

    assert item(result, "Q4")["verdict"] == "met"
    assert item(result, "Q4")["warnings"] == ["未填教师培训经费占公用经费比例（预算），未核对"]


def test_retention_above_100_warns_and_is_not_capped():
    figures = (
        "junior_graduates",
        "junior_intake",
        "junior_transfer_in",
        "junior_transfer_out",
        "junior_deaths",
    )
    county = dict(zip(figures, (2413.0, 2411, 69, 66, 2), strict=True))

    retention = item(judged(county=county), "Q1")

    assert (retention["verdict"], retention["value"]) == ("met", 241300 / 2412)
    assert retention["warnings"] == ["初中三年巩固率 100.04%，超过 100%，未作截断，请核对"]


def test_open_rule_shows_its_choice_in_the_reason():
    evidence = Evidence(settings={"Q1": "graduates_adjusted"})

    default, other = judged(), judged(evidence=evidence)

    assert (item(default, "Q1")["settings"], item(other, "Q1")["settings"]) == (
        {"Q1": "net_intake"},
        {"Q1": "graduates_adjusted"},
    )
    assert "巩固率口径取“（毕业−转入＋转出）÷（入学−死亡）”" in item(other, "Q1")["reason"]


def test_unknown_choice_is_refused_with_the_known_ones():
    with pytest.raises(BadEvidence, match="G3=one_each、G3=sum"):
        judged(evidence=Evidence(settings={"G3": "none"}))


def test_special_funds_in_wan_become_yuan_a_pupil():
    result = item(judged(county={"special_funds_wan": 73.5, "special_students": 105.0}), "G7")

    assert (result["value"], result["unit"]) == (7000.0, "元")


def test_printed_percentage_that_says_otherwise_is_flagged():
    part = item(judged(county={"nearby_primary": 100.0, "nearby_junior": 94.96}), "G13")["parts"][1]

    assert (part["verdict"], part["value"], part["limit"], part["printed_otherwise"]) == (
        "not_met",
        94.96,
        95.0,
        True,
    )
    assert "95.0 %，应不少于 95（按四舍五入值会得出相反结论）" in part["reason"]


def test_rooms_of_other_schools_do_not_count():
    rooms = pd.DataFrame({"school_code": ["1", "2"], "kind": ["music", "art"], "area_m2": [96.0, 90.0]})
    rows = [school(code, classes_primary=3, music_rooms=0, art_rooms=0) for code in ("1", "2")]

    failing = item(judged(*rows, rooms=rooms), "G3")["failing"]

    assert [(one["school_code"], one["part"], one["figure"]) for one in failing] == [
        ("2", "音乐教室", 0.0),
        ("1", "美术教室", 0.0),
    ]


def test_reason_of_a_relaxation_out_of_time_is_shown():
    big = school("1", students_primary=2300, built_year=2008)

    result = assess(
        Measures(schools_frame(big)), STANDARD, ["G4-built=市级批复延至2027年"], on=date(2026, 12, 31)
    )

    assert "理由：市级批复延至2027年" in item(result, "G4")["reason"]
