"""What a school is asked for: by its kind, in the sections of the form."""

from collections.abc import Mapping

from flask_babel import gettext as _

from app.returns.values import Value
from scoring.elements import SCHOOL_KINDS, STAGE_LABELS, Element
from scoring.standard import Standard
from scoring.workbook.writer import elements_for

Sections = list[tuple[str, list[Element]]]  # heading, elements
KNOWN = ("school_code", "school_name", "school_kind")  # the county keeps them
OF_SOME = ("is_boarding", "built_year", "location")  # facts that no verdict waits for


def sections_of(standard: Standard, kind: str) -> Sections:
    """Elements asked of a kind of school: facts, each stage that it holds, what the stages share."""
    asked = [one for one in elements_for(standard, "school") if one.code not in KNOWN]
    by_stage = [
        (_("%(stage)s部分", stage=STAGE_LABELS[stage]), [one for one in asked if one.stage == stage])
        for stage in SCHOOL_KINDS[kind].stages
    ]
    found = [
        (_("基本情况"), [one for one in asked if _is_fact(one)]),
        *by_stage,
        (_("全校共用"), [one for one in asked if one.stage is None and not _is_fact(one)]),
    ]
    return [(name, own) for name, own in found if own]


def elements_in(sections: Sections) -> list[Element]:
    """All elements of the form in their order."""
    return [element for _name, own in sections for element in own]


def labels_missing(sections: Sections, values: Mapping[str, Value]) -> list[str]:
    """Names of what has no value yet and is needed for a verdict."""
    return [
        short_label(one)
        for one in elements_in(sections)
        if one.code not in values and one.code not in OF_SOME
    ]


def short_label(element: Element) -> str:
    """The name of an element without its unit.

    >>> from scoring.elements import ELEMENTS
    >>> short_label(ELEMENTS["equipment_value_wan"])
    '教学仪器设备值'
    """
    return element.label.split("(")[0]


def _is_fact(element: Element) -> bool:
    return not element.is_number or element.code == "built_year"
