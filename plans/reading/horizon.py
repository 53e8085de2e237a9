"""The year in which the plan must be fulfilled."""

import re
from collections.abc import Iterable, Sequence

from plans.reading.dates import find_spans
from plans.reading.draft import Phase

_REACHED = re.compile(r"认定|验收|达标|评估|实现|建成")
_PROGRAMME = re.compile(r"优质均衡|均衡发展")


def horizon_of(
    title: str | None, goal_texts: Sequence[str], phases: Sequence[Phase], opening: Iterable[str] = ()
) -> int | None:
    """The year of the title, of the goals, of the last phase or of what the plan opens with.

    The last year of the title's range, else the last 到X年 of the goals, else the end of the last phase, else
    the year in which a goal is reached, else the last 到X年 before the first heading.

    >>> horizon_of("示例县规划（2022—2032年）", [], [])
    2032
    >>> horizon_of(None, ["到2025年过半数学校达标，到2029年全部达标。"], [])
    2029
    >>> horizon_of(None, ["2029年全县通过国家督导认定。"], [])
    2029
    >>> horizon_of(None, [], [], ["到2030年，全县义务教育优质均衡发展通过认定。"])
    2030
    """
    return (
        _title_year(title or "")
        or _goal_year(goal_texts)
        or last_year(phases)
        or _year_reached(goal_texts)
        or _goal_year(text for text in opening if _PROGRAMME.search(text))
    )


def last_year(phases: Sequence[Phase]) -> int | None:
    """The year in which the last phase ends."""
    return max((int(phase.end[:4]) for phase in phases if phase.end), default=None)


def _title_year(title: str) -> int | None:
    ranges = [span.end for span in find_spans(title) if span.is_range and span.end]
    return int(ranges[-1][:4]) if ranges else None


def _goal_year(texts: Iterable[str]) -> int | None:
    without_quotes = (re.sub(r"《[^》]*》", "", text) for text in texts)
    ends = (span.end for text in without_quotes for span in find_spans(text) if span.is_deadline)
    return max((int(end[:4]) for end in ends if end), default=None)


def _year_reached(texts: Iterable[str]) -> int | None:
    """The last year of a sentence that says what is reached by then, without 到."""
    sentences = (sentence for text in texts for sentence in re.split("[。；]", text))
    ends = (span.end for sentence in sentences if _REACHED.search(sentence) for span in find_spans(sentence))
    return max((int(end[:4]) for end in ends if end), default=None)
