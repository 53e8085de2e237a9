"""What each page of basic balance shows; the session is only read."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.pages import Page
from app.assessments.queries import SectionLine, section_lines, standard_of
from app.assessments.runs import judged_again
from app.assessments.sentences import basis
from app.assessments.workings import Outside, Spread, outside, spread
from app.basic import sentences
from app.basic.queries import BasicLine, CompositeLine, basic_lines, composite_lines
from app.models import Assessment
from app.returns.values import YearValues
from plans.errors import NotFound
from scoring.elements import STAGE_LABELS


@dataclass(frozen=True)
class BasicPage(Page):
    """The eight indicators, their composite, who is in and who is out."""

    clause: str
    lines: list[BasicLine]
    composites: list[CompositeLine]
    workings: dict[str, str]  # stage → the mean of the CVs as written by hand
    inside: dict[str, list[SectionLine]]  # stage → schools
    outside: list[Outside]


@dataclass(frozen=True)
class BasicSpreadPage(Page):
    """One indicator in one stage, school by school."""

    line: BasicLine
    stage: str
    stage_name: str
    spread: Spread
    others: list[tuple[str, str, str]]  # code, stage, name of the stage


def basic_page(session: Session, assessment: Assessment) -> BasicPage:
    """Put the page together. Four queries."""
    standard, lines = standard_of(assessment), basic_lines(session, assessment)
    clause, composites = composite_lines(session, assessment, lines)
    sections, values = section_lines(session, assessment), YearValues.from_json(assessment.data)
    return BasicPage(
        headline=sentences.basic_sentence(assessment.year, composites),
        basis=basis(assessment, standard),
        standard=standard,
        clause=clause,
        lines=lines,
        composites=composites,
        workings={one.stage: sentences.working(one) for one in composites},
        inside={
            one.stage: [section for section in sections if section.stage == one.stage] for one in composites
        },
        outside=outside(values.schools, {line.school_code for line in sections}, standard.inclusion),
    )


def basic_spread_page(session: Session, assessment: Assessment, code: str, stage: str) -> BasicSpreadPage:
    """The table by which a CV is checked by hand. Raises NotFound for an unknown indicator or stage."""
    lines, standard = basic_lines(session, assessment), standard_of(assessment)
    line = next((one for one in lines if one.code == code and stage in one.stages), None)
    if line is None:
        raise NotFound(_("指标"))
    return BasicSpreadPage(
        headline=sentences.spread_sentence(line, stage, STAGE_LABELS[stage]),
        basis=[*basis(assessment, standard), line.clause],
        standard=standard,
        line=line,
        stage=stage,
        stage_name=STAGE_LABELS[stage],
        spread=spread(judged_again(assessment), code, stage),
        others=[
            (one.code, key, STAGE_LABELS[key]) for one in lines for key in STAGE_LABELS if key in one.stages
        ],
    )
