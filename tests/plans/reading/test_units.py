"""Full names from written lists, and one name an office."""

import pytest

from plans.reading.roster import Roster
from plans.reading.units import NameReader


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("市财政局、教育局", ("市财政局", "市教育局")),
        ("市委组织部、编办，市人社局", ("市委组织部", "市委编办", "市人社局")),
        ("市委办、政府办、教育工委", ("市委办", "市政府办", "市教育工委")),
        ("市公安局、市场监督管理局", ("市公安局", "市场监督管理局")),
        ("县公安局、市场监督管理局", ("县公安局", "县市场监督管理局")),
        ("市市场监督管理局", ("市市场监督管理局",)),
        ("县教育局，各乡镇、街道", ("县教育局", "各乡镇、街道")),
        ("各乡（镇）人民政府、街道办事处、县教育局", ("各乡（镇）人民政府、街道办事处", "县教育局")),
        ("县民政局、各乡镇、卫健委", ("县民政局", "各乡镇", "县卫健委")),
        ("县农业农村局(乡村振兴局)、红十字会", ("县农业农村局（乡村振兴局）", "县红十字会")),
        ("縣教育局,財政局", ("县教育局", "县财政局")),
        ("县教育局和县财政局等部门", ("县教育局", "县财政局")),
        ("县教育局、\n\n自然资\n源局", ("县教育局", "县自然资源局")),
        ("县教育局\n县财政局 县住建局", ("县教育局", "县财政局", "县住建局")),
        ("示例县教育局、中共示例县委宣传部", ("县教育局", "县委宣传部")),
        ("团县委、妇联", ("县团委", "县妇联")),
        ("县教育局、县教育局", ("县教育局",)),
        ("教育局、财政局", ("教育局", "财政局")),
        ("各学校，县直各部门", ("各学校", "县直各部门")),
    ],
)
def test_names_of_a_list(text, found):
    names = NameReader("示例县").read(text)

    assert (names.found, names.unclear) == (found, ())


@pytest.mark.parametrize("text", ["待定", "按职责做好工作", "2025年"])
def test_words_that_are_no_unit_are_unclear(text):
    names = NameReader().read(text)

    assert (names.found, len(names.unclear)) == ((), 1)


def test_office_is_called_as_it_is_called_most_often():
    roster = Roster.of(["县编委办", "县委编办", "县委编办"])

    assert roster.settle(["县委编委办", "县委编办"]) == ("县委编办",)


def test_office_at_a_tie_is_called_as_first():
    assert Roster.of(["县发改委", "县发展和改革委员会"]).name("县发展和改革委员会") == "县发改委"


def test_second_name_in_brackets_is_the_same_office():
    roster = Roster.of(["县农业农村局（乡村振兴局）", "县乡村振兴局"])

    assert roster.name("县乡村振兴局") == "县农业农村局（乡村振兴局）"
    assert roster.aliases("县农业农村局（乡村振兴局）") == ("县乡村振兴局",)


def test_name_without_level_takes_the_level_of_the_document():
    assert Roster.of(["教育局", "县财政局"]).name("教育局") == "县教育局"


def test_document_without_levels_keeps_bare_names():
    assert Roster.of(["教育局", "财政局"]).name("教育局") == "教育局"


def test_market_office_is_one_under_both_writings():
    roster = Roster.of(["市场监督管理局", "市场监督管理局", "市市场监督管理局", "市教育局"])

    assert roster.name("市市场监督管理局") == "市场监督管理局"


def test_offices_of_different_levels_stay_apart():
    assert Roster.of(["县教育局", "州教育局"]).settle(["县教育局", "州教育局"]) == ("县教育局", "州教育局")
