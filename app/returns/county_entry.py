"""The county's own figures as a form: a line an element, grouped by the item that needs it.

An empty field is missing and 0 is a figure; what was sent is kept as written until it is saved.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.returns.values import Value, YearValues, measures_of
from plans.terms import in_force
from scoring.county_parts import codes_of
from scoring.elements import ELEMENTS, Element
from scoring.errors import Problem
from scoring.measures import COUNTY_SHEET, Measures, check_measures
from scoring.rubric import Rubric
from scoring.standard import Standard
from scoring.workbook.cells import NotInCell, of_element

Groups = list[tuple[str, list[Element]]]  # what a form asks for: heading, elements
_BY_FORMULA = {"small_school_funds": ("public_funds_base_yuan_primary", "public_funds_base_yuan_junior")}


@dataclass(frozen=True)
class EntryLine:
    """One element of the form."""

    element: Element
    text: str  # as written
    held: Value | None  # as saved; None = missing
    last: Value | None  # last year's; None = missing
    error: str
    warning: str
    other: bool  # somebody else saved another value since the form was shown

    @property
    def shown(self) -> str:
        """The saved value as the form starts from it; "" = missing."""
        return _plain(self.held)


@dataclass(frozen=True)
class Sent:
    """What came with a form: texts as written and figures where they could be read."""

    texts: Mapping[str, str]
    figures: Mapping[str, float]  # readable and not empty
    errors: Mapping[str, str]  # element → message
    warnings: Mapping[str, str]


def groups_of(standard: Standard) -> Groups:
    """Elements of the county by the item that needs them first, in the order of the standard; others last."""
    left = {code: one for code, one in ELEMENTS.items() if _is_asked(one, standard)}
    groups = []
    for item in standard.items:
        codes = [
            code for part in item.parts for code in (*codes_of(part), *_BY_FORMULA.get(part.formula, ()))
        ]
        own = [left.pop(code) for code in dict.fromkeys(codes) if code in left]
        if own:
            groups.append((f"{item.code} {item.label}", own))
    return [*groups, *([(_("其他"), list(left.values()))] if left else [])]


def groups_by_rubric(rubric: Rubric) -> Groups:
    """Yearly figures of a rubric by the item that needs them first, in the order of the document."""
    left = {element.code: element for element in rubric.elements}
    groups = []
    for item in rubric.items:
        codes = [code for part in item.parts for check in part.checks for code in check.codes]
        own = [left.pop(code) for code in dict.fromkeys(codes) if code in left]
        if own:
            groups.append((f"{item.code} {item.label}", own))
    return groups


def read_sent(
    form: Mapping[str, str], groups: Groups, standard: Standard, held: YearValues, last: YearValues
) -> Sent:
    """Texts of a form, read and checked as a workbook's cells are."""
    codes = [one.code for _, own in groups for one in own]
    texts = {code: form.get(code, "").strip()[:40] for code in codes}
    figures: dict[str, float] = {}
    errors: dict[str, str] = {}
    for code, text in texts.items():
        try:
            figure = of_element(text, ELEMENTS[code])
        except NotInCell as refusal:
            errors[code] = str(refusal)
        else:
            figures |= {} if math.isnan(figure) else {code: figure}
    found = _problems(figures, standard, held)
    errors |= {code: problem.message for code, problem in found.items() if problem.severity == "error"}
    warnings = {code: problem.message for code, problem in found.items() if problem.severity == "warning"}
    return Sent(texts, figures, errors, {**_jumps(figures, held, last), **warnings})


def entry_groups(
    groups: Groups, held: YearValues, last: YearValues, sent: Sent | None, shown: Mapping[str, Any]
) -> list[tuple[str, list[EntryLine]]]:
    """The lines of the form. ``shown``: values that the sent form had started from."""
    return [(name, [_line(one, held, last, sent, shown) for one in elements]) for name, elements in groups]


def county_measures(sent: Sent, groups: Groups, held: YearValues) -> Measures:
    """What is to be saved: the sent figures, and those that this form does not ask for as they are."""
    asked = {one.code for _, own in groups for one in own}
    kept = {code: value for code, value in held.county.items() if code not in asked}
    return measures_of(YearValues({}, {}, {**kept, **sent.figures}))


def _is_asked(element: Element, standard: Standard) -> bool:
    return element.level == "county" and (not element.only or standard.id in element.only)


def _problems(figures: Mapping[str, float], standard: Standard, held: YearValues) -> dict[str, Problem]:
    labels = {one.label: code for code, one in ELEMENTS.items() if one.level == "county"}
    measures = measures_of(YearValues(held.schools, held.rooms, dict(figures)))
    found = [one for one in check_measures(measures, standard) if one.sheet == COUNTY_SHEET and one.column]
    # Errors last, so that they outweigh a warning on the same element.
    found.sort(key=lambda one: one.severity == "error")
    return {labels[str(one.column)]: one for one in found}


def _jumps(figures: Mapping[str, float], held: YearValues, last: YearValues) -> dict[str, str]:
    """Changes against last year that are worth a look; what was saved before has been looked at."""
    changed = {code: figure for code, figure in figures.items() if held.county.get(code) != figure}
    return dict(_jump_words(changed, last))


def _jump_words(figures: Mapping[str, float], last: YearValues) -> Iterator[tuple[str, str]]:
    for code, figure in figures.items():
        before = last.county.get(code)
        if not isinstance(before, (int, float)) or not before:
            continue
        change = 100 * (figure / before - 1)
        if abs(change) > in_force().jump_percent:
            yield code, _("比上年变化 %(change)s%%，请核对", change=f"{change:+.0f}")


def _line(
    element: Element, held: YearValues, last: YearValues, sent: Sent | None, shown: Mapping[str, Any]
) -> EntryLine:
    code, saved = element.code, held.county.get(element.code)
    return EntryLine(
        element=element,
        text=sent.texts[code] if sent else _plain(saved),
        held=saved,
        last=last.county.get(code),
        error=sent.errors.get(code, "") if sent else "",
        warning=sent.warnings.get(code, "") if sent else "",
        other=bool(shown) and shown.get(code, "") != _plain(saved),
    )


def _plain(value: Value | None) -> str:
    return "" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)
