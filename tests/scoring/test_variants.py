"""Local variants: tightened, added, never loosened, never touching the base."""

from decimal import Decimal

import pytest

from scoring.errors import BadEvidence, BadRulebook, VariantConflict
from scoring.evidence import Evidence
from scoring.variants import apply, conflicts, parse_overlay, read_overlay
from tests.scoring.make import GOOD_COUNTY, STANDARD, complete_county

HEAD = "variant: demo\ntitle: 示例地方标准\nbase: quality-2017\nclause: 示例文件 第三条\n"
REGION = HEAD + 'changes:\n  - {code: G7, at_least: "8000"}\nenables: [V7]\n'
TARGET = """adds:
  - code: T1
    label: 随迁子女全部在公办学校就读
    group: 地方目标
    level: county
    clause: 示例文件 第五条
    parts:
      - {label: 公办学校就读比例, formula: county_ratio, unit: "%", adds: [migrant_public],
         per: [migrant_eligible], scale: 100, at_least: "100"}
"""


def overlay(text, standard=STANDARD):
    return parse_overlay("demo.yaml", text.encode(), standard)


def item(result, code):
    return result.items.set_index("code").loc[code].to_dict()


@pytest.mark.parametrize(("wan", "verdict"), [(80, "met"), (79.9999, "not_met")])
def test_region_that_asks_8000_for_special_education_is_the_rule(wan, verdict):
    standard = apply(STANDARD, overlay(REGION))

    result = complete_county(county=GOOD_COUNTY | {"special_funds_wan": wan}, standard=standard)

    assert (item(result, "G7")["verdict"], item(result, "G7")["parts"][0]["limit"]) == (verdict, 8000.0)
    assert item(result, "G7")["clause"] == "教督〔2017〕6号 第七条第七项；示例文件 第三条"


def test_extra_veto_waits_for_its_statement():
    result = complete_county(standard=apply(STANDARD, overlay(REGION)))

    assert (item(result, "V7")["verdict"], result.county.verdict) == ("pending", "pending")


def test_county_tightens_a_target():
    standard = apply(
        STANDARD, overlay(HEAD + 'changes:\n  - {code: Q1, part: net_intake, at_least: "99.5"}\n')
    )

    assert item(complete_county(), "Q1")["verdict"] == "met"
    assert item(complete_county(standard=standard), "Q1")["verdict"] == "not_met"


def test_county_adds_a_target():
    result = complete_county(standard=apply(STANDARD, overlay(HEAD + TARGET)))

    assert (item(result, "T1")["verdict"], item(result, "T1")["group"]) == ("not_met", "地方目标")
    assert result.county.verdict == "not_met"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ('{code: G7, at_least: "5000"}', "G7 特殊教育生均公用经费：上级标准 6000，本级 5000，不得放宽"),
        ('{code: G5, at_most: {primary: "46"}}', "G5 最大班额（primary）：上级标准 45，本级 46，不得放宽"),
        ('{code: Q9, part: spread, below: "0.2"}', "Q9 校际差异率：上级标准 0.15，本级 0.2，不得放宽"),
        (
            '{code: R4, at_least: {junior: "5"}}',
            "R4 生均教学及辅助用房面积（junior）：上级标准 5.8，本级 5，不得放宽",
        ),
        (
            '{code: R4, cv_at_most: {primary: "0.6"}}',
            "R4 生均教学及辅助用房面积（primary）：上级标准 0.50，本级 0.6，不得放宽",
        ),
    ],
)
def test_loosening_is_refused_with_both_values(change, words):
    loose = overlay(f"{HEAD}changes:\n  - {change}\n")

    with pytest.raises(VariantConflict) as refused:
        apply(STANDARD, loose)

    assert str(refused.value) == f"“示例地方标准”与上级标准冲突：\n{words}"


def test_county_that_is_looser_than_its_region_conflicts_though_it_keeps_the_nation():
    region = apply(STANDARD, overlay(REGION))
    county = overlay(HEAD + 'changes:\n  - {code: G7, at_least: "7000"}\n', region)

    found = [(one.ours, one.theirs) for one in conflicts(region, county)]

    assert (found, conflicts(STANDARD, county)) == ([(Decimal(8000), Decimal(7000))], [])


def test_same_value_is_no_conflict():
    assert conflicts(STANDARD, overlay(HEAD + 'changes:\n  - {code: G7, at_least: "6000"}\n')) == []


def test_base_stays_as_it_was_and_the_combination_has_its_own_hash():
    before = STANDARD.sha256, STANDARD.items, STANDARD.indicators

    once, again = apply(STANDARD, overlay(REGION)), apply(STANDARD, overlay(REGION))
    other = apply(STANDARD, overlay(HEAD + TARGET))

    assert (STANDARD.sha256, STANDARD.items, STANDARD.indicators) == before
    assert once.sha256 == again.sha256
    assert len({STANDARD.sha256, once.sha256, other.sha256}) == 3
    assert (once.id, once.version, once.variants) == ("quality-2017", "2017-04-19", ("示例地方标准",))


def test_resource_indicator_is_tightened_by_stage():
    standard = apply(STANDARD, overlay(HEAD + 'changes:\n  - {code: R4, at_least: {primary: "5"}}\n'))

    assert dict(standard.indicator("R4").at_least) == {"primary": Decimal(5), "junior": Decimal("5.8")}


def test_variant_that_settles_an_open_rule_binds_the_county():
    standard = apply(STANDARD, overlay(HEAD + "settings: {G3: one_each}\n"))

    with pytest.raises(BadEvidence, match="没有选项 G3=sum"):
        complete_county(standard=standard, evidence=Evidence(settings={"G3": "sum"}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('changes:\n  - {code: G99, at_least: "1"}\n', "G99：quality-2017 没有 at_least 数值 可改"),
        ('changes:\n  - {code: G7, at_most: "1"}\n', "G7：quality-2017 没有 at_most 数值 可改"),
        ('changes:\n  - {code: G11, at_least: "20"}\n', "G11：quality-2017 没有 at_least 数值 可改"),
        ("changes:\n  - {code: G7, at_least: 8000}\n", "G7：数值 8000 须加引号"),
        ("changes:\n  - {code: G7}\n", "G7：须有且只有"),
        ("enables: [V9]\n", "enables：未知的项目 V9"),
        ("settings: {G3: none}\n", "settings：未知的选项 G3"),
        ("removes: [G7]\n", "未知的键 removes"),
        (TARGET.replace("T1", "G1"), "G1：重复的代码"),
        (TARGET.replace("migrant_public", "wizards"), "T1：未知的数据项 wizards"),
    ],
)
def test_overlay_that_breaks_the_form_is_refused(text, message):
    with pytest.raises(BadRulebook, match=message):
        overlay(HEAD + text)


def test_overlay_for_another_standard_is_refused():
    with pytest.raises(BadRulebook, match="适用于 basic-2012，不是 quality-2017"):
        overlay(REGION.replace("quality-2017", "basic-2012"))


def test_overlay_is_read_from_a_file(tmp_path):
    (tmp_path / "demo.yaml").write_text(REGION, encoding="utf-8")

    assert read_overlay(tmp_path / "demo.yaml", STANDARD) == overlay(REGION)
