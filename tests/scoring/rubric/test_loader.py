"""The rubric's loader: strict, its points add up, locked."""

from pathlib import Path

import pytest

from scoring.elements import RULEBOOKS
from scoring.errors import BadRulebook, NoStandardInForce
from scoring.loader import published
from scoring.rubric import load_rubric
from scoring.rubric.loader import read_rubric

GOOD = (RULEBOOKS / "xinjiang-2014-1000" / "2014-01-01.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("full: 1000", "full: 999", "xinjiang-2014-1000：满分 999 与所属各项之和 1000 不符"),
        ("label: 领导职责, full: 50", "label: 领导职责, full: 51", "B1：满分 51 与所属各项之和 50 不符"),
        ("label: 组织领导, full: 155", "label: 组织领导, full: 156", "满分"),
        ("        full: 10\n", "        full: 11\n", "C6：满分 40 与所属各项之和 41 不符"),
        ("group: B1, label: 优先发展", "group: B9, label: 优先发展", "C2：不属于任何一组"),
        ("code: C2,", "code: C1,", "C1：重复的代码"),
        (
            'starred: "no", clause: A1-B1-C1',
            'starred: "maybe", clause: A1-B1-C1',
            'C1：maybe 须为 "yes" 或 "no"',
        ),
        ("kind: faster", "kind: magic", "C6：未知或不完整的算法 magic"),
        ("kind: faster", "kind: rise", "C6：未知或不完整的算法 rise"),
        ("[exchange_teachers]", "[wizards]", "C14：未知的年度数据项 wizards"),
        ("[exchange_teachers]", "[school_name]", "C14：未知的年度数据项 school_name"),
        ("[exchange_teachers]", "[computers]", "C14：未知的年度数据项 computers"),
        ('at_least: "5"}', 'at_least: "5", at_most: "9"}', "at_least 与 at_most 只能有一个"),
        ('at_least: "5"}', "at_least: 5}", "数值 5 须加引号"),
        ('{primary: "94", junior: "96"}', '{primary: "94"}', "C22：缺少 junior"),
        ("title: 自治区", "colour: red\ntitle: 自治区", "未知的键 colour"),
        (", clause: A1-B1-C1}", "}", "C1：缺少 clause"),
        ("text: 合格总分", "words: 合格总分", "open：缺少 text"),
    ],
)
def test_rubric_that_breaks_the_form_is_refused(tmp_path: Path, before, after, message):
    assert before in GOOD
    file = tmp_path / "2030-01-01.yaml"
    file.write_text(GOOD.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(BadRulebook) as refused:
        read_rubric(file)

    assert str(refused.value).startswith("2030-01-01.yaml")
    assert message in str(refused.value)


def test_rubric_carries_version_and_hash():
    rubric = load_rubric("xinjiang-2014-1000")

    assert rubric.version == "2014-01-01"
    assert rubric.sha256 == published()["xinjiang-2014-1000/2014-01-01.yaml"]


def test_unknown_rubric_is_refused_with_the_known_ones():
    with pytest.raises(NoStandardInForce, match="xinjiang-2014-1000"):
        load_rubric("quality-2017")


def test_open_questions_are_kept_and_each_names_an_item_or_a_rule():
    rubric = load_rubric("xinjiang-2014-1000")

    assert list(rubric.open) == ["pass_mark", "star", "deduction", "C7", "C9", "C17", "C26"]
