"""One school on one page (一校一册): its sections with their working, its return, what changed in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments import sentences
from app.assessments.pages import Page
from app.assessments.queries import SectionLine, section_lines, standard_of
from app.assessments.runs import judged_again
from app.assessments.trends import SchoolTrend, school_trends
from app.assessments.workings import Outside, ValueLine, outside, value_line
from app.models import Assessment
from app.models.returns import ReturnState
from app.returns.queries import ChangeLine, change_log, state_of_return
from app.returns.values import SCHOOL_ELEMENTS, Room, Value, YearValues
from plans.errors import NotFound
from scoring.elements import ELEMENTS, SCHOOL_KINDS, STAGE_LABELS, Element
from scoring.standard import Standard
from scoring.words import _ as marked

LOG_LENGTH = 400


@dataclass(frozen=True)
class ReturnLine:
    """One element of the return. ``values``: stage, or "" for the whole school → value, None = missing."""

    label: str
    unit: str
    values: dict[str, Value | None]  # a stage without a key is 不适用


@dataclass(frozen=True)
class SchoolPage(Page):
    """Everything about one school in one year."""

    code: str
    name: str
    state: ReturnState | None
    facts: list[tuple[str, Value | None]]
    sections: list[tuple[SectionLine, list[ValueLine]]]
    stages: list[tuple[str, str]]  # code and name of each stage that appears
    staged: list[ReturnLine]
    shared: list[ReturnLine]
    rooms: list[Room]
    outside: Outside | None  # why the school is not assessed
    trends: list[SchoolTrend]
    changes: list[ChangeLine]


def school_page(session: Session, assessment: Assessment, code: str) -> SchoolPage:
    """Put the school's file together. Raises NotFound for a school without data in the assessment."""
    data, standard = YearValues.from_json(assessment.data), standard_of(assessment)
    if code not in data.schools:
        raise NotFound(_("学校"))
    values = data.schools[code]
    own = [line for line in section_lines(session, assessment) if line.school_code == code]
    left_out = outside({code: values}, {line.school_code for line in own}, standard.inclusion)
    stages = SCHOOL_KINDS[str(values["school_kind"])].stages
    asked = [one for one in map(ELEMENTS.__getitem__, SCHOOL_ELEMENTS) if _is_asked(one, standard, values)]
    return SchoolPage(
        headline=_headline(own, left_out, standard),
        basis=sentences.basis(assessment, standard),
        standard=standard,
        code=code,
        name=str(values.get("school_name", code)),
        state=state_of_return(session, assessment.year, code),
        facts=_facts(code, values),
        sections=_sections(assessment, own),
        stages=[(stage, STAGE_LABELS[stage]) for stage in stages],
        staged=_staged([one for one in asked if one.stage in stages], values),
        shared=[_shared(one, values) for one in asked if one.stage is None],
        rooms=data.rooms.get(code, []),
        outside=left_out[0] if left_out else None,
        trends=school_trends(session, standard, code),
        changes=change_log(session, assessment.year, code, LOG_LENGTH),
    )


def _is_asked(element: Element, standard: Standard, values: Mapping[str, Value]) -> bool:
    return _is_amount(element) and (element in standard.elements or element.code in values)


def _is_amount(element: Element) -> bool:
    return element.is_number and element.code != "built_year"


def _headline(own: list[SectionLine], left_out: list[Outside], standard: Standard) -> str:
    if left_out:
        return sentences.outside_sentence(left_out[0])
    return sentences.school_sentence(own, len(standard.codes), standard.school_rule.floor_percent)


def _facts(code: str, values: Mapping[str, Value]) -> list[tuple[str, Value | None]]:
    named = [one for one in map(ELEMENTS.__getitem__, SCHOOL_ELEMENTS) if not _is_amount(one)]
    facts = [(one.label, _in_words(one, values.get(one.code))) for one in named if one.code != "school_name"]
    return [(ELEMENTS["school_code"].label, code), *facts]


def _in_words(element: Element, stored: Value | None) -> Value | None:
    forms = (form for form, kept in element.choices.items() if kept == stored)
    form = next((form for form in forms if not form.isdigit()), stored)
    return marked(form) if isinstance(form, str) else form


def _sections(assessment: Assessment, own: list[SectionLine]) -> list[tuple[SectionLine, list[ValueLine]]]:
    if not own:
        return []
    judged = judged_again(assessment)
    return [
        (line, [value_line(judged, code, line.school_code, line.stage) for code in judged.standard.codes])
        for line in own
    ]


def _staged(asked: list[Element], values: Mapping[str, Value]) -> list[ReturnLine]:
    lines: dict[str, ReturnLine] = {}
    for one in asked:
        line = lines.setdefault(one.stem, ReturnLine(one.name, one.unit, {}))
        line.values[str(one.stage)] = values.get(one.code)
    return list(lines.values())


def _shared(element: Element, values: Mapping[str, Value]) -> ReturnLine:
    return ReturnLine(element.label, element.unit, {"": values.get(element.code)})
