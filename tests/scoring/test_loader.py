"""The loader: strict, dated, locked. Each refusal names the file and the place."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from scoring.elements import RULEBOOKS
from scoring.errors import BadRulebook, NoStandardInForce
from scoring.loader import RUBRICS, STANDARDS, load_standard, published, read_rulebook

GOOD = (RULEBOOKS / "quality-2017" / "2017-04-19.yaml").read_text(encoding="utf-8")
R1_TEACHERS = "adds: [teachers_above_degree]"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (R1_TEACHERS, R1_TEACHERS + "\n    weight: 3", "R1：未知的键 weight"),
        (R1_TEACHERS, R1_TEACHERS + "\n    " + R1_TEACHERS, "重复的键 adds"),
        ('effective_from: "2017-04-19"', "effective_from: 2017-04-19", "值 2017-04-19 须加引号"),
        ('primary: "4.2"', "primary: 4.2", "值 4.2 须加引号"),
        ('primary: "4.2"', "primary: no", "值 no 须加引号"),
        ('primary: "4.2"', "primary: 4", "R1：数值 4 须加引号"),
        ('primary: "4.2"', 'primary: "四"', "R1：四 不是数值"),
        ('primary: "4.2", junior', 'primary: "4.2", kindergarten: "1", junior', "R1：未知的键 kindergarten"),
        ('at_least: {primary: "4.2", ', "at_least: {", "R1：缺少 primary"),
        (
            "formula: staged_per_student\n    " + R1_TEACHERS,
            "formula: magic\n    " + R1_TEACHERS,
            "R1：未知的公式 magic",
        ),
        ("[teachers_above_degree]", "[wizards]", "R1：未知的数据项 wizards_primary、wizards_junior"),
        ("[teaching_area_m2]", "[school_name]", "R4：未知的数据项 school_name"),
        ("    clause: 教督〔2017〕6号 第六条第一项\n", "", "R1：缺少 clause"),
        ("    unit: 人/百生\n    formula: staged_per_student\n    " + R1_TEACHERS, R1_TEACHERS, None),
        ("code: R2", "code: R1", "R1：重复的代码"),
        ("kinds: [小学, 教学点", "kinds: [幼儿园, 教学点", "inclusion：未知的办学类型 幼儿园"),
        ("indicator: R3\n", "indicator: R8\n", "R3-visiting：未知的指标 R8"),
        ('since: "2019-10-01"', 'since: "2019-13-01"', "R3-visiting：2019-13-01 不是日期"),
        ("location: [乡村]", "location: [草原]", "R3-visiting：未知的城乡类别 草原"),
        ("scale: 100", 'scale: "100"', "R1：100 不是正整数"),
        ("formula: class_size", "formula: magic", "G5：未知的公式 magic"),
        ('at_most: {primary: "45", junior: "50"}', 'at_most: {primary: "45"}', "G5：缺少 junior"),
        (
            'at_most: {primary: "45", junior: "50"}',
            'at_most: {primary: 45, junior: "50"}',
            "G5：数值 45 须加引号",
        ),
        (
            'at_most: {primary: "45", junior: "50"}',
            'at_least: {primary: "45", junior: "50"}',
            "G5：缺少 at_most",
        ),
        ('{小学: "2000", 教学点', '{大学: "2000", 教学点', "G4：未知的键 大学"),
        ("adds: [special_funds_wan]", "adds: [wizards]", "G7：未知的数据项 wizards"),
        ("code: G8", "code: G7", "G7：重复的代码"),
        ("code: G8", "code: R7", "R7：重复的代码"),
        ("key: backbone", "key: exchange", "G11.exchange：重复的代码"),
        ("when: {G3: one_each}", "when: {G3: none}", "G3：未知的选项 G3"),
        ("default: one_each", "default: none", "G3：未知的选项 none"),
        ('small_points: "yes"', "small_points: yes", "值 yes 须加引号"),
        ('small_points: "yes"', 'small_points: "all"', 'G5：all 须为 "yes" 或 "no"'),
        ("level: county", "level: world", "G1：未知的层级 world"),
        ("    limits: {music_primary", "    adds: {music_primary", "G3-built：缺少 limits"),
        ("where: {built_to: 2016}", 'where: {built_to: "2016"}', "G3-built：2016 不是正整数"),
    ],
)
def test_rulebook_that_breaks_the_form_is_refused(tmp_path: Path, before, after, message):
    assert before in GOOD
    file = tmp_path / "2030-01-01.yaml"
    file.write_text(GOOD.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(BadRulebook) as refused:
        read_rulebook(file)

    assert str(refused.value).startswith("2030-01-01.yaml")
    assert message is None or message in str(refused.value)


def test_rulebook_that_is_no_table_is_refused(tmp_path: Path):
    file = tmp_path / "2030-01-01.yaml"
    file.write_text("- R1\n", encoding="utf-8")

    with pytest.raises(BadRulebook, match="内容须是键值表"):
        read_rulebook(file)


def test_every_rulebook_is_locked_and_unchanged():
    names = (*STANDARDS, *RUBRICS)
    files = {f"{name}/{file.name}" for name in names for file in (RULEBOOKS / name).glob("2*.yaml")}

    assert set(published()) == files
    for path, digest in published().items():
        assert hashlib.sha256((RULEBOOKS / path).read_bytes()).hexdigest() == digest


def test_standard_carries_version_and_hash():
    standard = load_standard("quality-2017")

    assert (standard.id, standard.version) == ("quality-2017", "2017-04-19")
    assert standard.sha256 == published()["quality-2017/2017-04-19.yaml"]


def test_unknown_standard_is_refused_with_the_known_ones():
    with pytest.raises(NoStandardInForce, match="quality-2017"):
        load_standard("quality-2099")


def test_day_before_the_first_version_is_refused():
    with pytest.raises(NoStandardInForce, match="2017-04-19"):
        load_standard("quality-2017", date(2017, 4, 18))


def test_first_day_of_a_version_is_covered():
    assert load_standard("quality-2017", date(2017, 4, 19)).version == "2017-04-19"
