"""The heat map of schools and indicators: the ground of a value and the order of the rows. Pure."""

from collections.abc import Sequence

from app.assessments.queries import SectionLine
from scoring.standard import Standard

GROUNDS = {"not_met": "red", "close": "amber"}
STEPS = ((2.0, "3"), (1.25, "2"))  # of the standard; what meets it and no more is "1"
OTHERS = ("students", "met")  # what the rows can be sorted by beside the indicators


def ground(line: SectionLine, code: str, standard: Standard) -> str:
    """The colour of a value's cell: red, amber, 1 to 3 the further it is over the standard; "" = missing."""
    value, mark = line.values.get(code), line.marks[code]
    if value is None:
        return ""
    share = value / float(standard.indicator(code).at_least[line.stage])
    return GROUNDS.get(mark) or next((name for least, name in STEPS if share >= least), "1")


def sorted_sections(
    lines: Sequence[SectionLine], by: str, standard: Standard, *, descending: bool
) -> list[SectionLine]:
    """The lines of one stage sorted by a column, those without a figure last; unsorted otherwise."""
    if by not in (*OTHERS, *standard.codes):
        return list(lines)
    figures = {line.school_code: _figure(line, by) for line in lines}
    known = [line for line in lines if figures[line.school_code] is not None]
    known.sort(key=lambda line: figures[line.school_code] or 0.0, reverse=descending)
    return [*known, *(line for line in lines if figures[line.school_code] is None)]


def _figure(line: SectionLine, by: str) -> float | None:
    others = {"students": line.students, "met": len(line.met)}
    return others[by] if by in others else line.values.get(by)
