"""Offices in the list of the leading group. Names of persons are read over and never kept."""

import re
from collections.abc import Iterator

from plans.reading.folding import fold
from plans.reading.outline import Node, Rank
from plans.reading.units import NameReader, is_unit

_POST = re.compile(
    r"(?:行政|党政)?(?:主要)?(?:党[委组]|常务|第一|专职)?副?"
    r"(?:书记|局长|主任|部长|院长|检察长|主席|大队长|县长|市长|区长|科长|会长|校长|理事长|乡长|镇长|领导|负责人|负责同志)"
    r"(?:（[^）]*）)?$"
)
_OFFICE_START = re.compile(r"(?:^|\s)(?P<posts>(?:[省州市县区旗]|各(?:乡|镇)|教育|公安|财政)\S*)\s*$")
_MEMBERS = "成员"


def member_units(root: Node, reader: NameReader) -> tuple[str, ...]:
    """Full names of the offices whose people are members; leaders of the group stand for no office."""
    lines = (line for node in _people(root) for line in _member_lines(node))
    names = (name for line in lines for name in reader.read(_offices(line)).found)
    return tuple(dict.fromkeys(names))


def _people(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.rank is Rank.PEOPLE:
            yield child
        yield from _people(child)


def _member_lines(node: Node) -> list[str]:
    title, _, first = fold(node.head.text).partition("：")
    return [first, *(fold(line.text) for line in node.lines)] if "".join(title.split()) == _MEMBERS else []


def _offices(line: str) -> str:
    """The offices of one member: what stands before the posts."""
    found = _OFFICE_START.search(line.strip())
    pieces = re.split(r"[、，](?!街道)", found["posts"]) if found else []
    offices = (_POST.sub("", piece) for piece in pieces)
    return "、".join(office for office in offices if is_unit(office))
