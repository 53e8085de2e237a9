"""Lines and tables → a tree by their numbers: 第一章, 一、, （一）, 1., （1）, ①, and annexes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from plans.reading.blocks import Block, Line, lines_of
from plans.reading.folding import fold, squeeze
from plans.reading.numerals import NUMERAL, from_chinese


class Rank(IntEnum):
    """How deep a number stands; a smaller rank closes everything below it."""

    ROOT = 0
    ANNEX = 1
    PART = 2
    CHAPTER = 3
    SECTION = 4
    CHINESE = 5  # 一、
    BRACKETED_CHINESE = 6  # （一） and 第一阶段
    DECIMAL = 7  # 1.
    DOTTED = 8  # 1.1
    BRACKETED_DECIMAL = 9  # （1） and 1）
    CIRCLED = 10  # ①
    PEOPLE = 11  # 组长：…


@dataclass(frozen=True)
class Mark:
    """The number in front of a line; ``ends_at`` is where the words begin."""

    rank: Rank
    number: int | None
    ends_at: int


@dataclass(eq=False)
class Node:
    """A numbered line with what stands under it; ``head`` has lost its number, ``label`` keeps it."""

    rank: Rank
    number: int | None
    label: str
    head: Line
    body: list[Block] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, in order, without lists of persons."""
        yield self
        for child in self.children:
            if child.rank is not Rank.PEOPLE:
                yield from child.walk()

    @property
    def items(self) -> list["Node"]:
        """The numbered children; persons are none."""
        return [child for child in self.children if child.rank is not Rank.PEOPLE]

    @property
    def lines(self) -> list[Line]:
        """The lines directly under the head."""
        return lines_of(self.body)


_YEAR = r"(?:19|20)\d\d\s*年"
_MARKS = (
    (Rank.PART, rf"第\s*(?P<n>{NUMERAL}|\d+)\s*(?:篇|编|部分)"),
    (Rank.CHAPTER, rf"第\s*(?P<n>{NUMERAL}|\d+)\s*章"),
    (Rank.SECTION, rf"第\s*(?P<n>{NUMERAL}|\d+)\s*节"),
    (Rank.CHINESE, rf"(?P<n>{NUMERAL})\s*[、.．]"),
    (Rank.BRACKETED_CHINESE, rf"（\s*(?P<n>{NUMERAL})\s*）\s*[、.]?"),
    (Rank.DOTTED, r"\d{1,2}\.(?P<n>\d{1,2})(?:\.\d{1,2})*(?:\s+|、)(?=\D)"),
    (Rank.DECIMAL, rf"(?P<n>\d{{1,3}})\s*[.、](?:(?!\d)|(?={_YEAR}))"),
    (Rank.BRACKETED_DECIMAL, r"（?\s*(?P<n>\d{1,2})\s*）\s*[、.]?"),
)
_STAGE = re.compile(rf"第\s*(?P<n>{NUMERAL}|\d)\s*阶段")
_ANNEX = re.compile(rf"附\s*[件表录]\s*(?P<n>\d{{1,2}}|{NUMERAL})?\s*(?P<colon>：)?\s*(?P<rest>.*)$")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PEOPLE = re.compile(r"(?:第一|常务)?副?(?:组长|指挥长|总指挥)|成员|办公室(?:副)?主任|顾问")
_CONTENTS_LINE = re.compile(r"(?:(?<![.…·．])[.…·．]{3,}|(?<![\t ])[\t ]{3,}|…)\s*\d{1,3}$")
_COMPILED = tuple((rank, re.compile(pattern)) for rank, pattern in _MARKS)


def mark_of(text: str) -> Mark | None:
    """The number a line begins with.

    >>> [mark and mark.rank.name for mark in map(mark_of, ("(三)提质", "1.2027年9月前", "5.5%的学校"))]
    ['BRACKETED_CHINESE', 'DECIMAL', None]
    """
    folded = fold(text)
    if _names_people(folded):
        return Mark(Rank.PEOPLE, None, 0)
    if folded[:1] and folded[0] in _CIRCLED:
        return Mark(Rank.CIRCLED, _CIRCLED.index(folded[0]) + 1, 1)
    if stage := _STAGE.match(folded):
        return Mark(Rank.BRACKETED_CHINESE, from_chinese(stage["n"]), 0)
    for rank, pattern in _COMPILED:
        if found := pattern.match(folded):
            return Mark(rank, from_chinese(found["n"]), found.end())
    return _annex_mark(folded)


def build_outline(blocks: Sequence[Block]) -> Node:
    """The tree of a document without its table of contents and its list of annexes."""
    root = Node(Rank.ROOT, None, "", Line(0, ""))
    path = [root]
    is_annex_list = False
    for block in blocks:
        mark = mark_of(block.text) if isinstance(block, Line) else None
        if isinstance(block, Line):
            is_annex_list = _opens_annex_list(block.text) or (
                is_annex_list and not _closes_annex_list(block.text, mark)
            )
            if is_annex_list or _is_contents(block.text):
                continue
        _add(path, block, mark)
    return root


def _add(path: list[Node], block: Block, mark: Mark | None) -> None:
    if mark is None or not isinstance(block, Line):
        path[-1].body.append(block)
        return
    while path[-1].rank >= mark.rank:
        path.pop()
    label, words = block.text[: mark.ends_at], block.text[mark.ends_at :].strip()
    node = Node(mark.rank, mark.number, label, Line(block.number, words))
    path[-1].children.append(node)
    path.append(node)


def _names_people(folded: str) -> bool:
    title, colon, _ = folded.partition("：")
    return bool(colon) and _PEOPLE.fullmatch(squeeze(title)) is not None


def _annex_mark(folded: str) -> Mark | None:
    """附件1, 附件 or 附件1：名单; a sentence that mentions an annex is none."""
    found = _ANNEX.match(folded)
    if not found or len(found["rest"]) > 60 or "。" in found["rest"] or _opens_annex_list(folded):
        return None
    if found["rest"] and not (found["n"] and (found["colon"] or len(found["rest"]) < 30)):
        return None
    return Mark(Rank.ANNEX, from_chinese(found["n"]) if found["n"] else None, found.start("rest"))


def _opens_annex_list(text: str) -> bool:
    """附件：1.名单 2.清单 at the end of a notice, which only lists what follows."""
    found = _ANNEX.match(fold(text))
    return bool(found and found["colon"] and not found["n"] and found["rest"])


def _closes_annex_list(text: str, mark: Mark | None) -> bool:
    if mark is not None:
        return mark.rank < Rank.DECIMAL or mark.rank is Rank.PEOPLE
    return "。" in text or len(text) > 60


def _is_contents(text: str) -> bool:
    return squeeze(text) in {"目录", "目錄"} or (
        mark_of(text) is not None and bool(_CONTENTS_LINE.search(text))
    )
