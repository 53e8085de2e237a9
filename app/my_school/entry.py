"""The form of a school's own return: a line an element, as written until it is reported.

An empty field is missing and 0 is a figure.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from app.my_school.asked import Sections, elements_in, short_label
from app.my_school.checks import Findings, findings_on
from app.returns.values import Room, Value, YearValues
from scoring.elements import Element
from scoring.standard import Standard
from scoring.workbook.cells import NotInCell, of_element


@dataclass(frozen=True)
class Line:
    """One element of the form."""

    element: Element
    label: str
    text: str  # as written
    options: list[tuple[str, str]]  # stored form and words of a choice; none = is typed
    held: str
    last: str  # last year's in words; "" = missing
    error: str
    warning: str


@dataclass(frozen=True)
class Sent:
    """What came with the form: texts as written, values where they could be read."""

    texts: Mapping[str, str]
    values: Mapping[str, Value]
    found: Findings


@dataclass(frozen=True)
class Own:
    """A school's return of a year and of the year before."""

    code: str
    values: Mapping[str, Value]
    rooms: list[Room]
    last: Mapping[str, Value]


def read_sent(form: Mapping[str, str], sections: Sections, own: Own, standard: Standard) -> Sent:
    """Texts of a form, read and checked as the cells of a workbook are."""
    texts = {one.code: form.get(one.code, "").strip()[:40] for one in elements_in(sections)}
    values, errors = _read(texts, elements_in(sections))
    kept = {code: value for code, value in own.values.items() if code not in texts}
    found = findings_on(own.code, {**kept, **values}, own.rooms, own.last, standard)
    return Sent(texts, {**kept, **values}, Findings({**found.errors, **errors}, found.warnings))


def year_values(sent: Sent, own: Own) -> YearValues:
    """What is to be saved; the rooms stay as they are."""
    return YearValues({own.code: sent.values}, {own.code: own.rooms} if own.rooms else {}, {})


def lines_of(sections: Sections, own: Own, sent: Sent | None) -> list[tuple[str, list[Line]]]:
    """The lines of the form by section."""
    return [(name, [_line(one, own, sent) for one in elements]) for name, elements in sections]


def _read(texts: Mapping[str, str], elements: list[Element]) -> tuple[dict[str, Value], dict[str, str]]:
    values: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for one in elements:
        try:
            value = of_element(texts[one.code], one)
        except NotInCell as refusal:
            errors[one.code] = str(refusal)
        else:
            values |= {} if _is_blank(value) else {one.code: value}
    return values, errors


def _is_blank(value: Value) -> bool:
    return value == "" or (isinstance(value, float) and math.isnan(value))


def _line(element: Element, own: Own, sent: Sent | None) -> Line:
    code, options = element.code, _options(element)
    return Line(
        element=element,
        label=short_label(element),
        text=sent.texts[code] if sent else _plain(own.values.get(code)),
        options=options,
        held=_words(own.values.get(code), options),
        last=_words(own.last.get(code), options),
        error=sent.found.errors.get(code, "") if sent else "",
        warning=sent.found.warnings.get(code, "") if sent else "",
    )


def _options(element: Element) -> list[tuple[str, str]]:
    return [(stored, words) for words, stored in element.choices.items() if not words.isdigit()]


def _words(value: Value | None, options: list[tuple[str, str]]) -> str:
    if isinstance(value, str):
        return dict(options).get(value, value)
    return "" if value is None else f"{value:.12g}"


def _plain(value: Value | None) -> str:
    return "" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)
