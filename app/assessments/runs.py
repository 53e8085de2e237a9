"""The one place where a county's data meets a standard. Nobody commits here."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.queries import latest, standard_of
from app.models import Assessment, AssessmentIndicator, AssessmentItem, AssessmentSection
from app.returns.store import load_values
from app.returns.values import YearValues, measures_of
from plans.actors import Actor, Role
from plans.base import County, new_id
from plans.errors import ActNotAllowed
from scoring import engine
from scoring.loader import load_standard

ASSESSORS = (Role.LEADER, Role.OFFICE)


def assess_year(session: Session, actor: Actor, *, year: int, at: datetime) -> Assessment:
    """Judge the returns of a year by the county's standard in force at its end; the result is a draft.

    The same data under the same rules give no second assessment: the newest one is handed back. A new draft
    replaces the draft before it and stands beside a frozen one.

    Raises ActNotAllowed, and scoring's NoStandardInForce, UnknownRelaxation, RelaxationOutOfTime.
    """
    _only(actor)
    county = session.get_one(County, actor.county_id)
    values, last_day = load_values(session, year), date(year, 12, 31)
    standard = load_standard(county.standard, last_day)
    switches = list(county.settings.get("relaxations", []))
    previous = latest(session, year)
    key = (standard.id, standard.sha256, switches, values.sha256)
    if previous is not None and _key(previous) == key:
        return previous
    judged = engine.assess(measures_of(values), standard, switches, on=last_day)
    if previous is not None and not previous.is_frozen:
        session.delete(previous)
    return _save(session, actor, year, at, values, switches, judged)


def judged_again(assessment: Assessment) -> engine.Assessment:
    """The assessment worked out anew from its own data and standard, for pages that show the working."""
    measures = measures_of(YearValues.from_json(assessment.data))
    last_day = date(assessment.year, 12, 31)
    return engine.assess(measures, standard_of(assessment), assessment.relaxations, on=last_day)


def _only(actor: Actor) -> None:
    if actor.role not in ASSESSORS:
        raise ActNotAllowed(_("创建办或领导小组"))


def _key(assessment: Assessment) -> tuple[str, str, list[Any], str]:
    return (
        assessment.standard,
        assessment.standard_sha256,
        assessment.relaxations,
        assessment.data_sha256,
    )


def _save(
    session: Session,
    actor: Actor,
    year: int,
    at: datetime,
    values: YearValues,
    switches: list[str],
    judged: engine.Assessment,
) -> Assessment:
    result = judged.to_json()
    assessment = Assessment(
        id=new_id(),
        year=year,
        standard=judged.standard.id,
        standard_version=judged.standard.version,
        standard_sha256=judged.standard.sha256,
        relaxations=switches,
        data=values.to_json(),
        data_sha256=values.sha256,
        verdict=result["county"]["verdict"],
        summary={name: result["county"][name] for name in ("schools_passing", "composite_cv")},
        made_at=at,
        made_by=actor.name,
        sections=_rows(AssessmentSection, result["sections"]),
        indicators=_rows(AssessmentIndicator, result["county"]["indicators"]),
        items=_rows(AssessmentItem, result["county"]["items"]),
    )
    session.add(assessment)
    session.flush()
    return assessment


def _rows(kind: type[Any], records: list[dict[str, Any]]) -> list[Any]:
    # A result may have keys without a column; pages that need them work the assessment out again.
    names = sa.inspect(kind).column_attrs.keys()
    return [kind(**{name: record[name] for name in names if name in record}) for record in records]
