"""What a school's reporter sees first: the state of this year's return, what it lacks, the own verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.queries import SectionLine, latest, section_lines, standard_of
from app.dates import day_words
from app.jobs.families import returns_due
from app.models import School, SchoolReturn
from app.models.returns import ReturnState
from app.my_school.asked import elements_in, labels_missing, sections_of, short_label
from app.my_school.checks import findings_on
from app.returns.uploads import standard_for
from plans.actors import Actor
from plans.base import County
from scoring.elements import ELEMENTS


@dataclass(frozen=True)
class OwnReturn:
    """The return that is asked for at present."""

    year: int
    due_on: date
    state: ReturnState
    n_asked: int
    n_filled: int
    missing: list[str]
    doubtful: list[tuple[str, str]]  # name of the element, what is doubtful

    @property
    def is_open(self) -> bool:
        """Whether the school has still to report."""
        return self.state in (ReturnState.OPEN, ReturnState.RETURNED)


@dataclass(frozen=True)
class OwnVerdict:
    """What the newest result says of the school."""

    year: int
    of: int  # indicators
    sections: list[SectionLine]
    names: Mapping[str, str]  # indicator code → name


@dataclass(frozen=True)
class MySchoolPage:
    """The page; without a school there is only the sentence."""

    headline: str
    school: School | None
    own: OwnReturn | None = None
    verdict: OwnVerdict | None = None
    basis: list[str] = field(default_factory=list)


def my_school_page(session: Session, actor: Actor, county: County, today: date) -> MySchoolPage:
    """Put the page together for the school that the actor reports for."""
    school = session.scalar(sa.select(School).where(School.code == actor.school_code))
    if school is None:
        return MySchoolPage(_("县里的学校名单中还没有本校，请联系创建办。"), None)
    own = _own_return(session, actor, school, returns_due(county.settings, today))
    basis = [school.name, school.kind, _("学校数据为当年 9 月，经费为上一自然年")]
    return MySchoolPage(_headline(own, today), school, own, _verdict(session, school, own.year), basis)


def return_of(session: Session, school: School, year: int) -> SchoolReturn | None:
    """The school's return of a year. One query."""
    of_year = (SchoolReturn.school_id == school.id, SchoolReturn.year == year)
    return session.scalar(sa.select(SchoolReturn).where(*of_year))


def _own_return(session: Session, actor: Actor, school: School, due: date) -> OwnReturn:
    held, last = return_of(session, school, due.year), return_of(session, school, due.year - 1)
    values = held.values if held else {}
    standard = standard_for(session, actor, due.year)
    sections = sections_of(standard, school.kind)
    found = findings_on(
        school.code, values, held.rooms if held else [], last.values if last else {}, standard
    )
    doubtful = {**found.warnings, **found.errors} if held else {}
    return OwnReturn(
        year=due.year,
        due_on=due,
        state=held.state if held else ReturnState.OPEN,
        n_asked=len(elements_in(sections)),
        n_filled=sum(one.code in values for one in elements_in(sections)),
        missing=labels_missing(sections, values),
        doubtful=[(short_label(ELEMENTS[code]), text) for code, text in doubtful.items()],
    )


def _headline(own: OwnReturn, today: date) -> str:
    words = {
        ReturnState.SUBMITTED: _("%(year)s 年度数据已报，等待创建办核对。", year=own.year),
        ReturnState.CHECKED: _("%(year)s 年度数据已核，不再改动。", year=own.year),
    }
    if own.state in words:
        return words[own.state]
    what = _("已退回，请改正后再报") if own.state is ReturnState.RETURNED else _("待报")
    return _("%(year)s 年度数据%(what)s，%(days)s。", year=own.year, what=what, days=_days(own.due_on, today))


def _days(due: date, today: date) -> str:
    left = (due - today).days
    if left < 0:
        return _("已过期限 %(n)s 天（%(day)s）", n=-left, day=day_words(due))
    if left == 0:
        return _("今天截止")
    return _("还有 %(n)s 天（%(day)s 截止）", n=left, day=day_words(due))


def _verdict(session: Session, school: School, year: int) -> OwnVerdict | None:
    """The verdict of the year asked for; before there is one, that of the year before."""
    for asked in (year, year - 1):
        assessment = latest(session, asked)
        own = section_lines(session, assessment) if assessment else []
        sections = [line for line in own if line.school_code == school.code]
        if assessment and sections:
            standard = standard_of(assessment)
            names = {code: standard.indicator(code).label for code in standard.codes}
            return OwnVerdict(asked, len(standard.codes), sections, names)
    return None
