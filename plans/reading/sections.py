"""Which part of the outline holds the goals, the measures, the phases and the duties."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from plans.reading.blocks import Line
from plans.reading.folding import fold, squeeze
from plans.reading.outline import Node, Rank

_GOALS = re.compile(r"目标")
_MEASURES = re.compile(
    r"(?:任务|措施|举措|重点工作|工作内容|重点项目|重点工程|任务分解|任务清单)(?:（.*）)?$"
)
_NOT_MEASURES = re.compile(r"保障|要求|组织|^(?:明确|压实|落实|细化|分解|强化|突出|完善)")
_PHASES = re.compile(r"步骤|阶段|进度|时间安排|实施安排|推进安排|工作安排|推进计划")
_DUTIES = re.compile(r"职责")
_OTHER = re.compile(r"指导思想|基本原则|总体要求|重要意义|保障|要求|组织|领导|附则|考核|督导|背景")
_LONGEST_TITLE = 40


@dataclass(frozen=True)
class Sections:
    """The nodes that hold each part; empty when the plan has none."""

    goals: tuple[Node, ...]
    measures: tuple[Node, ...]
    phases: tuple[Node, ...]
    duties: tuple[Node, ...]


def find_sections(root: Node) -> Sections:
    """Pick the parts by the words of their headings; of several candidates the highest in the tree count."""
    nodes = [node for node in root.walk() if 0 < node.rank <= Rank.BRACKETED_CHINESE]
    main = [node for node in nodes if node.rank is not Rank.ANNEX]
    duties = tuple(node for node in nodes if _DUTIES.search(title_of(node)))
    measures = _highest(main, _is_measures) or _groups_without_heading(root, duties)
    measures = measures or _plain_chapters(root, duties)
    taken = {below for node in measures for below in node.walk()}
    free = [node for node in main if node not in taken]
    phases = _highest(free, lambda node: bool(_PHASES.search(title_of(node))))
    goals = _highest(free, lambda node: bool(_GOALS.search(title_of(node))))
    return Sections(goals, measures, phases, duties)


def title_of(node: Node) -> str:
    """The words of a heading, folded; an annex takes its title from the short lines that follow."""
    first = _first_sentence(node.head.text)
    if node.rank is Rank.ANNEX:
        first += "".join(_leading_titles(node.lines))
    return squeeze(fold(first))


def _first_sentence(text: str) -> str:
    return re.split(r"[。；]", text, maxsplit=1)[0]


def _leading_titles(lines: Iterable[Line]) -> list[str]:
    titles: list[str] = []
    for line in lines:
        if len(line.text) > _LONGEST_TITLE or re.search(r"[。；：]", fold(line.text)) or len(titles) == 4:
            break
        titles.append(line.text)
    return titles


def _highest(nodes: Iterable[Node], is_wanted: Callable[[Node], bool]) -> tuple[Node, ...]:
    wanted = [node for node in nodes if len(title_of(node)) <= _LONGEST_TITLE and is_wanted(node)]
    top = min((node.rank for node in wanted), default=None)
    return tuple(node for node in wanted if node.rank is top)


def _is_measures(node: Node) -> bool:
    title = title_of(node)
    if not _MEASURES.search(title) or _NOT_MEASURES.search(title):
        return False
    return not _GOALS.search(title) or any(child.items for child in node.items)


def _groups_without_heading(root: Node, duties: tuple[Node, ...]) -> tuple[Node, ...]:
    """Plans whose groups are chapters themselves: every main chapter with items that is nothing else."""
    return tuple(node for node in _other_chapters(root, duties) if len(node.items) > 1)


def _plain_chapters(root: Node, duties: tuple[Node, ...]) -> tuple[Node, ...]:
    """Plans without any number below their chapters: 第一部分 布局优化行动 over plain paragraphs."""
    return tuple(node for node in _other_chapters(root, duties) if node.lines and not node.items)


def _other_chapters(root: Node, duties: tuple[Node, ...]) -> list[Node]:
    """Main chapters that are neither goals nor phases, duties or frame."""
    other = (_GOALS, _PHASES, _OTHER)
    chapters = [node for node in root.items if node.rank is not Rank.ANNEX and node not in duties]
    return [node for node in chapters if not any(word.search(title_of(node)) for word in other)]
