"""What the page of the form shows, and what it starts from."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.models import School, SchoolReturn
from app.models.returns import ReturnState
from app.my_school.asked import Sections, sections_of
from app.my_school.entry import Line, Own, Sent, lines_of
from app.my_school.page import return_of
from app.returns.uploads import standard_for
from app.returns.values import Value
from plans.actors import Actor
from plans.errors import NotFound
from scoring.standard import Standard


@dataclass(frozen=True)
class Form:
    """A school's return of one year with all that reading and showing it needs."""

    school: School
    year: int
    standard: Standard
    sections: Sections
    own: Own
    version: int  # of the return that is shown; 0 = none yet
    is_checked: bool
    has_last: bool


@dataclass(frozen=True)
class FormPage:
    """The form, and what became of sending it."""

    form: Form
    groups: list[tuple[str, list[Line]]]
    is_stale: bool
    n_errors: int
    n_warnings: int
    blank: list[str]  # names of what was left empty; told when the form was sent

    @property
    def asks(self) -> bool:
        """Whether the person is to say that what is doubtful or blank is meant."""
        return not self.n_errors and bool(self.n_warnings or self.blank)


def own_form(session: Session, actor: Actor, year: int) -> Form:
    """The form of the actor's own school. Raises NotFound where the county does not know the school."""
    school = session.scalar(sa.select(School).where(School.code == actor.school_code))
    if school is None:
        raise NotFound(_("学校"))
    standard = standard_for(session, actor, year)
    held, last = return_of(session, school, year), return_of(session, school, year - 1)
    return Form(
        school=school,
        year=year,
        standard=standard,
        sections=sections_of(standard, school.kind),
        own=Own(school.code, _values(school, held), held.rooms if held else [], last.values if last else {}),
        version=held.version if held else 0,
        is_checked=held is not None and held.state is ReturnState.CHECKED,
        has_last=last is not None,
    )


def form_page(form: Form, sent: Sent | None, *, is_stale: bool) -> FormPage:
    """Put the page together."""
    groups = lines_of(form.sections, form.own, sent)
    return FormPage(
        form=form,
        groups=groups,
        is_stale=is_stale,
        n_errors=len(sent.found.errors) if sent else 0,
        n_warnings=len(sent.found.warnings) if sent else 0,
        blank=[line.label for _name, own in groups for line in own if not line.text] if sent else [],
    )


def _values(school: School, held: SchoolReturn | None) -> Mapping[str, Value]:
    return held.values if held else {"school_name": school.name, "school_kind": school.kind}
