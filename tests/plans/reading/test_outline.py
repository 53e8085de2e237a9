"""Numbers in front of lines."""

import pytest

from plans.reading.blocks import Line
from plans.reading.outline import Rank, build_outline, mark_of


@pytest.mark.parametrize(
    ("text", "rank", "number", "words"),
    [
        ("第二章 主要任务", Rank.CHAPTER, 2, " 主要任务"),
        ("三、工作措施", Rank.CHINESE, 3, "工作措施"),
        ("十二．其他", Rank.CHINESE, 12, "其他"),
        ("（四）培训", Rank.BRACKETED_CHINESE, 4, "培训"),
        ("(四)培训", Rank.BRACKETED_CHINESE, 4, "培训"),
        ("〔四〕培训", Rank.BRACKETED_CHINESE, 4, "培训"),
        ("第一阶段：启动", Rank.BRACKETED_CHINESE, 1, "第一阶段：启动"),
        ("５．建校", Rank.DECIMAL, 5, "建校"),
        ("5、建校", Rank.DECIMAL, 5, "建校"),
        ("1.2027年9月前完成", Rank.DECIMAL, 1, "2027年9月前完成"),
        ("2.3 建校", Rank.DOTTED, 3, "建校"),
        ("（6）建校", Rank.BRACKETED_DECIMAL, 6, "建校"),
        ("6）建校", Rank.BRACKETED_DECIMAL, 6, "建校"),
        ("③建校", Rank.CIRCLED, 3, "建校"),
        ("附件2", Rank.ANNEX, 2, ""),
        ("附件2：任务清单", Rank.ANNEX, 2, "任务清单"),
        ("副 组 长：赵一一", Rank.PEOPLE, None, "副 组 长：赵一一"),
    ],
)
def test_mark(text, rank, number, words):
    mark = mark_of(text)

    assert (mark.rank, mark.number, text[mark.ends_at :]) == (rank, number, words)


@pytest.mark.parametrize(
    "text", ["5.5%的学校达标", "4.2人以上", "2024年3月", "一是抓建设", "附件：1.名单", "见附件1。", ""]
)
def test_text_without_mark(text):
    assert mark_of(text) is None


def test_outline_closes_deeper_levels():
    lines = ["一、甲", "（一）乙", "1.丙", "正文", "（二）丁", "二、戊"]

    root = build_outline([Line(number, text) for number, text in enumerate(lines, 1)])

    shown = [(node.head.text, [line.text for line in node.lines]) for node in root.walk()][1:]
    assert shown == [("甲", []), ("乙", []), ("丙", ["正文"]), ("丁", []), ("戊", [])]
    assert [child.head.text for child in root.children] == ["甲", "戊"]


def test_annex_starts_the_numbers_anew():
    lines = ["一、甲", "（一）乙", "附件1", "一、丙"]

    root = build_outline([Line(number, text) for number, text in enumerate(lines, 1)])

    assert [(child.rank, len(child.children)) for child in root.children] == [
        (Rank.CHINESE, 1),
        (Rank.ANNEX, 1),
    ]
