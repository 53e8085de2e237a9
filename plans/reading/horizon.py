"""The year in which the plan must be fulfilled."""

import re
from collections.abc import Iterable, Sequence

from plans.reading.dates import find_spans
from plans.reading.draft import Phase


def horizon_of(title: str | None, goal_texts: Iterable[str], phases: Sequence[Phase]) -> int | None:
    """The last year of the title's range, else the last 到X年 of the goals, else the end of the last phase.

    >>> horizon_of("示例县规划（2022—2032年）", [], [])
    2032
    >>> horizon_of(None, ["到2025年过半数学校达标，到2029年全部达标。"], [])
    2029
    """
    return _title_year(title or "") or _goal_year(goal_texts) or last_year(phases)


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
