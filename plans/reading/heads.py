"""What the columns of a table hold, told by the words of its head."""

import re
from collections.abc import Sequence
from enum import StrEnum

from plans.reading.folding import fold, squeeze


class Column(StrEnum):
    """The part that a column plays."""

    NUMBER = "number"
    GROUP = "group"
    INDICATOR = "indicator"
    TASK = "task"
    PHASE = "phase"
    LEAD = "lead"
    SUPPORT = "support"
    RESPONSIBLE = "responsible"
    DUE = "due"
    UNIT = "unit"
    DUTY = "duty"
    PERSON = "person"
    TARGET = "target"
    NOTE = "note"


# The first that matches counts: 牵头责任单位 before 责任单位, 一级指标 before 指标.
_HEADS = (
    (Column.NOTE, r"备注|说明|附注"),
    (Column.PERSON, r".*(?:姓名|责任人|负责人|联系人|联系方式|领导|职务|电话)"),
    (Column.LEAD, r"(?:牵头|主责|主办|主要责任).*"),
    (Column.SUPPORT, r"(?:配合|协办|协同|参与|参加|协助).*"),
    (
        Column.RESPONSIBLE,
        r"(?:责任|承办|落实|承担|实施).{0,2}(?:单位|部门|主体)(?:.*)?|(?:责任|任务|工作)?分工",
    ),
    (
        Column.DUE,
        r"(?:计划|预计|要求)?(?:完成|办结|整改)?(?:时限|时间|时间节点|时间安排|期限|日期|进度安排|起止时间)(?:要求)?",
    ),
    (Column.DUTY, r".*职责.*"),
    (Column.UNIT, r"(?:成员)?(?:单位|部门)(?:名称)?"),
    (Column.PHASE, r".*阶段.*"),
    (Column.GROUP, r"(?:[AaＡ]级|一级|1级).*指标.*|类别|类型|领域|分类|板块|维度"),
    (Column.TARGET, r"目标值?|标准值?|达标值|.*目标值|20\d\d年.*|.*现状.*"),
    (Column.INDICATOR, r".*指标.*"),
    (Column.NUMBER, r"序号|编号|代码|项次|号"),
    (Column.TASK, r".*(?:任务|措施|内容|(?:重点|主要|具体)工作|工作安排|事项|举措|项目|要求).*"),
)
_LONGEST_HEAD = 16


def column_of(text: str) -> Column | None:
    """What a head cell announces; None for words that are no head.

    >>> [column_of(t) for t in ("牵头责任单位", "責任單位", "指 标 内 容", "县教育局")]
    [<Column.LEAD: 'lead'>, <Column.RESPONSIBLE: 'responsible'>, <Column.INDICATOR: 'indicator'>, None]
    """
    word = squeeze(fold(text))
    if len(word) > _LONGEST_HEAD:
        return None
    return next((column for column, pattern in _HEADS if re.fullmatch(pattern, word)), None)


def is_head(cells: Sequence[str]) -> bool:
    """Whether a row is the head of a table: two or more known columns, and nothing long.

    >>> is_head(["序号", "任务", "完成时限"]), is_head(["1", "改造校舍", "2025年"])
    (True, False)
    """
    known = {cell for cell in cells if column_of(cell)}
    return len(known) > 1 and all(len(squeeze(cell)) <= _LONGEST_HEAD for cell in cells)
