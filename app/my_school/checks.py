"""What is wrong or doubtful in a school's own figures: the rules of the workbook, and the year before."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from app.returns.values import Room, Value, YearValues, measures_of
from plans.terms import in_force
from scoring.elements import ELEMENTS
from scoring.errors import Problem
from scoring.measures import ROOMS_SHEET, SCHOOLS_SHEET, check_measures
from scoring.standard import Standard

_CODES = {one.label: code for code, one in ELEMENTS.items() if one.level == "school"}


@dataclass(frozen=True)
class Findings:
    """Sentences by element; those about rooms stand under their number, counted from 0."""

    errors: Mapping[str, str] = field(default_factory=dict)
    warnings: Mapping[str, str] = field(default_factory=dict)
    rooms: Mapping[int, str] = field(default_factory=dict)


def findings_on(
    code: str,
    values: Mapping[str, Value],
    rooms: list[Room],
    last: Mapping[str, Value],
    standard: Standard,
) -> Findings:
    """Check one school's return alone, and against its own of the year before."""
    measures = measures_of(YearValues({code: values}, {code: rooms}, {}))
    found = check_measures(measures, standard)
    told = {severity: _by_element(found, severity) for severity in ("error", "warning")}
    doubtful = {**jumps(values, last), **told["warning"]}
    of_rooms = {one.row: one.message for one in found if one.sheet == ROOMS_SHEET and one.row is not None}
    return Findings(told["error"], _without_blanks(doubtful, values), of_rooms)


def jumps(values: Mapping[str, Value], last: Mapping[str, Value]) -> dict[str, str]:
    """Figures that changed by more than the county's limit since last year."""
    pairs = [(code, value, last.get(code)) for code, value in values.items() if code != "built_year"]
    return {
        code: _("比上年变化 %(change)s%%，请核对", change=f"{100 * (now / then - 1):+.0f}")
        for code, now, then in pairs
        if isinstance(now, int | float) and isinstance(then, int | float) and then
        if abs(now - then) * 100 > in_force().jump_percent * then
    }


def _by_element(found: list[Problem], severity: str) -> dict[str, str]:
    return {
        code: one.message
        for one in found
        if one.sheet == SCHOOLS_SHEET and one.severity == severity and (code := _CODES.get(one.column or ""))
    }


def _without_blanks(found: Mapping[str, str], values: Mapping[str, Value]) -> dict[str, str]:
    # What is blank is listed as missing; to call it doubtful as well would say it twice.
    return {code: text for code, text in found.items() if code in values}
